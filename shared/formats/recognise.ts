// What a file is: one of the known formats, heartbeats in whatever table, or the best guess.
import type { Result } from '../result.ts'
import { ok } from '../result.ts'
import type { Schema, Sqlite } from '../viewer/sqlite.ts'
import { beaconColumns } from './beacon.ts'
import { recogniseGeneric, schemaKey } from './generic.ts'
import type { Choice, Recognised } from './generic.ts'
import { recognise } from './index.ts'

/** What a person chose for files of unknown formats, by schemaKey: it fits every file of the same program. */
export type Choices = Readonly<Record<string, Choice>>

export function recogniseAny(
  db: Sqlite,
  schema: Schema,
  path: string,
  choices: Choices = {},
): Result<Recognised> {
  const known = recognise(schema)
  if (known !== null) return ok({ format: known, recognition: null })
  const choice = choices[schemaKey(schema)] ?? null
  const beats = schema.filter(({ kind, columns }) => kind === 'table' && hasAll(columns, beaconColumns))
  if (choice === null && beats.length > 0) {
    const found = recogniseGeneric(db, beats, path, null)
    if (!found.ok) return found
    const { format } = found.value
    const named = { ...format, name: 'beacon', title: 'Beacon' } as const
    return ok({
      format: { ...named, events: { ...format.events, kind: { always: 'heartbeat' } } },
      recognition: null,
    })
  }
  return recogniseGeneric(db, schema, path, choice)
}

const hasAll = (columns: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((column) => columns.includes(column))

/** Lines of a text file that could not be read as records; 0 for a database. */
export function countUnreadable(db: Sqlite, schema: Schema): number {
  if (!schema.some(({ name, kind }) => name === 'unreadable_lines' && kind === 'table')) return 0
  for (const [count] of db.rows('SELECT count(*) FROM unreadable_lines')) return Number(count)
  return 0
}
