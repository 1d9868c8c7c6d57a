// Private copies of telemetry don't outlive the reading they were made for.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHost } from '../../host/create-host.ts'
import type { Child } from '../../host/process.ts'
import { sweepTemporary } from '../../host/temporary.ts'
import { isRecord } from '../../shared/plain.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'

let world: World
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(() => world.remove())

/** Makes its private copy, and then never answers. */
function stuckChild(copied: (folder: string) => void): Child {
  let exit = (): void => {}
  return {
    onMessage: (listener) => queueMicrotask(() => listener({ type: 'ready' })),
    onExit: (listener) => (exit = listener),
    kill: () => setImmediate(() => exit()),
    post: (message) => {
      if (!isRecord(message) || !isRecord(message['input'])) return
      const folder = String(message['input']['temporary'])
      void writeFile(join(folder, 'copy.db'), 'someone’s telemetry').then(() => copied(folder))
    },
  }
}

for (const method of ['files.open', 'files.summary'] as const)
  it(`the copy is gone when ${method} was cancelled`, async () => {
    const cancel = new AbortController()
    let folder = ''
    const deps = world.deps('command line')
    const copied = (made: string): void => {
      folder = made
      cancel.abort()
    }
    const host = createHost({ ...deps, startChild: () => stuckChild(copied) })
    const path = await world.makeFile('read.db', 3)
    const args = method === 'files.open' ? { path } : { path, zone: 'UTC' }
    const answer = await host.rpc.stream(method, args, () => {}, cancel.signal)
    expect(answer).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(folder).not.toBe('')
    expect(await readdir(deps.paths.temporary)).toEqual([])
  })

it('a sweep takes what dead programs left, and what an earlier one with our number left, and no more', async () => {
  const root = join(world.folder, 'temporary')
  const ours = 4_000_001 // above every process number a system gives
  const names = [String(process.pid), String(ours), '4000002', 'reading-from-an-old-version']
  for (const name of names) await mkdir(join(root, name, 'reading-a'), { recursive: true })
  await sweepTemporary(root, ours)
  expect(await readdir(root)).toEqual([String(process.pid)])
  await sweepTemporary(join(world.folder, 'never-made'), ours)
})
