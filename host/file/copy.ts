// A private copy of a database with its -wal and its -journal that is one moment's state, or none at all. SQLite's
// locks can't be asked for (that is why there is a copy), so the files themselves must tell that nothing came
// between:
//
// - In WAL mode the database is copied first, the log after it. A writer only adds to its log, and brings over into
//   the database only what the log holds; that ends when it begins the log anew, which gives it new salts. So where
//   the log's header is the same before and after, the copied log holds all that the copied database has.
// - Otherwise nothing may have changed at all: names, sizes, times and first bytes are the same before and after,
//   and the last change is so long ago that another one could not have had the same time.
import { constants } from 'node:fs'
import type { BigIntStats } from 'node:fs'
import { chmod, copyFile, open, rm, stat, truncate } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Progress } from '../../shared/bridge.ts'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { readWalHeader, walHeaderSize } from '../../shared/viewer/wal-frames.ts'
import { explainPath } from './look.ts'
import type { Look } from './look.ts'

/** No new try after this; a try that runs (a big file on a slow disk) is not given up, it shows its progress. */
const patience = 3500
const portion = 4 * 1024 * 1024

interface Mark {
  readonly about: BigIntStats
  readonly start: Buffer
  readonly takenAt: number
}
type Marks = readonly [db: Mark | null, wal: Mark | null, journal: Mark | null]
const ends = ['', '-wal', '-journal'] as const

export async function copyTogether(
  seen: Look,
  copy: string,
  progress: (item: Progress) => void,
): Promise<Result<null>> {
  const started = Date.now()
  for (let attempt = 0; ; attempt++) {
    const copied = await tryToCopy(seen, copy, progress)
    if (copied !== 'changed') return copied
    if (Date.now() - started > patience) return fail({ kind: 'file-busy', path: seen.path })
    await rest(Math.min(300, 10 * 2 ** attempt))
  }
}

async function tryToCopy(
  { path, place }: Look,
  copy: string,
  progress: (item: Progress) => void,
): Promise<Result<null> | 'changed'> {
  const total = { done: 0, size: 0 }
  try {
    const before = await markAll(place)
    if (before[0] === null) return fail({ kind: 'file-missing', path })
    if (before[0].about.size === 0n) return fail({ kind: 'file-empty', path })
    await settled(before)
    total.size = before.reduce((sum, mark) => sum + Number(mark?.about.size ?? 0n), 0)
    for (const [i, end] of ends.entries()) {
      await rm(copy + end, { force: true })
      if (before[i] === null) continue
      await copyOne(place + end, copy + end, (bytes) => {
        total.done += bytes
        progress({ phase: 'copying', done: Math.min(total.done, total.size), total: total.size })
      })
    }
    const after = await markAll(place)
    if (!isOneMoment(before, after) || !(await hasCopied(before, copy))) return 'changed'
    await leaveOut(copy, place)
    return ok(null)
  } catch (error) {
    const explained = explainPath(error, path)
    return explained.kind === 'file-missing' ? 'changed' : fail(whose(error, explained, copy)) // a journal may vanish
  }
}

/** A full disk is the one that the copy goes to. */
function whose(error: unknown, explained: AppError, copy: string): AppError {
  if (explained.kind === 'disk-full') return { kind: 'disk-full', path: dirname(copy) }
  const at = error instanceof Error && 'path' in error ? error.path : null
  if (explained.kind === 'file-forbidden' && at === copy) return { kind: 'not-writable', path: dirname(copy) }
  return explained
}

async function copyOne(from: string, to: string, copied: (bytes: number) => void): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE) // at once, where the file system can share blocks
    await chmod(to, 0o600) // the copy is ours, though the file may be read-only
    return
  } catch {
    await rm(to, { force: true })
  }
  const source = await open(from, 'r')
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      const buffer = Buffer.allocUnsafe(portion)
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, portion, null)
        if (bytesRead === 0) break
        await target.writeFile(buffer.subarray(0, bytesRead))
        copied(bytesRead)
      }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function markAll(place: string): Promise<Marks> {
  return [await mark(place), await mark(`${place}-wal`), await mark(`${place}-journal`)]
}

/** Null for a file that isn't there. One that is there and can't be read must not be left out: that is an error. */
async function mark(path: string): Promise<Mark | null> {
  try {
    const takenAt = Date.now()
    const about = await stat(path, { bigint: true })
    return { about, start: await readStart(path), takenAt }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const start = Buffer.alloc(100)
    const { bytesRead } = await file.read(start, 0, 100, 0)
    return start.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function isOneMoment(before: Marks, after: Marks): boolean {
  const [db, wal, journal] = before
  const [dbAfter, walAfter, journalAfter] = after
  if (!isSame(journal, journalAfter)) return false
  if (!hasLog(wal)) return isSame(db, dbAfter) && isSame(wal, walAfter)
  return (
    db?.about.ino === dbAfter?.about.ino &&
    wal.about.ino === walAfter?.about.ino &&
    logHeader(wal).equals(logHeader(walAfter))
  )
}

/** The log that was copied is the one that was looked at. */
async function hasCopied([, wal]: Marks, copy: string): Promise<boolean> {
  if (!hasLog(wal)) return true
  return logHeader(wal).equals((await readStart(`${copy}-wal`)).subarray(0, walHeaderSize))
}

const hasLog = (wal: Mark | null): wal is Mark => wal !== null && readWalHeader(wal.start) !== null
const logHeader = (wal: Mark): Buffer => wal.start.subarray(0, walHeaderSize)

function isSame(a: Mark | null, b: Mark | null): boolean {
  if (a === null || b === null) return a === b
  const [x, y] = [a.about, b.about]
  return (
    x.ino === y.ino &&
    x.size === y.size &&
    x.mtimeNs === y.mtimeNs &&
    x.ctimeNs === y.ctimeNs &&
    a.start.equals(b.start)
  )
}

/** A file system's clock ticks every few milliseconds, an old one's every two seconds. */
const tick = 20
const slowTick = 2100

/** Waits until another change could no longer have the time of the last one. Clocks that run ahead are not waited for. */
async function settled([db, wal, journal]: Marks): Promise<void> {
  if (hasLog(wal)) return
  for (const one of [db, wal, journal]) {
    if (one === null) continue
    const { mtimeNs, ctimeNs } = one.about
    const newest = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n)
    const needed = mtimeNs % 1_000_000_000n === 0n ? slowTick : tick
    const age = one.takenAt - newest
    if (age >= 0 && age < needed) await rest(needed - age)
  }
}

const rest = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

const journalMagic = Buffer.from('d9d505f920a163d7', 'hex')

/**
 * A journal may end in the name of another file: the head of a transaction over several databases. When SQLite rolls
 * back such a journal it deletes that file, and older versions do so whatever file it names. So the name is taken
 * off the copy; what it decides is decided here: without its head the transaction was committed.
 */
async function leaveOut(copy: string, place: string): Promise<void> {
  const journal = `${copy}-journal`
  const size = await stat(journal).then(
    (about) => about.size,
    () => 0,
  ) // most files have none
  if (size < 28) return
  const file = await open(journal, 'r')
  try {
    const tail = Buffer.alloc(16)
    await file.read(tail, 0, 16, size - 16)
    const length = tail.readUInt32BE(0)
    if (!tail.subarray(8).equals(journalMagic) || length === 0 || length > size - 20) return
    const name = Buffer.alloc(length)
    await file.read(name, 0, length, size - 16 - length)
    const head = resolve(dirname(place), name.toString('utf8').replaceAll('\0', ''))
    const open = await stat(head).then(
      () => true,
      () => false,
    ) // gone is what a commit looks like
    if (open) await truncate(journal, size - 20 - length)
    else await rm(journal)
  } finally {
    await file.close()
  }
}
