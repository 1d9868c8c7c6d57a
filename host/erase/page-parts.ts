// The parts of one page of a tree, by SQLite's file format: its cells, and the bytes that belong to none.

export interface Cell {
  /** The page below; 0 on a leaf. */
  readonly child: number
  /** Where its row lies, as far as it is on this page. */
  readonly from: number
  readonly end: number
  /** Bytes of all of the row. */
  readonly size: number
  /** The page where it goes on, or 0. */
  readonly overflow: number
}
export interface Root {
  readonly page: number
  readonly table: boolean
}

const u16 = (bytes: Uint8Array, at: number): number => need(bytes, at) * 256 + need(bytes, at + 1)
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65536 + u16(bytes, at + 2)
function need(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError('beyond the page')
  return byte
}

/** A number of one to nine bytes; gives the place after it as well. Sizes and page numbers are far below 2^53. */
function varint(bytes: Uint8Array, at: number): readonly [value: number, after: number] {
  const first = need(bytes, at)
  if (first < 128) return [first, at + 1]
  let value = 0
  for (let i = 0; i < 8; i++) {
    const byte = need(bytes, at + i)
    value = value * 128 + (byte & 127)
    if (byte < 128) return [value, at + i + 1]
  }
  return [value * 256 + need(bytes, at + 8), at + 9]
}

/** From one place to before another: between the list of cells and the cells, and what was freed among them. */
export function* unusedParts(
  bytes: Uint8Array,
  start: number,
  usable: number,
): Generator<readonly [number, number]> {
  const branch = isBranch(need(bytes, start))
  const listEnd = start + (branch ? 12 : 8) + 2 * u16(bytes, start + 3)
  const content = u16(bytes, start + 5) || 65536
  if (content > usable || listEnd > content) throw new RangeError('no page of a tree')
  yield [listEnd, content]
  for (let at = u16(bytes, start + 1), before = 0; at !== 0; before = at, at = u16(bytes, at)) {
    const end = at + u16(bytes, at + 2)
    if (at <= before || end > usable) throw new RangeError('a broken list of free parts')
    yield [at + 4, Math.max(at + 4, end)]
  }
  if (usable < bytes.length) yield [usable, bytes.length]
}

export function* cellsOf(bytes: Uint8Array, start: number, usable: number): Generator<Cell> {
  const kind = need(bytes, start)
  const branch = isBranch(kind)
  const list = start + (branch ? 12 : 8)
  const count = u16(bytes, start + 3)
  if (branch) yield { child: u32(bytes, start + 8), from: 0, end: 0, size: 0, overflow: 0 }
  for (let i = 0; i < count; i++) {
    const at = u16(bytes, list + 2 * i)
    const child = branch ? u32(bytes, at) : 0
    if (kind === 5) {
      yield { child, from: 0, end: 0, size: 0, overflow: 0 }
      continue
    }
    const [size, after] = varint(bytes, branch ? at + 4 : at)
    const from = kind === 13 ? varint(bytes, after)[1] : after // past the row number
    const here = localSize(kind, size, usable)
    const end = from + here
    if (end > usable) throw new RangeError('a cell that leaves its page')
    yield { child, from, end, size, overflow: here < size ? u32(bytes, end) : 0 }
  }
}

function isBranch(kind: number): boolean {
  if (kind !== 2 && kind !== 5 && kind !== 10 && kind !== 13) throw new RangeError('no page of a tree')
  return kind === 2 || kind === 5
}

/** How much of a row lies on its own page, when it is too long for it. */
function localSize(kind: number, size: number, usable: number): number {
  const most = kind === 13 ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23
  if (size <= most) return size
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const kept = least + ((size - least) % (usable - 4))
  return kept <= most ? kept : least
}

/** The texts and blobs of a row: where each begins, and how long it is. */
export function eachCell(row: Uint8Array, see: (from: number, length: number) => void): void {
  const [headerEnd, first] = varint(row, 0)
  let from = headerEnd
  for (let place = first; place < headerEnd;) {
    const [type, after] = varint(row, place)
    const length = bytesOf(type)
    if (type >= 12 && from + length <= row.length) see(from, length)
    from += length
    place = after
  }
}

/** Of one row of the list of tables (type, name, table, root, SQL): the tree that it names, if any. */
export function listedRoots(row: Uint8Array): Root[] {
  const [headerEnd, first] = varint(row, 0)
  const types: number[] = []
  for (let at = first; at < headerEnd;) {
    const [type, after] = varint(row, at)
    types.push(type)
    at = after
  }
  let at = headerEnd
  for (const type of types.slice(0, 3)) at += bytesOf(type)
  const size = bytesOf(types[3] ?? 0)
  let page = types[3] === 9 ? 1 : 0
  for (let i = 0; i < size; i++) page = page * 256 + need(row, at + i)
  const table =
    String.fromCharCode(...row.subarray(headerEnd, headerEnd + bytesOf(types[0] ?? 0))).replaceAll(
      '\0',
      '',
    ) === 'table'
  return page > 0 && page < 2 ** 32 ? [{ page, table }] : []
}

const numbers = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0]
const bytesOf = (type: number): number => (type >= 12 ? (type - 12 - (type % 2)) / 2 : (numbers[type] ?? 0))
