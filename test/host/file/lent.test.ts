// A file that the host reads where it lies while a child holds SQLite's lock: nobody can change it meanwhile without
// its being noticed, and nobody is kept from it any longer than that.
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '../../../host/create-host.ts'
import type { OpenedFile } from '../../../shared/bridge.ts'
import type { Result } from '../../../shared/result.ts'
import { directBridge } from '../../../host/direct.ts'
import { imageOf, makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { stateOf } from '../tool-files.ts'

let world: World
let host: Host
beforeEach(async () => {
  world = await makeWorld()
  host = world.host('web')
})
afterEach(async () => {
  await host.close()
  await world.remove()
})

/** What `meanwhile` does happens while the file is lent. */
async function open(path: string, meanwhile: (file: OpenedFile) => void): Promise<Result<OpenedFile>> {
  let times = 0
  const opened = await directBridge(host.rpc).stream('files.open', { path, early: true }, (item) => {
    if (item.phase !== 'early') return
    times++
    meanwhile(item.file)
  })
  expect(times, 'it was lent').toBe(1)
  return opened
}

async function bytesOf(id: string, range?: { start: number; end: number }): Promise<Buffer> {
  const bytes = host.bytes(id, range)
  if (!bytes.ok) throw new Error(bytes.error.kind)
  const pieces: Buffer[] = []
  for await (const piece of bytes.value.pieces) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

/** By a tool of its own process that waits for nobody; what it is told. */
function write(path: string): string {
  const script = `const db = new (require('node:sqlite').DatabaseSync)(process.argv[1], { timeout: 0 })
    try { db.exec("DELETE FROM telemetry_events WHERE rowid = (SELECT max(rowid) FROM telemetry_events)"); console.log('written') }
    catch (error) { console.log(error.message) }`
  return execFileSync(process.execPath, ['-e', script, path], { encoding: 'utf8' }).trim()
}

describe('a file that is lent', () => {
  it('can’t be written by a tool until all of it is read, and can from then on', async () => {
    const path = await world.makeFile('tool/held.db', 20_000)
    const image = imageOf(path)
    const said: string[] = []
    const opened = await open(path, () => said.push(write(path)))
    if (!opened.ok) throw new Error(opened.error.kind)
    said.push(write(path))
    expect(said).toEqual([expect.stringContaining('locked'), 'written'])
    expect(imageOf(path).equals(image)).toBe(false)
    expect((await bytesOf(opened.value.id)).equals(image)).toBe(true)
  })

  it('can be written again after two seconds, however slow the disk is, and is refused if it was', async () => {
    const path = await world.makeFile('tool/slow.db', 20_000)
    const slowly = (): void => void execFileSync(process.execPath, ['-e', 'setTimeout(() => {}, 2300)'])
    expect(await open(path, slowly)).toMatchObject({ ok: true })
    const said: string[] = []
    const opened = await open(path, () => {
      slowly()
      said.push(write(path))
    })
    expect(said).toEqual(['written'])
    expect(opened).toEqual({ ok: false, error: { kind: 'file-changed', path } })
  })

  it('leaves nothing beside it, and is as it was to the last byte', async () => {
    const path = await world.makeFile('tool/clean.db', 20_000)
    const before = await stateOf(dirname(path))
    const opened = await open(path, () => {})
    expect(opened.ok).toBe(true)
    expect(await stateOf(dirname(path)), 'P1').toEqual(before)
  })

  it('may end in bytes that are not SQLite’s', async () => {
    const path = await world.makeFile('tool/long.db', 2000)
    const image = imageOf(path)
    appendFileSync(path, 'x'.repeat(5000))
    const opened = await open(path, () => {})
    if (!opened.ok) throw new Error(opened.error.kind)
    expect(opened.value.imageSize).toBe(image.length)
    expect((await bytesOf(opened.value.id)).equals(image)).toBe(true)
  })

  for (const [name, spoil] of [
    ['overwritten', (path: string) => writeFileSync(path, Buffer.alloc(statSync(path).size, 7))],
    ['made longer', (path: string) => appendFileSync(path, 'x'.repeat(100))],
    ['cut', (path: string) => truncateSync(path, 50_000)],
    ['replaced', (path: string) => renameSync(`${path}.other`, path)],
  ] as const)
    it(`and is ${name} meanwhile, is refused, and its bytes are gone`, async () => {
      const path = await world.makeFile('tool/spoiled.db', 20_000)
      copyFileSync(path, `${path}.other`)
      let id = ''
      const opened = await open(path, (file) => {
        ;({ id } = file)
        spoil(path)
      })
      expect(opened).toEqual({ ok: false, error: { kind: 'file-changed', path } })
      expect(host.bytes(id)).toMatchObject({ ok: false, error: { kind: 'bytes-unknown' } })
    })

  it('and is deleted meanwhile, is refused', async () => {
    const path = await world.makeFile('tool/deleted.db', 20_000)
    const opened = await open(path, () => rmSync(path))
    expect(opened.ok).toBe(false)
    if (!opened.ok) expect(opened.error.kind).toMatch(/^file-(changed|missing)$/)
  })

  it('and has been read by the window before that is known, is still answered for', async () => {
    const path = await world.makeFile('tool/quick.db', 20_000)
    const image = imageOf(path)
    let read: Promise<Buffer> | null = null
    const opened = await open(path, ({ id }) => {
      read = bytesOf(id)
      void directBridge(host.rpc).call('files.close', { id })
    })
    expect(opened.ok).toBe(true)
    expect(read).not.toBeNull()
    expect(await (read as unknown as Promise<Buffer>)).toEqual(image)
    if (opened.ok) expect(host.bytes(opened.value.id).ok).toBe(false)
    await expect.poll(() => world.living()).toBe(0)
  })

  it('and is not wanted any more, is let go at once', async () => {
    const path = await world.makeFile('tool/left.db', 20_000)
    const left = new AbortController()
    let id = ''
    const hear = (item: { readonly phase: string; readonly file?: OpenedFile }): void => {
      id = item.file?.id ?? id
      if (item.phase === 'early') left.abort()
    }
    const opened = await directBridge(host.rpc).stream('files.open', { path, early: true }, hear, left.signal)
    expect(opened).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(id).not.toBe('')
    expect(host.bytes(id).ok).toBe(false)
    await expect.poll(() => world.living()).toBe(0)
    expect(write(path)).toBe('written')
  })
})

describe('a private copy that is lent', () => {
  it('holds the rows of its -wal, and is removed when it is read', async () => {
    const path = await world.makeFile('tool/rest.db', 3000, 'wal')
    const image = imageOf(path)
    copyFileSync(path, `${path}.moved`)
    copyFileSync(`${path}-wal`, `${path}.moved-wal`) // and no -shm: it can't be opened there without a trace
    const copies: string[][] = []
    const folders = (): Promise<string[]> => readdir(world.deps('web').paths.temporary)
    const opened = await open(`${path}.moved`, () => void folders().then((names) => copies.push(names)))
    if (!opened.ok) throw new Error(opened.error.kind)
    expect(opened.value.readFrom).toBe('copy')
    const taken = await bytesOf(opened.value.id)
    expect(taken.equals(image)).toBe(true)
    expect(copies).toHaveLength(1)
    expect(await folders()).toEqual([])
  })
})
