// A first look at a path, before any engine touches it: is it there, a file, readable, SQLite? Each "no" has a
// sentence of its own. The raw file is opened and closed here, in a process that holds no native connection to
// it: closing a descriptor drops every lock that the same process holds on that file.
import { open, realpath, stat } from 'node:fs/promises'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { readHeader } from '../../shared/viewer/sqlite.ts'

export interface Look {
  readonly path: string
  /** The file itself, where the path is a link: SQLite keeps the -wal beside it, not beside the link. */
  readonly place: string
  /** Bytes of the database file alone. */
  readonly size: number
  /** Bytes that the first page says there are; the same as `size` where it says nothing. */
  readonly expectedSize: number
  readonly walSize: number
  readonly journalSize: number
  readonly hasWal: boolean
  /** The header is SQLite's in every part that never changes; of a file encrypted but for its first bytes it isn't. */
  readonly plainHeader: boolean
  readonly hasShm: boolean
  readonly modified: number
  readonly walMode: boolean
  /** In WAL mode, and there under a second name (a hard link): newer rows may lie in a -wal beside that name. */
  readonly otherNames: boolean
  readonly writing: boolean
}

/** A file that was written to so lately is being written to. */
export const recently = 120_000

/** No database, but perhaps a log of JSON, or a folder of them: whoever reads it finds out. */
export const mayBeText = ({ kind }: AppError): boolean =>
  kind === 'file-not-sqlite' || kind === 'file-is-folder'

export async function look(path: string, now: number): Promise<Result<Look>> {
  const header = await readStart(path)
  if (!header.ok) return header
  const { place, bytes, size, modified, names } = header.value
  const [wal, shm, journal] = await Promise.all(
    ['-wal', '-shm', '-journal'].map((end) => sizeAndTime(place + end)),
  )
  const kind = readHeader(bytes)
  const walSize = wal?.size ?? 0
  if (kind.kind === 'empty' && walSize === 0) return fail({ kind: 'file-empty', path })
  if (kind.kind === 'not-sqlite') return fail({ kind: 'file-not-sqlite', path })
  const newest = Math.max(modified, wal?.modified ?? 0)
  const walMode = (kind.kind === 'sqlite' && kind.wal) || walSize > 0
  return ok({
    path,
    place,
    size,
    expectedSize: walSize === 0 ? (saidSize(bytes) ?? size) : size,
    walSize,
    journalSize: journal?.size ?? 0,
    hasWal: wal !== null,
    plainHeader: bytes.subarray(72, 92).every((byte) => byte === 0),
    hasShm: shm !== null,
    modified: newest,
    walMode,
    otherNames: walMode && names > 1,
    writing: now - newest < recently,
  })
}

/** From the header of the first page, where the version that wrote it last kept it up to date. */
function saidSize(start: Uint8Array): number | null {
  const header = readHeader(start)
  if (header.kind !== 'sqlite') return null
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength)
  return view.getUint32(24) === view.getUint32(92) ? view.getUint32(28) * header.pageSize : null
}

interface Start {
  readonly place: string
  readonly bytes: Uint8Array
  readonly size: number
  readonly modified: number
  readonly names: number
}

async function readStart(path: string): Promise<Result<Start>> {
  try {
    const place = await realpath(path)
    const about = await stat(place)
    if (about.isDirectory()) return fail({ kind: 'file-is-folder', path })
    if (!about.isFile()) return fail({ kind: 'file-is-special', path }) // a pipe would keep us waiting for ever
    const file = await open(place, 'r')
    try {
      const bytes = new Uint8Array(100)
      const { bytesRead } = await file.read(bytes, 0, 100, 0)
      const { size, mtimeMs: modified, nlink: names } = about
      return ok({ place, bytes: bytes.subarray(0, bytesRead), size, modified, names })
    } finally {
      await file.close()
    }
  } catch (error) {
    return fail(explainPath(error, path))
  }
}

async function sizeAndTime(path: string): Promise<{ size: number; modified: number } | null> {
  try {
    const about = await stat(path)
    return { size: about.size, modified: about.mtimeMs }
  } catch {
    return null
  }
}

/** What the file system said, as one of ours. */
export function explainPath(error: unknown, path: string): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP')
    return { kind: 'file-missing', path }
  if (code === 'EISDIR') return { kind: 'file-is-folder', path }
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'file-forbidden', path }
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'disk-full', path }
  if (code === 'EEXIST') return { kind: 'file-exists', path }
  if (code === 'EROFS') return { kind: 'not-writable', path }
  if (code === 'EBUSY' || code === 'ETXTBSY') return { kind: 'file-busy', path }
  return { kind: 'file-damaged', path, detail: typeof code === 'string' ? code : 'unreadable' }
}
