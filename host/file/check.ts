// Every file is looked through for damage once its charts are up: see shared/viewer/damage.ts.
import type { FileCheck } from '../../shared/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { findDamage } from '../../shared/viewer/damage.ts'
import type { Job } from '../jobs.ts'
import { explainSqlite, nativeSqlite } from './native.ts'
import { ofOneMoment, openReadOnly } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface CheckFile {
  input: ReadOnlyInput
  output: FileCheck
}

export const checkFile: Job<'check'> = async (input, port) => {
  const opened = await openReadOnly(input, port.progress)
  if (!opened.ok) return opened
  const held = await ofOneMoment(opened.value)
  if (!held.ok) return held
  const { db, look, close } = held.value
  try {
    port.progress({ phase: 'reading', done: 0, total: 1 })
    const problems = findDamage(nativeSqlite(db))
    return ok({ sound: problems.length === 0, problems, otherNames: look.otherNames })
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}
