// Databases with a -wal, made by SQLite itself, and taken away at a moment as a pair of files.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { frameHeaderSize, walHeaderSize } from '../../shared/viewer/wal-frames.ts'

export interface Pair {
  readonly db: Uint8Array<ArrayBuffer>
  readonly wal: Uint8Array<ArrayBuffer>
}

/** A folder of its own for each call; `work` may leave connections open, its pairs are bytes. */
export function withFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-wal-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** The two files as they lie there now. Every connection is in this one process, so that no lock is lost by it. */
export function takePair(path: string): Pair {
  const wal = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : new Uint8Array(0)
  return { db: new Uint8Array(readFileSync(path)), wal: new Uint8Array(wal) }
}

/** What SQLite makes of the pair; the error's message where it refuses. */
export function nativeImage({ db, wal }: Pair): Uint8Array | string {
  return withFolder((folder) => {
    const path = join(folder, 'pair.db')
    writeFileSync(path, db)
    if (wal.length > 0) writeFileSync(`${path}-wal`, wal)
    let opened: DatabaseSync | null = null
    try {
      opened = new DatabaseSync(path)
      opened.prepare('SELECT count(*) FROM sqlite_schema').get()
      return opened.serialize()
    } catch (error) {
      return error instanceof Error ? error.message : 'refused'
    } finally {
      opened?.close()
    }
  })
}

/** Opens a database in WAL mode that is checkpointed only when told to be. */
export function openWal(path: string, { pageSize = 4096, vacuum = 'none' } = {}): DatabaseSync {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA page_size = ${pageSize}; PRAGMA auto_vacuum = ${vacuum}; PRAGMA journal_mode = WAL;
    PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF`)
  return db
}

/** The same log as a machine of the other byte order would have written it: other magic, other checksums. */
export function otherEndian(wal: Uint8Array): Uint8Array<ArrayBuffer> {
  const turned = new Uint8Array(wal)
  const view = new DataView(turned.buffer)
  const big = (view.getUint32(0) & 1) === 0
  view.setUint32(0, big ? 0x377f0683 : 0x377f0682)
  const sum = (from: number, length: number, sums: [number, number]): [number, number] => {
    let [a, b] = sums
    for (let at = from; at < from + length; at += 8) {
      a = (a + view.getUint32(at, !big) + b) >>> 0
      b = (b + view.getUint32(at + 4, !big) + a) >>> 0
    }
    return [a, b]
  }
  const put = (at: number, [a, b]: [number, number]): void => {
    view.setUint32(at, a)
    view.setUint32(at + 4, b)
  }
  let sums = sum(0, 24, [0, 0])
  put(24, sums)
  const pageSize = view.getUint32(8)
  for (
    let at = walHeaderSize;
    at + frameHeaderSize + pageSize <= turned.length;
    at += frameHeaderSize + pageSize
  ) {
    sums = sum(at + frameHeaderSize, pageSize, sum(at, 8, sums))
    put(at + 16, sums)
  }
  return turned
}
