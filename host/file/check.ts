// Every file is looked through for damage once its charts are up: see shared/viewer/damage.ts.
import { statSync } from 'node:fs'
import type { FileCheck } from '../../shared/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { findDamage } from '../../shared/viewer/damage.ts'
import type { Job } from '../jobs.ts'
import type { Look } from './look.ts'
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
    const short = isShort(look) ? ['the file ends before its last page does'] : []
    const problems = [...findDamage(nativeSqlite(db)), ...short]
    return ok({ sound: problems.length === 0, problems, otherNames: look.otherNames })
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}

/**
 * SQLite fills up the last page of a file that was cut off within it. Seen twice, because a tool may be adding pages
 * between two looks; and by stat, because to open the file here would give back the lock on it.
 */
function isShort({ size, expectedSize, place, journalSize, walMode }: Look): boolean {
  if (walMode || journalSize > 0 || expectedSize <= size) return false
  return (statSync(place, { throwIfNoEntry: false })?.size ?? expectedSize) < expectedSize
}
