// Looks through a whole file for damage. SQLite reads a damaged file without a word as long as it meets no page that
// contradicts another, so figures may be incomplete although nothing failed: every file is looked through once its
// charts are up.
import type { DatabaseSync } from 'node:sqlite'
import type { FileCheck } from '../../shared/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Job } from '../jobs.ts'
import { explainSqlite, sqliteCode } from './native.ts'
import { ofOneMoment, openReadOnly } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface CheckFile {
  input: ReadOnlyInput
  output: FileCheck
}

/** Bytes a millisecond: a slow disk, and the check itself at 500 MB a second. */
const slow = 15_000
const mostProblems = 20
const mostLetters = 200

export const checkFile: Job<'check'> = async (input, port) => {
  const opened = await openReadOnly(input, port.progress)
  if (!opened.ok) return opened
  port.allow((opened.value.look.size + opened.value.look.walSize) / slow)
  const held = await ofOneMoment(opened.value)
  if (!held.ok) return held
  const { db, look, close } = held.value
  try {
    port.progress({ phase: 'reading', done: 0, total: 1 })
    port.allow((look.size + look.walSize) / slow)
    const problems = findProblems(db)
    return ok({ sound: problems.length === 0, problems, otherNames: look.otherNames })
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}

function findProblems(db: DatabaseSync): string[] {
  db.exec('PRAGMA ignore_check_constraints = ON') // rules of the file's own, which may take as long as they like
  try {
    return db
      .prepare(`PRAGMA quick_check(${mostProblems})`)
      .all()
      .map((row) => printable(String(Object.values(row)[0])))
      .filter((line) => line !== 'ok')
  } catch (error) {
    if (sqliteCode(error) !== 11) throw error
    return ['the check itself met a page that contradicts another']
  }
}

/** SQLite's own words, which name tables, pages and rows, never what is in them. */
function printable(line: string): string {
  return line.replace(/\p{C}/gu, '?').slice(0, mostLetters)
}
