// Every byte of a database that no row lies in. The trees are followed from their roots through all pages, as they
// stand with what is in the -wal; what a page doesn't use, free pages, ends of overflow pages, pages that a newer one in
// the log has replaced, and whatever else lies in the -wal or a -journal is where a deleted row could still be read.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { readHeader } from '../../shared/viewer/sqlite.ts'
import { FrameChain, frameHeaderSize, readWalHeader, walHeaderSize } from '../../shared/viewer/wal-frames.ts'
import { cellsOf, listedRoots, unusedParts } from './page-parts.ts'
import type { Root } from './page-parts.ts'

export type Place = 'database' | 'wal' | 'journal'

export interface Seen {
  /** A row of a table, whole. */
  row(bytes: Uint8Array): void
  /** Where none lies. */
  unused(bytes: Uint8Array, from: number, end: number, place: Place): void
}

/** Whether all of it hung together; if not, something wrote into it meanwhile, or it is damaged. */
export function walkFile(place: string, seen: Seen): boolean {
  const files = openAll(place)
  try {
    if (files.main === null) return false
    const walk = new Walk(files.main, files.wal, seen)
    const whole = walk.run()
    if (files.journal !== null)
      eachPiece(files.journal, 0, sizeOf(files.journal), (bytes) =>
        seen.unused(bytes, 0, bytes.length, 'journal'),
      )
    return whole
  } finally {
    for (const file of Object.values(files)) if (file !== null) closeSync(file)
  }
}

function openAll(place: string): { main: number | null; wal: number | null; journal: number | null } {
  const open = (path: string): number | null => {
    try {
      return openSync(path, 'r')
    } catch {
      return null
    }
  }
  return { main: open(place), wal: open(`${place}-wal`), journal: open(`${place}-journal`) }
}

const sizeOf = (file: number): number => fstatSync(file).size
const piece = 1 << 22
/** Pieces overlap by more than the longest stretch that is searched for. */
const overlap = 1024

function eachPiece(file: number, from: number, end: number, see: (bytes: Uint8Array) => void): void {
  for (let at = from; at < end; at += piece) {
    const bytes = Buffer.alloc(Math.min(piece + overlap, end - at))
    see(bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at)))
  }
}

class Walk {
  readonly #main: number
  readonly #wal: number | null
  readonly #seen: Seen
  readonly #pageSize: number
  readonly #usable: number
  readonly #inLog = new Map<number, number>()
  readonly #visited: Uint8Array
  readonly #pages: number
  #whole = true

  constructor(main: number, wal: number | null, seen: Seen) {
    this.#main = main
    this.#wal = wal
    this.#seen = seen
    const header = Buffer.alloc(100)
    readSync(main, header, 0, 100, 0)
    const about = readHeader(header)
    this.#pageSize = about.kind === 'sqlite' ? about.pageSize : 4096
    let pages = Math.ceil(sizeOf(main) / this.#pageSize)
    pages = this.#readLog() ?? pages
    this.#pages = pages
    this.#visited = new Uint8Array(pages + 1)
    this.#usable = this.#pageSize - (this.#page(1)[20] ?? 0)
  }

  run(): boolean {
    const first = this.#page(1)
    this.#skip(first)
    const roots: Root[] = [{ page: 1, table: true }]
    this.#tree({ page: 1, table: true }, (bytes) => roots.push(...listedRoots(bytes)))
    for (const root of roots.slice(1)) this.#tree(root)
    this.#freePages(first.readUInt32BE(32))
    for (let page = 1; page <= this.#pages; page++) if (this.#visited[page] === 0) this.#unusedPage(page)
    this.#replaced()
    return this.#whole
  }

  /** Pages in the log as they stand after the last commit. Gives how many pages the database has then. */
  #readLog(): number | null {
    if (this.#wal === null) return null
    const start = Buffer.alloc(walHeaderSize)
    readSync(this.#wal, start, 0, walHeaderSize, 0)
    const header = readWalHeader(start)
    if (header === null || !header.known || header.pageSize !== this.#pageSize) return null
    const chain = new FrameChain(header)
    const step = frameHeaderSize + this.#pageSize
    const bytes = Buffer.alloc(step)
    const open: (readonly [page: number, at: number])[] = []
    let pages: number | null = null
    for (let at = walHeaderSize; readSync(this.#wal, bytes, 0, step, at) === step; at += step) {
      const frame = chain.take(bytes)
      if (frame === null) break
      open.push([frame.page, at])
      if (frame.pagesAfter === 0) continue
      for (const [page, where] of open.splice(0)) this.#inLog.set(page, where)
      pages = frame.pagesAfter
    }
    return pages
  }

  #page(number: number): Buffer {
    const bytes = Buffer.allocUnsafe(this.#pageSize)
    const logged = this.#inLog.get(number)
    if (logged !== undefined && this.#wal !== null)
      readSync(this.#wal, bytes, 0, bytes.length, logged + frameHeaderSize)
    else readSync(this.#main, bytes, 0, bytes.length, (number - 1) * this.#pageSize)
    return bytes
  }

  #placeOf = (page: number): Place => (this.#inLog.has(page) ? 'wal' : 'database')

  /** False where it was there before, or can't be: that is no sound database, or one that is being written. */
  #visit(page: number): boolean {
    if (page < 1 || page > this.#pages || this.#visited[page] === 1) {
      this.#whole = false
      return false
    }
    this.#visited[page] = 1
    return true
  }

  #tree(root: Root, seeRow: (bytes: Uint8Array) => void = () => {}): void {
    const left = [root.page]
    for (let page = left.pop(); page !== undefined; page = left.pop()) {
      if (!this.#visit(page)) continue
      const bytes = this.#page(page)
      const start = page === 1 ? 100 : 0
      const kind = bytes[start]
      try {
        for (const [from, end] of unusedParts(bytes, start, this.#usable))
          this.#seen.unused(bytes, from, end, this.#placeOf(page))
        for (const cell of cellsOf(bytes, start, this.#usable)) {
          if (cell.child !== 0) left.push(cell.child)
          const isRow = kind === 13 || (root.table && (kind === 2 || kind === 10))
          const row =
            cell.overflow === 0
              ? null
              : this.#overflow(bytes.subarray(cell.from, cell.end), cell.overflow, cell.size)
          if (!isRow || cell.end === cell.from) continue
          const whole = row ?? bytes.subarray(cell.from, cell.end)
          this.#seen.row(whole)
          seeRow(whole)
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        this.#whole = false
        this.#visited[page] = 0
      }
    }
  }

  #overflow(local: Uint8Array, first: number, size: number): Uint8Array {
    const parts = [local]
    let left = size - local.length
    for (let page = first; page !== 0 && left > 0;) {
      if (!this.#visit(page)) break
      const bytes = this.#page(page)
      const end = 4 + Math.min(left, this.#usable - 4)
      parts.push(bytes.subarray(4, end))
      left -= end - 4
      if (end < this.#pageSize) this.#seen.unused(bytes, end, this.#pageSize, this.#placeOf(page))
      page = bytes.readUInt32BE(0)
    }
    return Buffer.concat(parts)
  }

  #freePages(first: number): void {
    for (let trunk = first; trunk !== 0;) {
      if (!this.#visit(trunk)) return
      const bytes = this.#page(trunk)
      const count = Math.min(bytes.readUInt32BE(4), (this.#usable - 8) >> 2)
      this.#seen.unused(bytes, 8 + 4 * count, this.#pageSize, this.#placeOf(trunk))
      for (let i = 0; i < count; i++) {
        const leaf = bytes.readUInt32BE(8 + 4 * i)
        if (this.#visit(leaf)) this.#unusedPage(leaf)
      }
      trunk = bytes.readUInt32BE(0)
    }
  }

  #unusedPage(page: number): void {
    const bytes = this.#page(page)
    this.#seen.unused(bytes, 0, bytes.length, this.#placeOf(page))
  }

  /** Pages that hold no rows by their nature: where locks are taken, and maps of which page belongs to which. */
  #skip(first: Buffer): void {
    const lock = 2 ** 30 / this.#pageSize + 1
    if (lock <= this.#pages) this.#visited[lock] = 1
    if (first.readUInt32BE(52) === 0) return
    const step = Math.floor(this.#usable / 5) + 1
    for (let page = 2; page <= this.#pages; page += step) this.#visited[page === lock ? page + 1 : page] = 1
  }

  /** What the log has replaced in the file, what is older in the log itself, and what lies behind its last commit. */
  #replaced(): void {
    const { unused } = this.#seen
    const mainPages = Math.ceil(sizeOf(this.#main) / this.#pageSize)
    const old = Buffer.alloc(this.#pageSize)
    for (let page = 1; page <= mainPages; page++) {
      if (page <= this.#pages && !this.#inLog.has(page)) continue
      const read = readSync(this.#main, old, 0, old.length, (page - 1) * this.#pageSize)
      unused(old, 0, read, 'database')
    }
    if (this.#wal === null) return
    const step = frameHeaderSize + this.#pageSize
    const used = new Set(this.#inLog.values())
    const end = sizeOf(this.#wal)
    const bytes = Buffer.alloc(step)
    for (let at = walHeaderSize; at < end; at += step) {
      if (used.has(at)) continue
      const read = readSync(this.#wal, bytes, 0, step, at)
      unused(bytes, Math.min(frameHeaderSize, read), read, 'wal')
    }
  }
}
