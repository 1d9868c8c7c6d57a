// F10 and F13 for deleting: a file that is replaced between preview and deletion, and a tool that holds its lock.
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHost } from '../../host/create-host.ts'
import type { Host } from '../../host/create-host.ts'
import { all, ask, good, preview, run } from '../host/erase/erasing.ts'
import { hold } from '../host/file/holder.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'

/** A fifth of what it is in the program, long enough for what has to happen within it. */
const patience = 1000
let world: World
let host: Host
beforeAll(async () => {
  world = await makeWorld()
  host = createHost({ ...world.deps('command line'), patience })
})
afterAll(async () => {
  await host.close()
  await world.remove()
})

it('F10: a file that was replaced since the preview is refused, were its rows the very same', async () => {
  const path = await world.makeFile('replaced.db', 30)
  const seen = good(await preview(host, path, all))
  copyFileSync(path, `${path}.other`)
  renameSync(`${path}.other`, path)
  const before = readFileSync(path)
  expect(await run(host, seen)).toEqual({ ok: false, error: { kind: 'erase-stale', path, why: 'replaced' } })
  expect(readFileSync(path)).toEqual(before)
})

it('F10: a link that points elsewhere since the preview is refused, and one that stays is followed', async () => {
  const one = await world.makeFile('one.db', 30)
  const other = await world.makeFile('other.db', 30)
  const link = join(mkdtempSync(join(world.folder, 'links-')), 'link.db')
  symlinkSync(one, link)
  const seen = good(await preview(host, link, all))
  rmSync(link)
  symlinkSync(other, link)
  expect(await run(host, seen)).toMatchObject({ error: { kind: 'erase-stale', why: 'replaced' } })
  good(await run(host, good(await preview(host, link, all))))
  const rows = (path: string) => ask(path, 'SELECT count(*) FROM telemetry_events')
  expect([rows(one), rows(other)]).toEqual([[30], [0]])
})

it('F10: a file that is gone since the preview is told to be missing', async () => {
  const path = await world.makeFile('gone.db', 30)
  const seen = good(await preview(host, path, all))
  rmSync(path)
  expect(await run(host, seen)).toEqual({ ok: false, error: { kind: 'file-missing', path } })
})

for (const journal of ['DELETE', 'WAL'])
  it(`F13: a tool that keeps its lock is waited for, then told of, and nothing is deleted (${journal})`, async () => {
    const path = await world.makeFile(`busy-${journal}.db`, 30)
    const tool = await hold(path, `PRAGMA journal_mode = ${journal}`)
    const seen = good(await preview(host, path, all))
    await tool.run('BEGIN IMMEDIATE')
    const began = Date.now()
    expect(await run(host, seen)).toEqual({ ok: false, error: { kind: 'file-busy', path } })
    expect(Date.now() - began).toBeGreaterThan(0.8 * patience)
    await tool.run('COMMIT')
    expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toEqual([30])
    const soon = good(await preview(host, path, all))
    await tool.run('BEGIN IMMEDIATE')
    const waiting = run(host, soon)
    await new Promise((resolve) => setTimeout(resolve, patience / 2))
    await tool.run('COMMIT')
    good(await waiting)
    expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toEqual([0])
    await tool.close()
  }, 60_000)
