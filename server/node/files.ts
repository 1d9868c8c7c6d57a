// The small files beside the store: keys, and the journal of deletions. Only whoever runs the server may read them,
// and each is whole at every moment: written anew beside itself, then put in place.
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { server as words } from '../../shared/words/en-server.ts'
import { Explained } from './explained.ts'

/** Null where there is none. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** The same of one that holds JSON. */
export function readSecret<T>(path: string, schema: v.GenericSchema<unknown, T>): T | null {
  const text = readIfThere(path)
  if (text === null) return null
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text)
  if (!read.success) throw new Explained(words.damagedFile(path))
  return read.output
}

export function writeSecret(path: string, text: string): void {
  const beside = `${path}.new`
  const file = openSync(beside, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
}

/** What root makes in the folder of a server that runs as somebody else would be closed to that server. */
export function giveToOwner(folder: string): void {
  if (process.getuid?.() !== 0 || !existsSync(folder)) return
  const { uid, gid } = statSync(folder)
  if (uid === 0) return
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path, { throwIfNoEntry: false })?.uid === 0) chownSync(path, uid, gid)
  }
}
