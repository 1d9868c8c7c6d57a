// Opens a telemetry file for reading without leaving a trace beside it. SQLite, even when it only reads, creates
// a -shm (and an empty -wal) next to a WAL file that has none, so such a file is not opened where it lies: a
// private copy of the database, its -wal and its -journal is, taken so that it is one moment's state or refused.
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises'
import type { BigIntStats } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Progress } from '../../shared/bridge.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { explainPath, look } from './look.ts'
import type { Look } from './look.ts'
import { explainSqlite, openNative } from './native.ts'
import { openText } from './text.ts'

export interface ReadOnlyFile {
  readonly look: Look
  readonly db: DatabaseSync
  readonly readFrom: 'place' | 'copy'
  close(): Promise<void>
}

export interface ReadOnlyInput {
  readonly path: string
  /** Where private copies go. */
  readonly temporary: string
  readonly now: number
}

export async function openReadOnly(
  input: ReadOnlyInput,
  progress: (item: Progress) => void,
): Promise<Result<ReadOnlyFile>> {
  const { path, temporary, now } = input
  const seen = await look(path, now)
  if (!seen.ok) return openText(input, seen.error, progress)
  if (leavesNoTrace(seen.value)) {
    const opened = tryOpen(path, false)
    if (opened.ok)
      return ok({
        look: seen.value,
        db: opened.value,
        readFrom: 'place',
        close: async () => opened.value.close(),
      })
    if (opened.error.kind !== 'file-forbidden' && opened.error.kind !== 'not-writable') return opened
  }
  return openCopy(seen.value, temporary, progress)
}

/** In place only where neither -wal nor -shm would be made, and no journal waits to be rolled back. */
function leavesNoTrace(seen: Look): boolean {
  if (seen.walMode) return seen.walSize > 0 && seen.hasShm && seen.size > 0
  return seen.journalSize === 0
}

function tryOpen(path: string, writable: boolean): Result<DatabaseSync> {
  let db: DatabaseSync | null = null
  try {
    db = openNative(path, { writable })
    db.prepare('SELECT count(*) FROM sqlite_schema').get() // opening is lazy: the first read finds what is wrong
    return ok(db)
  } catch (error) {
    db?.close()
    return fail(explainSqlite(error, path))
  }
}

async function openCopy(
  seen: Look,
  temporary: string,
  progress: (item: Progress) => void,
): Promise<Result<ReadOnlyFile>> {
  const folder = await mkdtemp(join(temporary, 'read-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    await chmod(folder, 0o700)
    const copy = join(folder, `${randomUUID()}.db`)
    const copied = await copyTogether(seen, copy, progress)
    const opened = copied.ok ? tryOpen(copy, true) : copied
    if (!opened.ok) {
      await remove()
      return fail({ ...opened.error, path: seen.path })
    }
    const db = opened.value
    return ok({
      look: seen,
      db,
      readFrom: 'copy',
      close: async () => {
        db.close()
        await remove()
      },
    })
  } catch (error) {
    await remove()
    return fail(explainPath(error, seen.path))
  }
}

const tries = 8

/** Copies the files one after another, and again whenever any of them changed meanwhile. */
async function copyTogether(
  seen: Look,
  copy: string,
  progress: (item: Progress) => void,
): Promise<Result<null, { kind: 'file-busy'; path: string } | ReturnType<typeof explainPath>>> {
  const ends = ['', '-wal', '-journal']
  for (let attempt = 0; attempt < tries; attempt++) {
    progress({ phase: 'copying', done: attempt, total: tries })
    try {
      const before = await Promise.all(ends.map((end) => fingerprint(seen.path + end)))
      for (const [i, end] of ends.entries()) {
        await rm(copy + end, { force: true })
        if (before[i] !== 'none') await copyFile(seen.path + end, copy + end, constants.COPYFILE_FICLONE)
      }
      const after = await Promise.all(ends.map((end) => fingerprint(seen.path + end)))
      if (before.join() === after.join()) return ok(null)
    } catch (error) {
      const explained = explainPath(error, seen.path)
      if (explained.kind !== 'file-missing') return fail(explained) // a journal may vanish: that is a change too
      if ((await fingerprint(seen.path)) === 'none') return fail(explained)
    }
    await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt))
  }
  return fail({ kind: 'file-busy', path: seen.path })
}

/** Changes whenever the file does: its stat, and its first bytes, where a WAL keeps its salts. */
async function fingerprint(path: string): Promise<string> {
  let about: BigIntStats
  try {
    about = await stat(path, { bigint: true })
  } catch {
    return 'none'
  }
  const file = await open(path, 'r')
  try {
    const start = Buffer.alloc(100)
    await file.read(start, 0, 100, 0)
    return `${about.ino} ${about.size} ${about.mtimeNs} ${about.ctimeNs} ${start.toString('hex')}`
  } finally {
    await file.close()
  }
}
