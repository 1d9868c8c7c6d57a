// At most one process sends. The lock is SQLite's on a file that holds nothing: whoever has it, has it until the
// process ends, however that comes about, so nothing is ever left locked.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sqliteCode } from '../file/native.ts'

const busy = 5

/** Null where another process has it; else what gives it back. */
export function lockSending(folder: string): (() => void) | null {
  const db = new DatabaseSync(join(folder, 'sharing.lock'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    return () => db.close()
  } catch (error) {
    db.close()
    if (sqliteCode(error) === busy) return null
    throw error
  }
}
