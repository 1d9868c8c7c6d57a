// The records of one or more text files, as SQL for an in-memory database: both engines run it, the native one in
// the host and sql.js in a page where a file is dropped.
import { TextReader } from './text.ts'
import { textColumns, unreadableColumns, unreadableTable } from './text-tables.ts'
import type { TextTable } from './text-tables.ts'

export interface Writer {
  run(sql: string, values: readonly (string | number | null)[]): void
}

export class TextDatabase {
  readonly #writer: Writer
  readonly #counts = new Map<TextTable, number>()
  readonly #seen = new Set<string>()

  constructor(writer: Writer) {
    this.#writer = writer
    this.#writer.run(`CREATE TABLE ${unreadableTable} (${unreadableColumns.join(', ')})`, [])
  }

  /** Reads one file; give it its text in pieces. */
  file(name: string): TextReader {
    return new TextReader(
      ({ table, record, line, data, identity }) => {
        if (identity !== null && this.#isRepeated(identity)) return
        this.#makeTable(table)
        this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1)
        this.#writer.run(`INSERT INTO ${table} VALUES (?, ?, ?, ?)`, [name, line, record, data])
      },
      (line) => this.#writer.run(`INSERT INTO ${unreadableTable} VALUES (?, ?)`, [name, line]),
    )
  }

  /** Keeps the kind of record that there is most of; the rest was not readable as that. Null for no record. */
  finish(): TextTable | null {
    const [most, ...others] = [...this.#counts].sort((a, b) => b[1] - a[1]).map(([table]) => table)
    for (const table of others) {
      this.#writer.run(`INSERT INTO ${unreadableTable} SELECT file, line FROM ${table}`, [])
      this.#writer.run(`DROP TABLE ${table}`, [])
    }
    if (most === undefined) return null
    // in a folder lie other files too: one without a single record is no part of the log
    this.#writer.run(`DELETE FROM ${unreadableTable} WHERE file NOT IN (SELECT file FROM ${most})`, [])
    return most
  }

  #isRepeated(identity: string): boolean {
    if (this.#seen.has(identity)) return true
    this.#seen.add(identity)
    return false
  }

  #makeTable(table: TextTable): void {
    if (this.#counts.has(table)) return
    this.#writer.run(`CREATE TABLE ${table} (${textColumns.join(', ')})`, [])
  }
}

/** Whether text may begin like this: only JSON can, and no byte of a binary file comes before its first bracket. */
export function looksLikeJson(start: Uint8Array): boolean {
  const first = start.findIndex((byte) => ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].includes(byte))
  return start[first] === 0x7b || start[first] === 0x5b
}
