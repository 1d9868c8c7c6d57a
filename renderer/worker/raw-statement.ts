// A statement of sql.js read by the addresses of its values instead of by copies of them: text stays in the engine's
// memory and is looked at there. sql.js gives its C functions by their own names but not its memory, which is caught
// when WebAssembly hands it over, and the handle of a database is a field that its documentation doesn't name. Where
// an update takes one of them away, rows are read the ordinary way, and test/renderer/sql-js.test.ts says so.
import { packed } from '../../shared/plain.ts'
import { refilled } from '../../shared/viewer/refilled.ts'
import type { Cell, ReadText } from '../../shared/viewer/sqlite.ts'

const row = 100
const done = 101
const type = { integer: 1, float: 2, text: 3, blob: 4 } as const

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** Calling the decoder takes a browser longer than reading so many letters one by one. */
const short = 48
const letters = Array.from({ length: short + 1 }, (_, length) => new Array<number>(length).fill(0))

function decode(bytes: Uint8Array, start: number, end: number): string {
  const own = letters[end - start]
  if (own === undefined) return decoder.decode(bytes.subarray(start, end))
  for (let i = 0; i < own.length; i++) {
    const byte = bytes[start + i] ?? 0
    if (byte >= 0x80) return decoder.decode(bytes.subarray(start, end))
    own[i] = byte
  }
  return String.fromCharCode.apply(null, own)
}

type ColumnFunction = (statement: number, column: number) => number

/** SQLite's own functions, as the module of sql.js has them. */
export interface SqliteFunctions {
  readonly _malloc?: (size: number) => number
  readonly _free?: (at: number) => void
  readonly _sqlite3_prepare_v2?: (
    db: number,
    sql: number,
    length: number,
    out: number,
    rest: number,
  ) => number
  readonly _sqlite3_step?: (statement: number) => number
  readonly _sqlite3_finalize?: (statement: number) => number
  readonly _sqlite3_errmsg?: (db: number) => number
  readonly _sqlite3_column_type?: ColumnFunction
  readonly _sqlite3_column_text?: ColumnFunction
  readonly _sqlite3_column_blob?: ColumnFunction
  readonly _sqlite3_column_bytes?: ColumnFunction
  readonly _sqlite3_column_double?: ColumnFunction
}

export class RawEngine {
  readonly #sqlJs: Required<SqliteFunctions>
  readonly #memory: WebAssembly.Memory
  #heap = new Uint8Array(0)

  private constructor(sqlJs: Required<SqliteFunctions>, memory: WebAssembly.Memory) {
    this.#sqlJs = sqlJs
    this.#memory = memory
  }

  /** Null where this sql.js doesn't have all of it. */
  static of(sqlJs: SqliteFunctions, memory: WebAssembly.Memory | null): RawEngine | null {
    return memory !== null && isComplete(sqlJs) ? new RawEngine(sqlJs, memory) : null
  }

  rows<T>(
    handle: number,
    sql: string,
    readers: readonly (ReadText<T> | null)[],
  ): Iterable<readonly (Cell | T)[]> {
    const { _sqlite3_step: step, _sqlite3_finalize: finalize } = this.#sqlJs
    return refilled(() => {
      const statement = this.#prepare(handle, sql)
      const value: (Cell | T)[] = packed(readers, () => null)
      const fill = (): boolean => {
        const code = step(statement)
        if (code === done) return false
        if (code !== row) throw new Error(this.#message(handle))
        const heap = this.#bytes()
        for (let i = 0; i < value.length; i++) value[i] = this.#cell(statement, i, heap, readers[i] ?? null)
        return true
      }
      return { value, fill, end: () => finalize(statement) }
    })
  }

  #prepare(handle: number, sql: string): number {
    const { _malloc: malloc, _free: free, _sqlite3_prepare_v2: prepare } = this.#sqlJs
    const text = new TextEncoder().encode(`${sql}\0`)
    const out = malloc(text.length + 8)
    try {
      const at = out + 8
      this.#bytes().set(text, at)
      const code = prepare(handle, at, -1, out, 0)
      if (code !== 0) throw new Error(this.#message(handle))
      return new DataView(this.#memory.buffer).getUint32(out, true)
    } finally {
      free(out)
    }
  }

  #cell<T>(statement: number, i: number, heap: Uint8Array, read: ReadText<T> | null): Cell | T {
    const sqlJs = this.#sqlJs
    switch (sqlJs._sqlite3_column_type(statement, i)) {
      case type.text: {
        const start = sqlJs._sqlite3_column_text(statement, i)
        const end = start + sqlJs._sqlite3_column_bytes(statement, i)
        const now = heap.length === 0 ? this.#bytes() : heap // asking for text may make memory grow, and move
        return read === null ? decode(now, start, end) : read(now, start, end, decode)
      }
      case type.integer: {
        const near = sqlJs._sqlite3_column_double(statement, i)
        return Number.isSafeInteger(near) ? near : BigInt(this.#text(statement, i))
      }
      case type.float:
        return sqlJs._sqlite3_column_double(statement, i)
      case type.blob: {
        const start = sqlJs._sqlite3_column_blob(statement, i)
        return this.#bytes().slice(start, start + sqlJs._sqlite3_column_bytes(statement, i))
      }
      default:
        return null
    }
  }

  #text(statement: number, i: number): string {
    const start = this.#sqlJs._sqlite3_column_text(statement, i)
    return decode(this.#bytes(), start, start + this.#sqlJs._sqlite3_column_bytes(statement, i))
  }

  #message(handle: number): string {
    const heap = this.#bytes()
    const start = this.#sqlJs._sqlite3_errmsg(handle)
    return decode(heap, start, heap.indexOf(0, start))
  }

  #bytes(): Uint8Array {
    if (this.#heap.buffer !== this.#memory.buffer) this.#heap = new Uint8Array(this.#memory.buffer)
    return this.#heap
  }
}

function isComplete(sqlJs: SqliteFunctions): sqlJs is Required<SqliteFunctions> {
  const needed = [
    sqlJs._malloc,
    sqlJs._free,
    sqlJs._sqlite3_prepare_v2,
    sqlJs._sqlite3_step,
    sqlJs._sqlite3_finalize,
    sqlJs._sqlite3_errmsg,
    sqlJs._sqlite3_column_type,
    sqlJs._sqlite3_column_text,
    sqlJs._sqlite3_column_blob,
    sqlJs._sqlite3_column_bytes,
    sqlJs._sqlite3_column_double,
  ]
  return needed.every((one) => typeof one === 'function')
}
