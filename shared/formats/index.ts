// The known formats, most telling first. To add one: one file beside this one, one line here.
import type { Schema } from '../viewer/sqlite.ts'
import { earlyexit } from './earlyexit.ts'
import type { Format } from './format.ts'
import { smartAgents } from './smart-agents.ts'

export const formats: readonly Format[] = [smartAgents, earlyexit]

/** The format whose tables and columns are all there; the file's name plays no part. */
export function recognise(schema: Schema): Format | null {
  return formats.find((format) => proves(schema, format)) ?? null
}

function proves(schema: Schema, format: Format): boolean {
  return Object.entries(format.proof).every(([name, columns]) => {
    const table = schema.find((candidate) => candidate.name === name && candidate.kind === 'table')
    return table !== undefined && columns.every((column) => table.columns.includes(column))
  })
}
