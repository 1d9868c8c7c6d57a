// A file opened for reading, and what it was taken for: what everything needs that reads events out of it.
import type { DatabaseSync } from 'node:sqlite'
import type { Format } from '../../shared/formats/format.ts'
import type { Recognition } from '../../shared/formats/generic.ts'
import { recogniseAny } from '../../shared/formats/recognise.ts'
import type { Progress } from '../../shared/bridge.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { EventReader } from '../../shared/viewer/events.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import type { Schema, Sqlite } from '../../shared/viewer/sqlite.ts'
import { nativeSqlite } from './native.ts'
import { explainOpened, ofOneMoment, openReadOnly } from './read-only.ts'
import type { ReadOnlyFile, ReadOnlyInput } from './read-only.ts'

export interface ReadAs extends Omit<ReadOnlyFile, 'db'> {
  readonly db: Sqlite
  /** The connection behind it. */
  readonly engine: DatabaseSync
  readonly schema: Schema
  readonly format: Format
  /** Null for a known format. */
  readonly recognition: Recognition | null
  readonly events: EventReader
}

/** A long reading is of one moment: rows that a tool adds meanwhile belong to the next look. */
export async function openAs(
  input: ReadOnlyInput,
  progress: (item: Progress) => void,
  reading: 'briefly' | 'of one moment',
): Promise<Result<ReadAs>> {
  const opened = await openReadOnly(input, progress)
  if (!opened.ok) return opened
  const held = reading === 'briefly' ? opened : await ofOneMoment(opened.value)
  if (!held.ok) return held
  const taken = takeFor(held.value, input)
  if (!taken.ok) await held.value.close()
  return taken
}

function takeFor({ db: opened, ...file }: ReadOnlyFile, input: ReadOnlyInput): Result<ReadAs> {
  try {
    const db = nativeSqlite(opened)
    const schema = readSchema(db)
    const recognised = recogniseAny(db, schema, input.path, input.choices)
    if (!recognised.ok) return recognised
    const { format, recognition } = recognised.value
    return ok({
      ...file,
      db,
      engine: opened,
      schema,
      format,
      recognition,
      events: compileReader(format, schema),
    })
  } catch (error) {
    return fail(explainOpened(error, file))
  }
}
