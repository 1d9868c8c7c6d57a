// What a file is taken for, and what else it could be: for a person who wants to see the guess, or correct it.
import { recogniseAny } from '../../shared/formats/recognise.ts'
import { schemaKey } from '../../shared/formats/generic.ts'
import { ok } from '../../shared/result.ts'
import type { RecognisedFile } from '../../shared/bridge.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import type { Job } from '../jobs.ts'
import { fail } from '../../shared/result.ts'
import { explainSqlite, nativeSqlite } from './native.ts'
import { openReadOnly } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface RecogniseFile {
  input: ReadOnlyInput
  output: RecognisedFile
}

export const recogniseFile: Job<'recognise'> = async (input, port) => {
  const opened = await openReadOnly(input, port.progress)
  if (!opened.ok) return opened
  const { db, close } = opened.value
  try {
    const native = nativeSqlite(db)
    const schema = readSchema(native)
    const recognised = recogniseAny(native, schema, input.path, input.choices)
    if (!recognised.ok) return recognised
    const { format, recognition } = recognised.value
    return ok({ key: schemaKey(schema), format: format.name, title: format.title, recognition })
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}
