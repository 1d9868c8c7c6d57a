// After rows are deleted their bytes are overwritten with zeros, but older copies of them can lie on: in the -wal, and
// in gaps of pages whose rows were once moved. The log is emptied into the file, and the file is rewritten by VACUUM
// where nobody else has it open, the disk has room, and nothing in it speaks of row numbers that could change.
import { statfs, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { WhyRemains } from '../../shared/erase.ts'
import { sqliteCode } from '../file/native.ts'
import { holdersOf } from './holders.ts'

/** VACUUM writes all of it twice: into a file of its own, and into the log or journal. */
const copies = 2
const spare = 1 << 20
/** Kilobytes, negative: with the usual two megabytes each changed page is written out and read again several times. */
const cacheSize = -131_072
const blank = 'sightglass_blank'
/** Bytes in one row of zeros. */
const mostBlank = 1 << 26
const pause = 100

export async function roomToRewrite(
  place: string,
): Promise<{ readonly needed: number; readonly free: number }> {
  const size = await sizeOf(place)
  const wal = await sizeOf(`${place}-wal`)
  const free = await Promise.all([dirname(place), process.env['SQLITE_TMPDIR'] ?? tmpdir()].map(freeIn))
  return { needed: copies * (size + wal) + spare, free: Math.min(...free) }
}

export async function freeIn(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return Infinity // it isn't told; VACUUM itself leaves the file as it was where there is no room
  }
}
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )

export function openToWrite(place: string, wait: number): DatabaseSync {
  const db = new DatabaseSync(place, {
    timeout: wait,
    allowExtension: false,
    enableForeignKeyConstraints: false,
  })
  db.exec(`PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
    PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = ${cacheSize}`)
  db.enableDefensive(true)
  return db
}

/** Empties the log, and rewrites the file if that can be. Why something may remain; null where nothing can. */
export async function clean(
  place: string,
  mayRewrite: boolean,
  /** Milliseconds for which whoever reads or writes is waited for. */
  patience: number,
  rewriting: () => void,
): Promise<WhyRemains | null> {
  const emptied = await emptyLog(place, patience)
  if (!emptied) return 'held'
  if (!mayRewrite)
    return (await blankFreePages(place, patience)) && !(await emptyLog(place, patience))
      ? 'held'
      : 'row-numbers'
  if (await isHeld(place)) return 'held'
  const { needed, free } = await roomToRewrite(place)
  if (free < needed) return 'no-room'
  rewriting()
  return rewrite(place)
}

/**
 * Where the file can't be rewritten: pages that a tool freed before, without secure_delete, still hold what stood on
 * them, such as parts of a full-text index that a search for whole values can't find. A table of zeros takes all of
 * them and is dropped again in the same transaction, so nobody ever sees it, and what secure_delete frees is blank.
 */
async function blankFreePages(place: string, patience: number): Promise<boolean> {
  const db = openToWrite(place, patience)
  try {
    const number = (pragma: string): number =>
      Number(Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0])
    const [free, size] = [number('freelist_count'), number('page_size')]
    if (free === 0 || (await freeIn(dirname(place))) < copies * free * size + spare) return false
    db.exec(`BEGIN IMMEDIATE; CREATE TABLE main.${blank} (zeros)`)
    const fill = db.prepare(`INSERT INTO main.${blank} VALUES (zeroblob(?))`)
    // A page less than there are, for what a row takes beside its zeros; then one by one.
    for (let left = number('freelist_count'); left > 0; left = number('freelist_count'))
      fill.run(Math.max(1, Math.min(left, mostBlank / size) - 1) * (size - 4))
    db.exec(`DROP TABLE main.${blank}; COMMIT`)
    return true
  } catch (error) {
    if (sqliteCode(error) === null) throw error
    return false // what lies there is searched all the same
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
    db.close()
  }
}

async function emptyLog(place: string, patience: number): Promise<boolean> {
  const db = openToWrite(place, Math.min(1000, patience))
  try {
    for (const end = Date.now() + patience; ;) {
      const answer = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
      if (answer?.['busy'] === 0) return true
      if (Date.now() > end) return false
      await sleep(pause)
    }
  } catch (error) {
    if (sqliteCode(error) === null) throw error
    return false
  } finally {
    db.close()
  }
}

/** Somebody who looks in for a moment, as this program's own readers do, is waited for. */
async function isHeld(place: string): Promise<boolean> {
  for (const end = Date.now() + 2000; holdersOf(place).length > 0; await sleep(pause))
    if (Date.now() > end) return true
  return false
}

function rewrite(place: string): WhyRemains | null {
  const db = new DatabaseSync(place, { timeout: 2000, allowExtension: false })
  try {
    // In WAL mode this lock is given only to who is alone; it is asked for before the first look into the file.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA secure_delete = ON; PRAGMA mmap_size = 0')
    db.exec(`PRAGMA cache_size = ${cacheSize}`)
    db.exec('BEGIN IMMEDIATE; COMMIT')
    db.exec('VACUUM')
    const answer = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
    return answer?.['busy'] === 0 ? null : 'busy'
  } catch (error) {
    const code = sqliteCode(error)
    if (code === null) throw error
    if (code === 5 || code === 6) return 'held'
    return code === 13 ? 'no-room' : 'failed'
  } finally {
    db.close()
  }
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
