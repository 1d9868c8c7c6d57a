// A copy of the store as it is at one moment, while the server goes on; and the way back. A backup holds no keys of
// networks, and what was deleted after it was made is deleted again when it is put back.
import { execFile } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { server as words } from '../../shared/words/en-server.ts'
import { Explained, explaining } from './explained.ts'
import { deleteAgain, given, openStore } from './place.ts'
import type { Place } from './place.ts'

export async function backUp({ store, databaseUrl }: Place, path: string): Promise<void> {
  if (existsSync(path)) throw new Explained(words.fileExists(path))
  if (databaseUrl !== null) await runTool('pg_dump', databaseUrl, ['--format=custom', `--file=${path}`])
  else await copy(store, path)
}

/** Of a server that is stopped. What lay there before is put aside, not deleted. */
export async function restore(place: Place, path: string, now: number): Promise<void> {
  if (!existsSync(path)) throw new Explained(words.noFile(path))
  const { databaseUrl } = place
  // Whole or not at all: a file that breaks off in the middle leaves the tables as they were.
  const whole = ['--clean', '--if-exists', '--single-transaction', path]
  if (databaseUrl === null) await putInPlace(place.store, path, now)
  else await runTool('pg_restore', databaseUrl, whole)
  const store = await openStore(place)
  try {
    given(await deleteAgain(store, place))
  } finally {
    await store.close()
  }
}

const run = promisify(execFile)

/** Not as an URL: PostgreSQL's addresses may name several hosts, or none. */
const withPassword = /^(postgres(?:ql)?:\/\/[^:@/]*):([^@]*)@(.*)$/s

/** One of PostgreSQL's own. The password goes in its environment: everybody on the machine can read what it is told. */
async function runTool(name: string, address: string, args: readonly string[]): Promise<void> {
  const [, before, password = '', after] = withPassword.exec(address) ?? []
  const told = before === undefined ? address : `${before}@${after}`
  const env = { ...process.env, ...(password === '' ? {} : { PGPASSWORD: decodeURIComponent(password) }) }
  try {
    await run(name, ['--no-owner', '--no-password', `--dbname=${told}`, ...args], { env })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('code' in error && error.code === 'ENOENT') throw new Explained(words.noTool(name))
    throw new Explained('stderr' in error ? String(error.stderr).trim() : name)
  }
}

async function putInPlace(store: string, path: string, now: number): Promise<void> {
  const fresh = `${store}.restoring`
  rmSync(fresh, { force: true })
  if (!isSound(path)) throw new Explained(words.brokenBackup(path))
  if (existsSync(store) && isInUse(store)) throw new Explained(words.stillRunning)
  await copy(path, fresh)
  const aside = `${store}.before-${now}`
  for (const end of ['', '-wal', '-shm']) if (existsSync(store + end)) renameSync(store + end, aside + end)
  renameSync(fresh, store)
}

const copy = (from: string, to: string): Promise<void> =>
  explaining(
    async () => {
      const db = new DatabaseSync(from, { timeout: 5000 })
      try {
        db.prepare('VACUUM INTO ?').run(to)
      } finally {
        db.close()
      }
    },
    (why) => words.notCopied(to, why),
  )

function isSound(path: string): boolean {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db.prepare('PRAGMA integrity_check').get()?.['integrity_check'] === 'ok'
  } catch {
    return false
  } finally {
    db.close()
  }
}

const busy = 5

/** A server that runs would go on writing into the file that is put aside, and lose all that it takes in. */
function isInUse(store: string): boolean {
  const db = new DatabaseSync(store)
  try {
    db.exec('PRAGMA journal_mode = DELETE') // SQLite grants it to a file's only user
    return false
  } catch (error) {
    return error instanceof Error && 'errcode' in error && error.errcode === busy // else it is damaged: hence the backup
  } finally {
    db.close()
  }
}
