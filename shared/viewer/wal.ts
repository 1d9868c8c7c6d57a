// Puts a database and its write-ahead log (-wal) together without SQLite, for a page that has no native engine.
import type { Result } from '../result.ts'
import { fail, ok } from '../result.ts'
import { readHeader } from './sqlite.ts'
import { FrameChain, frameHeaderSize, readWalHeader, walHeaderSize } from './wal-frames.ts'
import { Ownership } from './wal-owner.ts'

/** Only the first hundred bytes are looked at. True where newer rows may lie in a -wal beside the file. */
export function needsWal(start: Uint8Array): boolean {
  const header = readHeader(start.subarray(0, 100))
  return header.kind === 'sqlite' && header.wal
}

export interface Replayed {
  /** The database as one file; the bytes that were given where the log adds nothing. */
  readonly image: Uint8Array
  /** Frames that count; 0 where the log is empty. */
  readonly frames: number
}
export type ReplayFailure = 'foreign' | 'unreadable' | 'too-large'

/** The database with all that its log has committed, as SQLite itself would show it. */
export function applyWal(
  db: Uint8Array,
  wal: Uint8Array,
  limit = Number.MAX_SAFE_INTEGER,
): Result<Replayed, ReplayFailure> {
  const header = readWalHeader(wal)
  if (header === null) return ok({ image: db, frames: 0 })
  if (!header.known) return fail('unreadable')
  const { pageSize } = header
  const owner = new Ownership(db, pageSize, (page) => pageOf(db, pageSize, page))
  const chain = new FrameChain(header)
  const committed = new Map<number, number>()
  const open = new Map<number, number>()
  let pages = 0
  let frames = 0
  const step = frameHeaderSize + pageSize
  for (let at = walHeaderSize, count = 1; at + step <= wal.length; at += step, count++) {
    const frame = chain.take(wal.subarray(at, at + step))
    if (frame === null) break
    owner.take(frame)
    open.set(frame.page, at + frameHeaderSize)
    if (frame.pagesAfter === 0) continue
    for (const [page, offset] of open) committed.set(page, offset)
    open.clear()
    pages = frame.pagesAfter
    frames = count
  }
  if (frames === 0) return ok({ image: db, frames })
  if (owner.verdict() === 'foreign') return fail('foreign')
  if (pages * pageSize > Math.min(limit, db.length + wal.length + mostUnwritten)) return fail('too-large')
  const image = new Uint8Array(pages * pageSize)
  image.set(db.subarray(0, image.length))
  for (const [page, offset] of committed)
    if (page <= pages) image.set(wal.subarray(offset, offset + pageSize), (page - 1) * pageSize)
  return ok({ image, frames })
}

/** Pages that were made and freed in one transaction count in a log, but are never written. */
const mostUnwritten = 256 * 1024 * 1024

function pageOf(db: Uint8Array, pageSize: number, page: number): Uint8Array | null {
  const at = (page - 1) * pageSize
  return at + pageSize <= db.length ? db.subarray(at, at + pageSize) : null
}
