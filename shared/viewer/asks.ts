// What the window asks of a file beyond its columns: whole rows, words in any text, the order of a raw column. The
// same questions are answered by a worker of the window, where it holds the image, and by a process of the host.
import * as v from 'valibot'
import type { Value } from './values.ts'

const Count = v.pipe(v.number(), v.integer(), v.minValue(0))
const Name = v.pipe(v.string(), v.maxLength(1000))

/** A row: by SQLite's number of it, or where it has none, by its place in the order in which the rows are read. */
export const Address = v.strictObject({
  rowid: v.nullable(v.pipe(v.number(), v.safeInteger())),
  place: Count,
})
export type Address = v.InferOutput<typeof Address>

const mostCells = 200

export const Ask = v.variant('ask', [
  /** Beginnings of some columns of some rows. */
  v.strictObject({
    ask: v.literal('cells'),
    of: v.pipe(v.array(Address), v.maxLength(mostCells)),
    columns: v.pipe(v.array(Name), v.maxLength(mostCells)),
  }),
  /** All of a row; `whole` where it is to be copied, else what can be long is cut. */
  v.strictObject({ ask: v.literal('record'), of: Address, whole: v.boolean() }),
  v.strictObject({ ask: v.literal('related'), of: Address }),
  /** Rows that contain all the words; only those after a row number, where one is given. */
  v.strictObject({
    ask: v.literal('search'),
    words: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(1000))), v.maxLength(20)),
    after: v.nullable(v.pipe(v.number(), v.safeInteger())),
  }),
  v.strictObject({ ask: v.literal('sort'), column: Name, descending: v.boolean() }),
])
export type Ask = v.InferOutput<typeof Ask>

/** Rows that were found, or come next in the order. */
export interface Batch {
  readonly by: 'rowid' | 'place'
  readonly rows: readonly number[]
  readonly done: number
  readonly total: number
}

export interface Field {
  readonly table: string
  readonly column: string
  readonly value: Value
}

/** Rows of one table that belong to a record. */
export interface RelatedRows {
  /** What they are to it, by its key in words/; null where only a foreign key says so. */
  readonly name: string | null
  readonly table: string
  /** Columns that tell such a row from the next; empty: the first ones that are filled. */
  readonly telling: readonly string[]
  readonly rows: readonly { readonly rowid: number | null; readonly fields: readonly Field[] }[]
  /** There are more than were fetched. */
  readonly more: boolean
}

export type AskAnswer =
  | { readonly ask: 'cells'; readonly rows: readonly (readonly Value[])[] }
  /** Null where the row is not in the file any more. */
  | { readonly ask: 'record'; readonly fields: readonly Field[] | null }
  | { readonly ask: 'related'; readonly groups: readonly RelatedRows[] }
  | { readonly ask: 'done' }

/** What a person typed, as words; what stands in quotation marks is one. */
export function wordsOf(typed: string): string[] {
  return Array.from(typed.matchAll(/"([^"]+)"?|[^\s"]+/g), ([all, quoted]) => quoted ?? all)
    .filter((word) => word.trim() !== '')
    .slice(0, 20)
}
