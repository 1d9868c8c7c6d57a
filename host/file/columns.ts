import type { Recognition } from '../../shared/formats/generic.ts'
import { countUnreadable } from '../../shared/formats/recognise.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { ChunkBuilder, Columns } from '../../shared/viewer/columns.ts'
import type { JobPort } from '../jobs.ts'
import { explainSqlite, markOf } from './native.ts'
import type { Mark } from './native.ts'
import { openAs } from './read-as.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface LoadedColumns {
  readonly columns: Columns
  /** Null for a known format. */
  readonly recognition: Recognition | null
  readonly unreadableLines: number
  /** Where this program made it. */
  readonly mark: Mark | null
}

/** A whole file as columns, read without changing it. */
export async function loadColumns(
  input: ReadOnlyInput,
  progress: JobPort['progress'],
): Promise<Result<LoadedColumns>> {
  const opened = await openAs(input, progress, 'of one moment')
  if (!opened.ok) return opened
  const { db, engine, schema, format, recognition, events, close } = opened.value
  try {
    const total = events.count(db)
    const columns = new Columns(format)
    columns.reserve(total)
    for (const chunk of new ChunkBuilder(format).chunks(events.read(db))) {
      columns.append(chunk)
      progress({ phase: 'reading', done: columns.rows, total })
    }
    return ok({
      columns,
      recognition,
      unreadableLines: countUnreadable(db, schema),
      mark: markOf(engine),
    })
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}
