// What was dropped on the page of a browser: a database, and perhaps the files beside it. A browser gives no path,
// so what was not dropped can't be found; the page can only say what is missing.
import type { AppError, Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { needsWal } from '../shared/viewer/wal.ts'

export interface Dropped {
  readonly name: string
  readonly size: number
  readonly bytes: ArrayBuffer
  readonly wal: ArrayBuffer | null
  /** In WAL mode, and no -wal was dropped: the newest rows, or all, may be missing. */
  readonly walMissing: boolean
}

/** A file beside a database is named after it. */
export function mainOf(files: readonly File[]): File | null {
  return files.find(({ name }) => !/-(wal|shm|journal)$/.test(name)) ?? files[0] ?? null
}

export async function readDropped(files: readonly File[]): Promise<Result<Dropped>> {
  const main = mainOf(files)
  if (main === null) return fail({ kind: 'file-missing', path: '' })
  const { name } = main
  const beside = (end: string): File | null => files.find((file) => file.name === name + end) ?? null
  try {
    const journal = beside('-journal')
    if (journal !== null && (await isHot(journal))) return fail({ kind: 'journal-hot', path: name })
    const [bytes, wal] = await Promise.all([main.arrayBuffer(), beside('-wal')?.arrayBuffer() ?? null])
    const walMissing = wal === null && needsWal(new Uint8Array(bytes, 0, Math.min(100, bytes.byteLength)))
    return ok({ name, size: main.size, bytes, wal, walMissing })
  } catch {
    // A browser gives a dropped file's bytes only as long as the file has not changed since.
    return fail({ kind: 'file-changed', path: name })
  }
}

/** Why reading failed, where a -wal that was not dropped explains it better. */
export function explainedByWal(error: AppError): AppError {
  const { kind } = error
  return kind === 'file-unknown' || kind === 'file-damaged' || kind === 'file-cut-short'
    ? { kind: 'wal-missing', path: error.path }
    : error
}

/** A journal that SQLite has emptied begins with zeros. */
async function isHot(journal: File): Promise<boolean> {
  const [first = 0] = new Uint8Array(await journal.slice(0, 1).arrayBuffer())
  return journal.size > 512 && first !== 0
}
