// What the tests of opening share: files that a process has made and closed or left behind, each in a folder of its
// own, and a look at one that compares everything in its folder before and after.
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { openReadOnly } from '../../../host/file/read-only.ts'
import { stateOf } from '../tool-files.ts'
import { hold } from './holder.ts'

export const insert = (rows: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
   INSERT INTO t (x) SELECT hex(randomblob(100)) FROM n`
export const table = 'CREATE TABLE t (id INTEGER PRIMARY KEY, x)'
export const wal = 'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0'
/** A transaction too big for the cache: half of it is in the file when its tool crashes. */
export const halfDone = `${table}; ${insert(2000)}; PRAGMA cache_size = 5; BEGIN; DELETE FROM t; ${insert(5000)}`

/** A file that a process has made and closed, or left behind by a crash. */
export async function make(path: string, sql: string, end: 'close' | 'crash' = 'close'): Promise<void> {
  const holder = await hold(path, sql)
  await holder[end]()
}

export interface Seen {
  readonly rows?: number
  readonly readFrom?: string
  readonly error?: string
}

export interface Shelf {
  readonly root: string
  /** Where private copies go. */
  readonly temporary: string
  /** A file's path in a folder of its own. */
  place(name: string, file?: string): Promise<string>
  look(path: string): Promise<Seen>
  /** Looks, and compares all that lies in the folder before and after: bytes, names, sizes, times. */
  lookWithoutTrace(path: string): Promise<Seen>
  remove(): Promise<void>
}

export async function makeShelf(): Promise<Shelf> {
  const root = await mkdtemp(join(tmpdir(), 'sightglass-shelf-'))
  await chmod(root, 0o755)
  const temporary = join(root, 'temporary')
  await mkdir(temporary)
  const look = async (path: string): Promise<Seen> => {
    const opened = await openReadOnly({ path, temporary, now: Date.now() }, () => {})
    if (!opened.ok) return { error: opened.error.kind }
    const { db, readFrom, close } = opened.value
    try {
      const rows = Number(Object.values(db.prepare('SELECT count(*) FROM t').get() ?? {})[0])
      return { rows, readFrom }
    } finally {
      await close()
    }
  }
  return {
    root,
    temporary,
    look,
    place: async (name, file = 'tool.db') => {
      await mkdir(join(root, name))
      return join(root, name, file)
    },
    lookWithoutTrace: async (path) => {
      const before = await stateOf(dirname(path))
      const seen = await look(path)
      expect(await stateOf(dirname(path)), 'P1').toEqual(before)
      expect(await readdir(temporary)).toEqual([])
      return seen
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}
