// Which files `sightglass files` finds on a machine.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { sightglass } from './command-line.ts'
import { makeEarlyexit, makeSmartAgents } from './tool-files.ts'

let world: World
beforeEach(async () => void (world = await makeWorld()))
afterEach(() => world.remove())
const files = (...args: string[]) => sightglass(['files', ...args], { data: world.data, home: world.home })

async function put(path: string): Promise<string> {
  const whole = join(world.home, path)
  await mkdir(dirname(whole), { recursive: true })
  const plain = join(world.folder, 'plain.db')
  makeSmartAgents(plain, 1)
  await cp(plain, whole)
  await rm(plain)
  return whole
}

describe('files', () => {
  it('says what to do where there is none', async () => {
    const ran = await files()
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toContain('sightglass sample')
  })

  it('finds each tool’s file where the tool keeps it, and names the tool', async () => {
    const places = {
      '.smart-agents/telemetry/telemetry.db': 'Smart Agents',
      '.memesh/telemetry/telemetry.db': 'Smart Agents',
      '.local/share/activitywatch/aw-server/peewee-sqlite.v2.db': 'ActivityWatch',
      '.local/share/atuin/history.db': 'atuin',
      '.config/io.datasette.llm/logs.db': 'llm',
      'AppData/Roaming/io.datasette.llm/logs.db': 'llm',
    }
    for (const place of Object.keys(places)) await put(place)
    await mkdir(join(world.home, '.earlyexit'))
    makeEarlyexit(join(world.home, '.earlyexit', 'telemetry.db'), 3)
    const { out } = await files()
    for (const [place, tool] of Object.entries({ ...places, '.earlyexit/telemetry.db': 'earlyexit' }))
      expect(out).toContain(`  ${join(world.home, place)}\n    ${tool} · `)
  })

  it('passes over what lies there but is no database', async () => {
    const path = await put('.smart-agents/telemetry/telemetry.db')
    await writeFile(path, 'not yet')
    expect((await files()).out).not.toContain(path)
  })

  it('remembers what was opened, says when it is gone, and forgets it without touching the file', async () => {
    const kept = await put('kept.db')
    const gone = await put('gone.db')
    for (const path of [kept, gone])
      await sightglass(['snapshot', path, `${path}.copy`], { data: world.data, home: world.home })
    await rm(gone)
    const { out } = await files()
    expect(out).toContain(`  ${kept}\n`)
    expect(out).toContain(`  ${gone}\n    not there now\n`)
    expect((await files('--forget', gone)).out).not.toContain(gone)
    expect((await files('--forget', kept)).out).toBe('No file was opened lately.\n')
    expect(JSON.parse((await files('--json')).out)).toMatchObject({ recent: [] })
    await cp(kept, `${kept}.again`) // still there
  })
})
