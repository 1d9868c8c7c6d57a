import type { Recognition } from '../../shared/formats/generic.ts'
import { countUnreadable, recogniseAny } from '../../shared/formats/recognise.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { ChunkBuilder, Columns } from '../../shared/viewer/columns.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import type { JobPort } from '../jobs.ts'
import { explainSqlite, nativeSqlite } from './native.ts'
import { ofOneMoment, openReadOnly } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface LoadedColumns {
  readonly columns: Columns
  /** Null for a known format. */
  readonly recognition: Recognition | null
  readonly unreadableLines: number
}

/** A whole file as columns, read without changing it. */
export async function loadColumns(
  input: ReadOnlyInput,
  progress: JobPort['progress'],
): Promise<Result<LoadedColumns>> {
  const opened = await openReadOnly(input, progress)
  if (!opened.ok) return opened
  const held = await ofOneMoment(opened.value)
  if (!held.ok) return held
  const { db, close } = held.value
  try {
    const native = nativeSqlite(db)
    const schema = readSchema(native)
    const recognised = recogniseAny(native, schema, input.path, input.choices)
    if (!recognised.ok) return recognised
    const { format, recognition } = recognised.value
    const reader = compileReader(format, schema)
    const total = reader.count(native)
    const columns = new Columns(format)
    columns.reserve(total)
    for (const chunk of new ChunkBuilder(format).chunks(reader.read(native))) {
      columns.append(chunk)
      progress({ phase: 'reading', done: columns.rows, total })
    }
    return ok({ columns, recognition, unreadableLines: countUnreadable(native, schema) })
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}
