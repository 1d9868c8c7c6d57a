// A backup before a deletion: a whole copy beside the file, named plainly, made by SQLite itself.
import { rm } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { DatabaseSync, backup } from 'node:sqlite'
import type { Result } from '../../shared/result.ts'
import { fail } from '../../shared/result.ts'
import { beginDatabase, dropDraft, explainWrite, nameDraft, publishDraft } from '../file/draft.ts'
import { explainSqlite, sqliteCode } from '../file/native.ts'

/** Beside the file, and named plainly: telemetry.backup-2026-11-20-174500.db */
export function nameBackup(path: string, now: number): string {
  const { dir, name, ext } = parse(path)
  const [day = '', time = ''] = new Date(now).toISOString().slice(0, 19).replaceAll(':', '').split('T')
  return join(dir, `${name}.backup-${day}-${time}${ext}`)
}

export async function keepBackup(place: string, target: string): Promise<Result<null>> {
  const draft = await nameDraft(target, false)
  if (!draft.ok) return draft
  try {
    await beginDatabase(draft.value)
    const db = new DatabaseSync(place, { readOnly: true, timeout: 5000 })
    try {
      await backup(db, draft.value)
    } finally {
      db.close()
    }
  } catch (error) {
    await dropDraft(draft.value)
    return fail(sqliteCode(error) === null ? explainWrite(error, target) : explainSqlite(error, target))
  } finally {
    await Promise.all(['-wal', '-shm', '-journal'].map((end) => rm(draft.value + end, { force: true })))
  }
  return publishDraft(draft.value, target, false)
}
