// Opens a telemetry file for reading without leaving a trace beside it. SQLite, even when it only reads, creates
// a -shm (and an empty -wal) next to a WAL file that has none, so such a file is not opened where it lies: a
// private copy of the database, its -wal and its -journal is, taken so that it is one moment's state or refused.
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Progress } from '../../shared/bridge.ts'
import type { Choices } from '../../shared/formats/recognise.ts'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { copyTogether } from './copy.ts'
import { explainPath, look } from './look.ts'
import type { Look } from './look.ts'
import { canSerialize, explainSqlite, lockPatience, openImage, openNative } from './native.ts'
import { openText } from './text.ts'
import { walFits } from './wal-file.ts'

export interface ReadOnlyFile {
  readonly look: Look
  /** Of a file in WAL mode that is read in place, in a read transaction: that is in nobody's way. */
  readonly db: DatabaseSync
  readonly readFrom: 'place' | 'copy'
  /** The private copy, where there is one. */
  readonly copy: string | null
  close(): Promise<void>
}

export interface ReadOnlyInput {
  readonly path: string
  /** Where private copies go. */
  readonly temporary: string
  readonly now: number
  /** What the person chose for files of unknown formats. */
  readonly choices?: Choices
}

export async function openReadOnly(
  input: ReadOnlyInput,
  progress: (item: Progress) => void,
  where: 'anywhere' | 'copy' = 'anywhere',
): Promise<Result<ReadOnlyFile>> {
  const { path, temporary, now } = input
  const found = await look(path, now)
  if (!found.ok) return openText(input, found.error, progress)
  const seen = found.value
  const fit = seen.walSize > 0 ? await walFits(seen.place) : 'fits'
  if (fit === 'foreign' || (seen.size === 0 && fit !== 'fits')) return fail({ kind: 'wal-foreign', path })
  if (fit === 'unknown-version') return fail({ kind: 'file-damaged', path, detail: 'wal' })
  if (seen.size === 0) return fail({ kind: 'file-empty', path })
  if (where === 'anywhere' && leavesNoTrace(seen)) {
    const opened = await openInPlace(seen)
    if (opened.ok) {
      const db = opened.value
      return ok({ look: seen, db, readFrom: 'place', copy: null, close: async () => db.close() })
    }
    if (!needsCopy.has(opened.error.kind)) return fail(name(opened.error, seen))
  }
  return openCopy(seen, temporary, progress)
}

/** A folder that can't be written, another owner's files, a journal that waits to be rolled back. */
const needsCopy: ReadonlySet<AppError['kind']> = new Set(['file-forbidden', 'not-writable'])

/** In place only where neither -wal nor -shm would be made. An empty database would lose its -wal or -journal. */
function leavesNoTrace(seen: Look): boolean {
  return seen.size > 0 && (!seen.walMode || (seen.hasWal && seen.hasShm))
}

/** While a tool changes its -shm, whoever may not write into it is turned away for a moment. */
async function openInPlace(seen: Look): Promise<Result<DatabaseSync>> {
  for (let attempt = 1; ; attempt++) {
    const opened = tryOpen(seen.place, seen.walMode ? 'one moment' : 'read')
    if (opened.ok || !seen.walMode || opened.error.kind !== 'not-writable' || attempt === 5) return opened
    await new Promise((resolve) => setTimeout(resolve, 5 * attempt))
  }
}

function tryOpen(path: string, how: 'read' | 'one moment' | 'write'): Result<DatabaseSync> {
  let db: DatabaseSync | null = null
  try {
    db = openNative(path, { writable: how === 'write' })
    if (how === 'one moment') db.exec('BEGIN')
    db.prepare('SELECT count(*) FROM sqlite_schema').get() // opening is lazy: the first read finds what is wrong
    return ok(db)
  } catch (error) {
    db?.close()
    return fail(explainSqlite(error, path))
  }
}

/** The error in terms of the path that the person gave, and of what the first page says of its size. */
function name(error: AppError, { path, size, expectedSize, plainHeader }: Look): AppError {
  if (error.kind === 'file-damaged' && !plainHeader) return { kind: 'file-not-sqlite', path }
  if (error.kind === 'file-damaged' && expectedSize > size)
    return { kind: 'file-cut-short', path, size, expected: expectedSize }
  return 'path' in error ? { ...error, path } : error
}

async function openCopy(
  seen: Look,
  temporary: string,
  progress: (item: Progress) => void,
): Promise<Result<ReadOnlyFile>> {
  let folder: string
  try {
    folder = await mkdtemp(join(temporary, 'read-'))
    await chmod(folder, 0o700)
  } catch (error) {
    return fail(explainPath(error, temporary))
  }
  const remove = (): Promise<void> =>
    rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {}) // the host sweeps too
  const copy = join(folder, `${randomUUID()}.db`)
  const copied = await copyTogether(seen, copy, progress)
  // What lay beside the file may have changed since it was looked at; what was copied is what is read.
  const opened = copied.ok ? await openCopied(copy, seen) : copied
  if (!opened.ok) {
    await remove()
    return opened
  }
  const db = opened.value
  return ok({
    look: seen,
    db,
    readFrom: 'copy',
    copy,
    close: async () => {
      if (db.isOpen) db.close()
      await remove()
    },
  })
}

async function openCopied(copy: string, seen: Look): Promise<Result<DatabaseSync>> {
  if ((await walFits(copy)) !== 'fits') return fail({ kind: 'wal-foreign', path: seen.path })
  const opened = tryOpen(copy, 'write')
  return opened.ok ? opened : fail(name(opened.error, seen))
}

/** Runs work in one read transaction. Whoever writes into the file past SQLite's locks meanwhile is noticed. */
export function atOneMoment<T>(file: ReadOnlyFile, work: (db: DatabaseSync) => T): Result<T> {
  const { look: seen, db } = file
  try {
    return inTheWay(file) ? watched(seen, work) : ok(transact(db, work))
  } catch (error) {
    return fail(explainOpened(error, file))
  }
}

/**
 * The error of a file that could be opened, and read, a moment before. A connection that began without a log can't go on
 * once the tool keeps one.
 */
export function explainOpened(error: unknown, { look: { path, place, walMode }, readFrom }: About): AppError {
  if (stamp(place) === gone) return { kind: 'file-missing', path }
  const explained = explainSqlite(error, path)
  const isClosed = explained.kind === 'file-forbidden' && readFrom === 'place' && !walMode
  return isClosed ? { kind: 'file-changed', path } : explained
}
type About = Pick<ReadOnlyFile, 'look' | 'readFrom'>

/** Not in WAL mode a reader's lock keeps the tool from writing; a file in memory or a copy is nobody else's. */
const inTheWay = ({ look: seen, db, readFrom }: ReadOnlyFile): boolean =>
  readFrom === 'place' && !seen.walMode && db.location() !== null

function transact<T>(db: DatabaseSync, work: (db: DatabaseSync) => T): T {
  if (db.isTransaction) return work(db)
  db.exec('BEGIN')
  try {
    return work(db)
  } finally {
    db.exec('COMMIT')
  }
}

interface Locked {
  readonly db: DatabaseSync
  /** Whether nobody has written into it since, past the lock. */
  isSame(): boolean
}

/**
 * Nothing may change from before the connection is made until the work is done: pages that it read earlier could be
 * of another file, which a restore has put in this one's place, with the same counter of changes in it.
 */
function lock({ path, place }: Look): Result<Locked> {
  for (const end = Date.now() + lockPatience; Date.now() < end;) {
    const before = stamp(place)
    const db = openNative(place, { writable: false })
    const isSame = (): boolean => stamp(place) === before
    try {
      db.exec('BEGIN')
      db.prepare('SELECT count(*) FROM sqlite_schema').get() // this takes the lock
      if (isSame()) return ok({ db, isSame })
    } catch (error) {
      db.close()
      throw error
    }
    db.close() // a tool has committed just now: once more
  }
  return fail({ kind: 'file-busy', path })
}

function watched<T>(seen: Look, work: (db: DatabaseSync) => T): Result<T> {
  const locked = lock(seen)
  if (!locked.ok) return locked
  const { db, isSame } = locked.value
  try {
    const value = work(db)
    return isSame() ? ok(value) : fail({ kind: 'file-changed', path: seen.path })
  } finally {
    db.close()
  }
}

/** A file that another process may read where it lies for as long as it is lent. */
export interface Lendable {
  readonly place: string
  /** Bytes of the database, which begins with the file and may end before it. */
  readonly size: number
  /** Gives the lock back, because a tool would not wait much longer. Whether it wrote then is told at the end. */
  unlock(): void
  /** Says whether all that was read meanwhile is of one moment. */
  end(): Result<null>
}

/**
 * Null where the file alone isn't the database: in WAL mode what counts may lie in the log. A private copy has its log
 * worked in; any other is kept from changing by SQLite's own lock, which this process holds and must not lose: to open
 * and close the file here would give it back, so that whoever reads it is another process.
 */
export function lend(file: ReadOnlyFile): Result<Lendable> | null {
  const { look: seen, db, copy } = file
  try {
    if (copy !== null) return lendCopy(db, copy)
    if (!inTheWay(file)) return null
    const locked = lock(seen)
    if (!locked.ok) return locked
    const { db: held, isSame } = locked.value
    const size = imageSize(held)
    const unlock = (): void => {
      if (held.isOpen) held.close()
    }
    const end = (): Result<null> => {
      const same = isSame() // before a tool that waits may write
      unlock()
      return same ? ok(null) : fail({ kind: 'file-changed', path: seen.path })
    }
    if (size > 0 && size <= sizeOf(seen.place)) return ok({ place: seen.place, size, unlock, end })
    unlock()
    return null
  } catch (error) {
    return fail(explainOpened(error, file))
  }
}

function lendCopy(db: DatabaseSync, copy: string): Result<Lendable> | null {
  db.exec('PRAGMA synchronous = OFF; PRAGMA wal_checkpoint(TRUNCATE)')
  const size = imageSize(db)
  if (size === 0 || size > sizeOf(copy) || sizeOf(`${copy}-wal`) > 0) return null
  db.close()
  return ok({ place: copy, size, unlock: () => {}, end: () => ok(null) })
}

export function imageSize(db: DatabaseSync): number {
  const number = (pragma: string): number =>
    Number(Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0])
  return number('page_count') * number('page_size')
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

const gone = 'gone'
/** By stat alone: to open and close the file here would give back the lock that the connection holds. */
function stamp(path: string): string {
  const about = statSync(path, { bigint: true, throwIfNoEntry: false })
  return about === undefined ? gone : `${about.ino} ${about.size} ${about.mtimeNs} ${about.ctimeNs}`
}

const mostInMemory = 256 * 1024 * 1024

/**
 * The same file, of which every statement sees one and the same moment. Not in WAL mode a read transaction keeps the
 * tool from writing for as long as it lasts; there the file is read from an image in memory, which takes a moment.
 */
export async function ofOneMoment(file: ReadOnlyFile): Promise<Result<ReadOnlyFile>> {
  const { look: seen, db } = file
  if (!inTheWay(file) || seen.size > mostInMemory || !canSerialize()) {
    if (!db.isTransaction) db.exec('BEGIN')
    return ok(file)
  }
  const image = atOneMoment(file, (held) => held.serialize())
  await file.close()
  if (!image.ok) return image
  if (image.value.length === 0) return fail({ kind: 'file-changed', path: seen.path }) // emptied since it was looked at
  try {
    const inMemory = openImage(image.value)
    return ok({ ...file, db: inMemory, close: async () => inMemory.close() })
  } catch (error) {
    return fail(explainSqlite(error, seen.path))
  }
}
