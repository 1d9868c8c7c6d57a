// F9: a tool that writes without rest. Every image of its file is one moment's state, none is older than the one
// before, and the tool meets no lock. The full minute and five hundred images run in the long run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { tell } from '../figures.ts'
import type { Host } from '../../host/create-host.ts'
import { directBridge } from '../../host/direct.ts'
import { snapshotJob } from '../../host/file/snapshot.ts'
import { ok } from '../../shared/result.ts'
import type { Result } from '../../shared/result.ts'
import { makeWorld } from '../world.ts'

const long = process.env['SIGHTGLASS_LONG'] !== undefined
const milliseconds = long ? 60_000 : 2500
const folder = mkdtempSync(join(tmpdir(), 'sightglass-live-'))
const temporary = join(folder, 'temporary')
mkdirSync(temporary)
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))

interface Written {
  readonly done: number
  readonly refused: number
  readonly slowest: number
}
interface Figures {
  images: number
  corrupt: number
  backward: number
  busy: number
  other: string[]
  slowest: number
  copies: number
}

async function watchWriter(
  name: string,
  journal: string,
  locking: string,
  patience: number,
  most: number,
  take: Take = imageOf,
) {
  const path = join(folder, `${name}.db`)
  const args = [path, String(milliseconds), journal, locking, String(patience)]
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  await once(child.stdout, 'data')
  const figures: Figures = {
    images: 0,
    corrupt: 0,
    backward: 0,
    busy: 0,
    other: [],
    slowest: 0,
    copies: 0,
  }
  let newest = 0
  while (child.exitCode === null && figures.images < most) {
    const began = performance.now()
    newest = await takeOne(path, figures, newest, take)
    figures.slowest = Math.max(figures.slowest, Math.round(performance.now() - began))
  }
  if (child.exitCode === null) await once(child, 'exit')
  const written = JSON.parse(out.replace('ready\n', '')) as Written // the script's own words
  tell(`F9 ${name}: ${JSON.stringify(figures)}, writer ${JSON.stringify(written)}`)
  return { figures, written }
}

interface Taken {
  readonly image: Uint8Array
  readonly readFrom: 'place' | 'copy'
}
type Take = (path: string) => Promise<Result<Taken>>

/** SQLite's own image. */
const imageOf: Take = async (path) => {
  let read: ((offset: number, length: number) => Uint8Array) | null = null
  const serve = (reader: NonNullable<typeof read>): void => void (read = reader)
  const answer = await snapshotJob((db) => db.serialize())(
    { path, temporary, now: Date.now() },
    { progress: () => {}, serve, givenBack: () => Promise.resolve() },
  )
  if (!answer.ok) return answer
  const image = (read as ((offset: number, length: number) => Uint8Array) | null)?.(0, answer.value.imageSize)
  if (image === undefined) throw new Error('nothing served')
  return ok({ image, readFrom: answer.value.readFrom })
}

/** The file's own bytes, which the host reads while a child of it holds the lock. */
const lentBy =
  (host: Host): Take =>
  async (path) => {
    let lent = 0
    const opened = await directBridge(host.rpc).stream('files.open', { path, early: true }, ({ phase }) => {
      if (phase === 'early') lent++
    })
    if (!opened.ok) return opened
    expect(lent).toBe(1)
    const bytes = host.bytes(opened.value.id)
    if (!bytes.ok) return bytes
    const pieces: Uint8Array[] = []
    for await (const piece of bytes.value.pieces) pieces.push(Uint8Array.from(piece))
    await directBridge(host.rpc).call('files.close', { id: opened.value.id })
    return ok({ image: Buffer.concat(pieces), readFrom: opened.value.readFrom })
  }

async function takeOne(path: string, figures: Figures, newest: number, take: Take): Promise<number> {
  const taken = await take(path)
  if (!taken.ok) {
    if (taken.error.kind === 'file-busy') figures.busy++
    else figures.other.push(taken.error.kind)
    return newest
  }
  figures.images++
  const { image, readFrom } = taken.value
  if (readFrom === 'copy') figures.copies++
  image[18] = image[19] = 1
  const db = new DatabaseSync(':memory:')
  try {
    db.deserialize(image)
    const number = (sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0])
    const whole =
      figures.images % 4 !== 0 || db.prepare('PRAGMA integrity_check').get()?.['integrity_check'] === 'ok'
    if (!whole || number('SELECT count(*) FROM t') !== number('SELECT n FROM c')) figures.corrupt++
    const id = number(`SELECT coalesce(max(seq), 0) FROM sqlite_sequence`)
    if (id < newest) figures.backward++
    return Math.max(id, newest)
  } catch {
    figures.corrupt++
    return newest
  } finally {
    db.close()
  }
}

const least = long ? 500 : 5
const good = { corrupt: 0, backward: 0, other: [] }

it('F9: a tool in WAL mode meets no lock, and every image is of one moment', async () => {
  const { figures, written } = await watchWriter('wal', 'WAL', 'NORMAL', 0, Infinity)
  expect(figures).toMatchObject(good)
  expect(figures.images).toBeGreaterThan(least)
  expect(figures.copies).toBeLessThan(3) // the last one, when the tool has closed its file
  expect(written.refused).toBe(0)
}, 120_000)

it('F9: a tool in WAL mode that keeps its file to itself is copied, or told as busy', async () => {
  const { figures, written } = await watchWriter('wal-exclusive', 'WAL', 'EXCLUSIVE', 0, Infinity)
  expect(figures).toMatchObject(good)
  expect(figures.images + figures.busy).toBeGreaterThan(0)
  expect(written.refused).toBe(0)
}, 120_000)

it('F9: a tool with a rollback journal, as patient as most, meets no lock', async () => {
  const { figures, written } = await watchWriter('delete', 'DELETE', 'NORMAL', 5000, Infinity)
  expect(figures).toMatchObject(good)
  expect(figures.images).toBeGreaterThan(least / 5)
  expect(written.refused).toBe(0)
}, 120_000)

it('F9: and none where the window reads its file while the lock is held', async () => {
  const world = await makeWorld()
  const host = world.host('web')
  const { figures, written } = await watchWriter('lent', 'DELETE', 'NORMAL', 5000, Infinity, lentBy(host))
  await host.close()
  await world.remove()
  expect(figures).toMatchObject(good)
  expect(figures.images).toBeGreaterThan(least / 5)
  expect(written.refused).toBe(0)
}, 120_000)
