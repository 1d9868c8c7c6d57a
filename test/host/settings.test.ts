// Settings on disk, asked for while they are being written.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SettingsStore } from '../../host/settings.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.remove())

it('what was chosen a moment ago is there for a window that begins, though the disk is slow', async () => {
  const settings = new SettingsStore(world.deps('web').paths)
  const kept = [settings.change({ theme: 'dark' }), settings.change({ letterKeys: false })]
  expect(await settings.read()).toMatchObject({ theme: 'dark', letterKeys: false })
  expect(await Promise.all(kept)).toMatchObject([{ ok: true }, { ok: true }])
})
