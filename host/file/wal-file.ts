// Asks of a -wal on disk whether it belongs to the database beside it, before SQLite takes both for one. The files
// are read raw, so this runs only where the process holds no native connection to them.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { FrameChain, frameHeaderSize, readWalHeader, walHeaderSize } from '../../shared/viewer/wal-frames.ts'
import { Ownership } from '../../shared/viewer/wal-owner.ts'

export type Fit = 'fits' | 'foreign' | 'unknown-version'

/** Longer logs are judged by their beginning: a live one of a gigabyte must not cost seconds at every look. */
const enough = 64 * 1024 * 1024
const portion = 1024 * 1024
const tries = 5

/** The path of the database itself, not of a link to it. */
export async function walFits(place: string): Promise<Fit> {
  for (let attempt = 1; ; attempt++) {
    const fit = compare(place)
    // A writer may begin its log anew, or bring more of it over, between two of our reads: such a verdict is of no one moment.
    if (fit.verdict === 'fits' || (fit.still && attempt > 1)) return fit.verdict
    if (attempt >= tries) return fit.still ? fit.verdict : 'fits'
    await new Promise((resolve) => setTimeout(resolve, 15 * attempt))
  }
}

function compare(place: string): { readonly verdict: Fit; readonly still: boolean } {
  const files: number[] = []
  const use = (path: string): number => {
    const file = openSync(path, 'r')
    files.push(file)
    return file
  }
  try {
    const db = use(place)
    const wal = use(`${place}-wal`)
    const before = fstatSync(wal, { bigint: true })
    const start = readAt(wal, 0, walHeaderSize)
    const header = readWalHeader(start)
    if (header === null) return { verdict: 'fits', still: true } // for SQLite it is empty
    if (!header.known) return { verdict: 'unknown-version', still: true }
    const { pageSize } = header
    const page = (number: number): Uint8Array | null => {
      const bytes = readAt(db, (number - 1) * pageSize, pageSize)
      return bytes.length === pageSize ? bytes : null
    }
    // The database first, the log after it: what a checkpoint brings over meanwhile is in the log that is read.
    const owner = new Ownership({ length: fstatSync(db).size }, pageSize, page)
    const whole = feed(owner, new FrameChain(header), wal, pageSize)
    const verdict = whole ? owner.verdict() : owner.verdictSoFar()
    const after = fstatSync(wal, { bigint: true })
    const still =
      after.mtimeNs === before.mtimeNs &&
      after.size === before.size &&
      Buffer.compare(start, readAt(wal, 0, walHeaderSize)) === 0
    return { verdict, still }
  } catch {
    return { verdict: 'fits', still: false } // gone meanwhile, or not ours to read: opening will tell
  } finally {
    for (const file of files) closeSync(file)
  }
}

/** False where the log is too long to be read to its end. */
function feed(owner: Ownership, chain: FrameChain, wal: number, pageSize: number): boolean {
  const step = frameHeaderSize + pageSize
  const length = Math.max(1, Math.floor(portion / step)) * step
  for (let at = walHeaderSize; at < enough; at += length) {
    const bytes = readAt(wal, at, length)
    for (let from = 0; from + step <= bytes.length; from += step) {
      const frame = chain.take(bytes.subarray(from, from + step))
      if (frame === null) return true
      owner.take(frame)
    }
    if (bytes.length < length) return true
  }
  return false
}

function readAt(file: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const read = readSync(file, bytes, filled, length - filled, at + filled)
    if (read === 0) break
    filled += read
  }
  return bytes.subarray(0, filled)
}
