// What stands in the picked rows, byte for byte: a digest of all of it, so that a change since the preview shows, and
// the cells themselves, for the proof. Text is taken as its bytes: it may be no valid text, or UTF-16.
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { quote } from '../../shared/viewer/sqlite.ts'
import type { Cell } from '../../shared/viewer/sqlite.ts'
import { nativeSqlite } from '../file/native.ts'
import type { Picks } from './picks.ts'

export interface Contents {
  readonly rows: number
  readonly bytes: number
  /** Of the rows in the order of their keys, in hex. */
  readonly digest: string
}

/** SQLite joins at most a thousand parts into one value; a letter for the type of each column. */
const typesAtOnce = 100
const tickEvery = 10_000

export function readContents(
  db: DatabaseSync,
  picks: Picks,
  see: (cells: readonly Cell[]) => void = () => {},
  tick: (rows: number) => void = () => {},
): Contents {
  const columns = picks.table.columns.map(quote)
  const types: string[] = []
  for (let at = 0; at < columns.length; at += typesAtOnce)
    types.push(
      columns
        .slice(at, at + typesAtOnce)
        .map((column) => `substr(typeof(${column}), 1, 1)`)
        .join(' || '),
    )
  const values = columns.map(
    (column) => `CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) ELSE ${column} END`,
  )
  const selected = [...picks.key, ...types, ...values].join(', ')
  const sql = `SELECT ${selected} FROM main.${quote(picks.table.name)} WHERE ${picks.where()} ORDER BY ${picks.key.join(', ')}`
  const digest = new Digest()
  const first = picks.key.length + types.length
  let rows = 0
  for (const row of nativeSqlite(db).rows(sql)) {
    if (++rows % tickEvery === 0) tick(rows)
    for (const cell of row) digest.add(cell)
    see(row.slice(first))
  }
  return { rows, bytes: digest.bytes, digest: digest.end() }
}

/** Collects small pieces, because each turn to the hash costs more than a cell's bytes. */
class Digest {
  bytes = 0
  readonly #hash = createHash('sha256')
  readonly #buffer = Buffer.alloc(1 << 16)
  #at = 0

  add(cell: Cell): void {
    if (cell instanceof Uint8Array) return this.#raw(cell)
    if (typeof cell === 'string') return this.#raw(Buffer.from(cell))
    this.#room(17)
    if (cell === null) this.#buffer[this.#at++] = 0
    else if (typeof cell === 'bigint') {
      this.#buffer[this.#at++] = 1
      this.#at = this.#buffer.writeBigInt64LE(cell, this.#at)
    } else {
      this.#buffer[this.#at++] = 2
      this.#at = this.#buffer.writeDoubleLE(cell, this.#at)
    }
    this.bytes += cell === null ? 1 : 8
  }

  end(): string {
    this.#flush()
    return this.#hash.digest('hex')
  }

  #raw(bytes: Uint8Array): void {
    this.#room(9)
    this.#buffer[this.#at++] = 3
    this.#at = this.#buffer.writeUInt32LE(bytes.length, this.#at)
    this.bytes += bytes.length + 1
    if (bytes.length > 4096) {
      this.#flush()
      this.#hash.update(bytes)
      return
    }
    this.#room(bytes.length)
    this.#buffer.set(bytes, this.#at)
    this.#at += bytes.length
  }
  #room(bytes: number): void {
    if (this.#at + bytes > this.#buffer.length) this.#flush()
  }
  #flush(): void {
    this.#hash.update(this.#buffer.subarray(0, this.#at))
    this.#at = 0
  }
}
