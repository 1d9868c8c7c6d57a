// A copy of the store as it is at one moment, while the server goes on; and the way back. A backup holds no keys of
// networks, and what was deleted after it was made is deleted again when it is put back.
import { execFile } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { server as words } from '../../shared/words/en-server.ts'
import { deleteAgain, openStore } from './place.ts'
import type { Place } from './place.ts'

const run = promisify(execFile)

export async function backUp({ store, databaseUrl }: Place, path: string): Promise<void> {
  if (existsSync(path)) throw new Error(words.fileExists(path))
  if (databaseUrl !== null) {
    await run('pg_dump', ['--format=custom', '--no-owner', `--file=${path}`, databaseUrl])
    return
  }
  const db = new DatabaseSync(store, { timeout: 5000 })
  try {
    db.prepare('VACUUM INTO ?').run(path)
  } finally {
    db.close()
  }
}

/** Of a server that is stopped. What lay there before is put aside, not deleted. */
export async function restore(place: Place, path: string, now: number): Promise<void> {
  if (!existsSync(path)) throw new Error(words.noFile(path))
  if (place.databaseUrl !== null)
    await run('pg_restore', ['--clean', '--if-exists', '--no-owner', `--dbname=${place.databaseUrl}`, path])
  else putInPlace(place.store, path, now)
  const store = await openStore(place)
  try {
    await deleteAgain(store, place)
  } finally {
    await store.close()
  }
}

function putInPlace(store: string, path: string, now: number): void {
  const fresh = `${store}.restoring`
  rmSync(fresh, { force: true })
  const backup = new DatabaseSync(path, { readOnly: true })
  try {
    const checked = backup.prepare('PRAGMA integrity_check').get()?.['integrity_check']
    if (checked !== 'ok') throw new Error(words.brokenBackup(path))
    backup.prepare('VACUUM INTO ?').run(fresh)
  } finally {
    backup.close()
  }
  const aside = `${store}.before-${now}`
  for (const end of ['', '-wal', '-shm']) if (existsSync(store + end)) renameSync(store + end, aside + end)
  renameSync(fresh, store)
}
