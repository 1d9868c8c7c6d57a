// Do a database and a log together hang together? Every table and index is a tree: from its root, which the first
// page names, each page says where the next lie, and all are of one kind. Pages of two databases put together break
// this rule soon. What the database breaks without the log as well is damage, and says nothing about the log.
import type { Frame } from './wal-frames.ts'

const treeKinds = new Set([2, 5, 10, 13])
const ofIndexes = new Set([2, 10])
const mostKept = 50_000
const mostVisited = 1000

interface Child {
  readonly page: number
  /** The kind that a root has is only known of indexes: a table without row numbers is one as well. */
  readonly index: boolean | null
}
interface Node {
  readonly kind: number
  readonly children: readonly Child[]
}

export class Trees {
  readonly #mainPage: (page: number) => Uint8Array | null
  readonly #committed = new Map<number, Node>()
  #open: (readonly [page: number, node: Node])[] = []
  #complete = true

  constructor(mainPage: (page: number) => Uint8Array | null) {
    this.#mainPage = mainPage
  }

  take({ page, pagesAfter, data }: Frame): void {
    if (this.#committed.size + this.#open.length >= mostKept) this.#complete = false
    if (!this.#complete) return
    this.#open.push([page, read(page, data)])
    if (pagesAfter === 0) return
    for (const [number, node] of this.#open) this.#committed.set(number, node)
    this.#open = []
  }

  /** Only with the log are there pages in the trees that can't be there. */
  areBrokenBy(pagesAfter: number, mainSize: number): boolean {
    if (!this.#complete) return false
    const fromMain = (page: number): Node | null => {
      const bytes = this.#mainPage(page)
      return bytes === null ? null : read(page, bytes)
    }
    const together = (page: number): Node | null => this.#committed.get(page) ?? fromMain(page)
    return isBroken(together, pagesAfter) && !isBroken(fromMain, mainSize)
  }
}

function isBroken(nodeOf: (page: number) => Node | null, pages: number): boolean {
  const left: Child[] = [...(nodeOf(1)?.children ?? [])]
  for (let visited = 0; visited < mostVisited; visited++) {
    const next = left.pop()
    if (next === undefined) return false
    const node = next.page > pages ? null : nodeOf(next.page)
    if (node === null || !treeKinds.has(node.kind)) return true
    if (next.index !== null && next.index !== ofIndexes.has(node.kind)) return true
    if (left.length < mostVisited) left.push(...node.children)
  }
  return false
}

function read(page: number, data: Uint8Array): Node {
  const start = page === 1 ? 100 : 0
  const kind = data[start] ?? 0
  const branches = kind === 2 || kind === 5
  const lists = page === 1 && kind === 13
  if (!(branches || lists) || start + 12 > data.length) return { kind, children: [] }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const first = start + (branches ? 12 : 8)
  const count = Math.min(view.getUint16(start + 3), (data.length - first) >> 1)
  const cells = Array.from({ length: count }, (_, i) => view.getUint16(first + 2 * i))
  const children = lists
    ? cells.map((cell) => rootOf(view, cell)).filter((root) => root !== null)
    : [start + 8, ...cells.filter((cell) => cell + 4 <= data.length)].map((at) => ({
        page: view.getUint32(at),
        index: kind === 2,
      }))
  return { kind, children }
}

/** Of one row of the list of tables: type, name, table, root, SQL. Null where it has none, or it isn't on this page. */
function rootOf(view: DataView, cell: number): Child | null {
  let at = cell
  const number = (): number => {
    let value = 0
    for (let i = 0; i < 8 && at < view.byteLength; i++) {
      const byte = view.getUint8(at++)
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
    return NaN // nine bytes: nothing that a page has is so long
  }
  const payload = number()
  number() // the row's number, small here
  const header = at
  const body = header + number()
  const [type = NaN, name = NaN, table = NaN] = [number(), number(), number()].map((code) => (code - 13) / 2)
  const size = number()
  const root = body + type + name + table
  if (!(size >= 1 && size <= 4 && root + size <= Math.min(view.byteLength, header + onPage(view, payload))))
    return null
  let page = 0
  for (let i = 0; i < size; i++) page = page * 256 + view.getUint8(root + i)
  const isIndex = type === 5 && view.getUint8(body) === 0x69 && view.getUint8(body + 1) === 0x6e
  return page === 0 ? null : { page, index: isIndex ? true : null }
}

/** How much of a row surely lies on the page: one that is too long goes on elsewhere. */
function onPage(view: DataView, payload: number): number {
  const usable = view.byteLength - view.getUint8(20)
  return payload <= usable - 35 ? payload : Math.floor(((usable - 12) * 32) / 255) - 23
}
