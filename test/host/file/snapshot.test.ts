// The image that the window reads is SQLite's own, also from a SQLite that can't make images.
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { snapshotJob } from '../../../host/file/snapshot.ts'
import { stateOf } from '../tool-files.ts'
import { hold } from './holder.ts'
import { insert, makeShelf, table, wal } from './shelf.ts'
import type { Shelf } from './shelf.ts'

let shelf: Shelf
beforeAll(async () => void (shelf = await makeShelf()))
afterAll(() => shelf.remove())

describe('an image of a file', () => {
  const image = async (path: string, native: boolean): Promise<Buffer> => {
    let read: ((offset: number, length: number) => Uint8Array) | null = null
    const job = snapshotJob(native ? (db: DatabaseSync) => db.serialize() : null)
    const port = {
      progress: () => {},
      givenBack: () => Promise.resolve(),
      serve: (reader: NonNullable<typeof read>) => void (read = reader),
    }
    const answer = await job({ path, temporary: shelf.temporary, now: Date.now() }, port)
    if (!answer.ok) throw new Error(answer.error.kind)
    const serve = read as ((offset: number, length: number) => Uint8Array) | null
    if (serve === null) throw new Error('nothing served')
    return Buffer.concat([serve(0, 5000), serve(5000, answer.value.imageSize - 5000)])
  }

  it('is the same from a SQLite that can’t make images', async () => {
    const path = await shelf.place('image')
    const tool = await hold(path, `${wal}; ${table}; ${insert(3000)}; PRAGMA wal_checkpoint; ${insert(10)}`)
    const before = await stateOf(dirname(path))
    const [native, copied] = [await image(path, true), await image(path, false)]
    expect(Buffer.compare(native, copied)).toBe(0)
    expect(await stateOf(dirname(path)), 'P1').toEqual(before)
    await tool.close()
  })

  it('is made of a log of JSON lines, too, without that', async () => {
    const path = await shelf.place('lines', 'log.jsonl')
    const line = JSON.stringify({
      installation_id: 'a-1',
      version: '1.2.3',
      timestamp: '2026-11-20T10:00:00Z',
    })
    await writeFile(path, `${line}\n`.repeat(300))
    const count = (bytes: Buffer): number => {
      const db = new DatabaseSync(':memory:')
      db.deserialize(bytes)
      return db.prepare('SELECT name FROM sqlite_schema').all().length
    }
    expect(count(await image(path, false))).toBe(count(await image(path, true)))
  })
})
