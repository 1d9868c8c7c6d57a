// Does a -wal belong to the database it lies beside? SQLite doesn't ask: it reads any log whose own checksums are
// right, and shows a mixture. The file format knows no bond between the two, but a log of one's own begins where the
// database stood when the round began, and nothing but that round's pages has come into the database since:
//
// - both have one page size, text encoding and reserved space, and the database is marked as in WAL mode;
// - the database's first page is either the one from before the round (then the log's first version of that page
//   has the same or the next change counter, no lower schema number, and with an equal schema number the same
//   schema), or one of the versions in the log, which a checkpoint has brought over byte for byte;
// - pages beyond the end of the database are in the log, but for those that were freed as soon as they were made;
// - where the log has no version of the first page, no page was made or freed: the size is still that of the
//   database, and every page of the log is still of the kind it is there;
// - every tree, followed from its root through both, is of one kind (wal-trees.ts).
//
// What it cannot tell: the log of a copy of the same database that was written to after the copying (quick_check finds
// most of those), and a log that holds every page of its own database and begins like this one: nothing of this one
// is left then. And what it refuses wrongly: a database whose first page was torn within by a power cut while a
// checkpoint wrote it.
import type { Frame } from './wal-frames.ts'
import { Trees } from './wal-trees.ts'

export type Verdict = 'fits' | 'foreign'

interface FirstPage {
  readonly counter: number
  readonly size: number
  readonly schema: number
  readonly freed: number
}

/** A version of the first page in the log, and how it compares with the one in the database. */
interface FirstPageSeen extends FirstPage {
  readonly alike: boolean
  readonly same: boolean
  readonly sameSchema: boolean
}
interface Seen {
  readonly page: number
  readonly kind: number
  readonly first: FirstPageSeen | null
}

const treeKinds = new Set([2, 5, 10, 13])
const mostKindsCompared = 256

export class Ownership {
  readonly #main: Uint8Array
  readonly #mainSize: number
  readonly #pageSize: number
  readonly #mainPage: (page: number) => Uint8Array | null
  #open: Seen[] = []
  #contradicted: boolean
  #committed = 0
  #earliest: FirstPageSeen | null = null
  #latest: FirstPageSeen | null = null
  #broughtOver = false
  #pagesAfter = 0
  readonly #beyond = new Set<number>()
  readonly #kinds = new Map<number, number>()
  readonly #trees: Trees

  /** `mainPage` gives a page of the database file as it lies there, null beyond its end. */
  constructor(
    main: { readonly length: number },
    pageSize: number,
    mainPage: (page: number) => Uint8Array | null,
  ) {
    this.#mainSize = Math.floor(main.length / pageSize)
    this.#pageSize = pageSize
    this.#mainPage = mainPage
    this.#trees = new Trees(mainPage)
    this.#main = mainPage(1) ?? new Uint8Array(0)
    this.#contradicted =
      this.#main.length < 100 || headerPageSize(this.#main) !== pageSize || !inWal(this.#main)
  }

  take(frame: Frame): void {
    const { page, pagesAfter, data } = frame
    this.#trees.take(frame)
    this.#open.push({ page, kind: data[0] ?? 0, first: page === 1 ? this.#compare(data) : null })
    if (pagesAfter === 0) return
    for (const seen of this.#open) this.#count(seen)
    this.#open = []
    this.#pagesAfter = pagesAfter
  }

  verdict(): Verdict {
    if (this.#committed === 0) return 'fits' // SQLite takes nothing from it
    if (this.#contradicted) return 'foreign'
    const fits = this.#earliest === null ? this.#fitsWithoutFirstPage() : this.#fitsFirstPage(this.#earliest)
    if (!fits || !this.#isWhole()) return 'foreign'
    return this.#trees.areBrokenBy(this.#pagesAfter, this.#mainSize) ? 'foreign' : 'fits'
  }

  /** Of a log that was not read to its end: foreign only where what was read already contradicts. */
  verdictSoFar(): Verdict {
    if (this.#committed > 0 && this.#contradicted) return 'foreign'
    return 'fits'
  }

  #count({ page, kind, first }: Seen): void {
    this.#committed++
    if (page > this.#mainSize) this.#beyond.add(page)
    else if (page !== 1 && this.#kinds.size < mostKindsCompared) this.#kinds.set(page, kind)
    if (first === null) return
    if (!first.alike) this.#contradicted = true
    this.#earliest ??= first
    this.#latest = first
    this.#broughtOver ||= first.same
  }

  #compare(page: Uint8Array): FirstPageSeen {
    return {
      ...readFirstPage(page),
      alike: !this.#contradicted && this.#alike(page),
      same: equal(page, this.#main),
      sameSchema: equal(page.subarray(100), this.#main.subarray(100)),
    }
  }

  /** What can't change while a database is in WAL mode. */
  #alike(page: Uint8Array): boolean {
    const [there, here] = [word(this.#main, 56), word(page, 56)]
    return (
      equal(page.subarray(0, 16), this.#main.subarray(0, 16)) &&
      headerPageSize(page) === this.#pageSize &&
      inWal(page) &&
      page[20] === this.#main[20] &&
      (there === 0 || here === 0 || there === here) // an empty database has no encoding yet
    )
  }

  #fitsFirstPage(first: FirstPageSeen): boolean {
    if (this.#broughtOver) return true
    const main = readFirstPage(this.#main)
    const step = (first.counter - main.counter) >>> 0
    const schemas = (first.schema - main.schema) >>> 0
    if (step > 1 || schemas >= 0x8000_0000) return false
    return schemas > 0 || first.sameSchema
  }

  #fitsWithoutFirstPage(): boolean {
    const main = readFirstPage(this.#main)
    if (this.#pagesAfter !== (main.size === 0 ? this.#mainSize : main.size)) return false
    for (const [page, kind] of this.#kinds) {
      const there = this.#mainPage(page)?.[0] ?? 0
      if (there !== kind && (treeKinds.has(there) || treeKinds.has(kind))) return false
    }
    return true
  }

  /** No page may lie beyond the end of the database and not in the log, but for freed ones. */
  #isWhole(): boolean {
    let missing = this.#pagesAfter - this.#mainSize
    for (const page of this.#beyond) if (page <= this.#pagesAfter) missing--
    const { freed } = this.#latest ?? readFirstPage(this.#main)
    return missing <= freed + (this.#pagesAfter * this.#pageSize > 2 ** 30 ? 1 : 0) // one page, at 1 GiB, is never used
  }
}

function readFirstPage(page: Uint8Array): FirstPage {
  const counter = word(page, 24)
  return {
    counter,
    size: word(page, 92) === counter ? word(page, 28) : 0,
    schema: word(page, 40),
    freed: word(page, 36),
  }
}

const inWal = (page: Uint8Array): boolean => page[18] === 2 && page[19] === 2

function headerPageSize(page: Uint8Array): number {
  const size = ((page[16] ?? 0) << 8) | (page[17] ?? 0)
  return size === 1 ? 65536 : size
}

function word(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at)
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
