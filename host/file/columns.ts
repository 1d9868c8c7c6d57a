import { recognise } from '../../shared/formats/index.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { ChunkBuilder, Columns } from '../../shared/viewer/columns.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import type { JobPort } from '../jobs.ts'
import { explainSqlite, nativeSqlite } from './native.ts'
import { openReadOnly } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

/** A whole file as columns, read without changing it. */
export async function loadColumns(
  input: ReadOnlyInput,
  progress: JobPort['progress'],
): Promise<Result<Columns>> {
  const opened = await openReadOnly(input, progress)
  if (!opened.ok) return opened
  const { db, close } = opened.value
  try {
    const native = nativeSqlite(db)
    const schema = readSchema(native)
    const format = recognise(schema)
    if (format === null)
      return fail({ kind: 'file-unknown', path: input.path, tables: schema.map((table) => table.name) })
    const reader = compileReader(format, schema)
    const total = reader.count(native)
    const columns = new Columns(format)
    columns.reserve(total)
    for (const chunk of new ChunkBuilder(format).chunks(reader.read(native))) {
      columns.append(chunk)
      progress({ phase: 'reading', done: columns.rows, total })
    }
    return ok(columns)
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}
