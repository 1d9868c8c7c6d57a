// A file of ours is written under a name of its own beside its place, brought to the disk, and only then given
// the real name: whoever looks sees the old file, or the whole new one, never half. The name carries the number
// of the program that writes it, so that the next one can take away what a killed one left behind.
import { randomBytes } from 'node:crypto'
import { link, lstat, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { isRunning } from '../temporary.ts'
import { explainPath } from './look.ts'

/** Where to write what is meant to become `path`; refused where it could not, or must not, become that. */
export async function nameDraft(path: string, overwrite: boolean): Promise<Result<string>> {
  const folder = dirname(path)
  const isMissing = await stat(folder).then(
    (found) => !found.isDirectory(),
    (error: unknown) => codeOf(error) === 'ENOENT',
  )
  if (isMissing) return fail({ kind: 'folder-missing', path: folder })
  try {
    await sweepDrafts(path)
    const there = await lstat(path).catch(() => null)
    if (there?.isDirectory()) return fail({ kind: 'file-is-folder', path })
    if (there !== null && !overwrite) return fail({ kind: 'file-exists', path })
    if (there !== null && !there.isFile()) return fail({ kind: 'file-is-special', path })
    for (const end of ['-wal', '-journal']) {
      // SQLite would take a journal that lies there for the new file's own, and put its old pages in
      if (await lstat(path + end).catch(() => null)) return fail({ kind: 'file-exists', path: path + end })
    }
    return ok(`${path}.${process.pid}-${randomBytes(4).toString('hex')}.part`)
  } catch (error) {
    return fail(explainWrite(error, path))
  }
}

/** Whether writing there would write over the file itself, or over what SQLite keeps beside it. */
export async function belongsTo(path: string, target: string): Promise<boolean> {
  const real = (one: string): Promise<string> => realpath(one).catch(() => one)
  const [file, written] = await Promise.all([real(path), real(target)])
  return ['', '-wal', '-shm', '-journal'].some((end) => written === file + end || target === path + end)
}

/** An empty file, which SQLite fills: what it makes by itself everybody may read, and telemetry is its owner's. */
export const beginDatabase = (draft: string): Promise<void> =>
  writeFile(draft, '', { flag: 'wx', mode: 0o600 })

/** Gives a finished draft its name. Where nothing may be overwritten, a file that came meanwhile wins. */
export async function publishDraft(draft: string, path: string, overwrite: boolean): Promise<Result<null>> {
  try {
    await sync(draft, 'r+')
    if (overwrite) await rename(draft, path)
    else await nameOnce(draft, path)
    await sync(dirname(path), 'r').catch(() => {}) // a folder can't be opened on Windows; its rename is durable
    return ok(null)
  } catch (error) {
    await dropDraft(draft)
    return fail(explainWrite(error, path))
  }
}

/** Work that writes a draft and publishes it; one that it leaves behind, because it failed or was killed, goes. */
export async function drafting<T>(
  path: string,
  overwrite: boolean,
  work: (draft: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const draft = await nameDraft(path, overwrite)
  if (!draft.ok) return draft
  const made = await work(draft.value)
  if (!made.ok) await dropDraft(draft.value)
  return made
}

/**
 * With the journal that SQLite may have kept of it. Also right after its writer was killed: a system that keeps open
 * files from going is asked a few times.
 */
export async function dropDraft(draft: string): Promise<void> {
  for (const path of [draft, `${draft}-journal`])
    await rm(path, { force: true, maxRetries: 5, retryDelay: 100 })
}

/** A second name fails where there is a file, which a rename would replace. Not every disk knows second names. */
async function nameOnce(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    if (await lstat(path).catch(() => null)) throw Object.assign(new Error('exists'), { code: 'EEXIST' })
    return rename(draft, path)
  }
  await dropDraft(draft)
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const file = await open(path, flags)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function sweepDrafts(path: string): Promise<void> {
  const start = `${basename(path)}.`
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(start)) continue
    const pid = /^(\d+)-[0-9a-f]{8}\.part(?:-journal)?$/.exec(name.slice(start.length))?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) await dropDraft(join(dirname(path), name))
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null)

/** What the file system said of a place to write to. */
export function explainWrite(error: unknown, path: string) {
  const explained = explainPath(error, path)
  const notWritable = ['file-missing', 'file-forbidden', 'file-damaged', 'file-busy']
  return notWritable.includes(explained.kind) ? ({ kind: 'not-writable', path } as const) : explained
}
