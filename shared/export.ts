// What is to be taken out of a file, and how: said once for the bridge, the command line and the window.
import * as v from 'valibot'
import { Which } from './viewer/which.ts'

export const ExportWish = v.strictObject({
  which: Which,
  as: v.picklist(['csv', 'json', 'jsonl', 'sqlite']),
  /** Of CSV alone: what a spreadsheet would take for a formula is made harmless, or stays as it is. */
  formulas: v.picklist(['safe', 'exact']),
  /** One table whole instead of the events; null: the events. */
  table: v.nullable(v.pipe(v.string(), v.maxLength(1000))),
})
export type ExportWish = v.InferOutput<typeof ExportWish>

export interface ExportedTable {
  readonly name: string
  readonly rows: number
}
/** What the first line of an export says, by which an import knows it. */
export const exportMark = { sightglass: 'export', version: 1 } as const
