// Opens a text file of records, or a folder of them, as a database in memory. Nothing is written anywhere, and each
// file is read once from its beginning to what was its end when it was opened.
import { createReadStream } from 'node:fs'
import { lstat, open, readdir, realpath } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import type { Progress } from '../../shared/bridge.ts'
import { looksLikeJson, TextDatabase } from '../../shared/formats/text-database.ts'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { explainPath, mayBeText, recently } from './look.ts'
import type { ReadOnlyFile, ReadOnlyInput } from './read-only.ts'

interface TextFile {
  readonly path: string
  readonly size: number
  readonly modified: number
}

const largest = 512 * 1024 * 1024
const mostFiles = 10_000
const deepest = 3

/** What can't be read as text either keeps the reason for which it couldn't be read as a database. */
export async function openText(
  { path, now }: ReadOnlyInput,
  error: AppError,
  progress: (item: Progress) => void,
): Promise<Result<ReadOnlyFile>> {
  if (!mayBeText(error)) return fail(error)
  try {
    const files = await find(await realpath(path), error.kind === 'file-is-folder' ? deepest : 0)
    if (files.length === 0) return fail(error)
    const size = files.reduce((sum, file) => sum + file.size, 0)
    if (size > largest) return fail({ kind: 'file-too-large', path, size, limit: largest })
    const db = await read(files, path, size, progress)
    if (db === null) return fail(error)
    const modified = Math.max(...files.map((file) => file.modified))
    return ok({
      look: {
        path,
        place: path,
        size,
        expectedSize: size,
        walSize: 0,
        journalSize: 0,
        hasWal: false,
        plainHeader: false,
        hasShm: false,
        modified,
        walMode: false,
        otherNames: false,
        writing: now - modified < recently,
      },
      db,
      readFrom: 'place',
      copy: null,
      close: async () => db.close(),
    })
  } catch (thrown) {
    return fail(explainPath(thrown, path))
  }
}

/** Whether it is a log of JSON, or a folder of them, as far as its beginning tells. */
export async function beginsLikeText(path: string): Promise<boolean> {
  return (await find(await realpath(path), deepest)).length > 0
}

/** Files that begin like JSON; links are not followed, so that a folder can't lead out of itself. */
async function find(path: string, depth: number): Promise<TextFile[]> {
  const about = await lstat(path)
  if (about.isDirectory()) {
    if (depth === 0) return []
    const found: TextFile[] = []
    for (const name of (await readdir(path)).sort()) {
      if (found.length >= mostFiles) break
      found.push(...(await find(join(path, name), depth - 1)))
    }
    return found
  }
  return about.isFile() && looksLikeJson(await readStart(path))
    ? [{ path, size: about.size, modified: about.mtimeMs }]
    : []
}

async function readStart(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const bytes = new Uint8Array(100)
    const { bytesRead } = await file.read(bytes, 0, 100, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function read(
  files: readonly TextFile[],
  path: string,
  size: number,
  progress: (item: Progress) => void,
): Promise<DatabaseSync | null> {
  const db = new DatabaseSync(':memory:')
  const prepared = new Map<string, StatementSync>()
  db.exec('BEGIN')
  const root = await realpath(path)
  const database = new TextDatabase({
    run(sql, values) {
      const statement = prepared.get(sql) ?? db.prepare(sql)
      prepared.set(sql, statement)
      statement.run(...values)
    },
  })
  let done = 0
  for (const file of files) {
    const reader = database.file(relative(root, file.path) || basename(path))
    const text = new TextDecoder()
    if (file.size > 0) {
      for await (const bytes of createReadStream(file.path, { end: file.size - 1, highWaterMark: 1 << 20 })) {
        if (!(bytes instanceof Uint8Array)) continue
        reader.push(text.decode(bytes, { stream: true }))
        progress({ phase: 'copying', done: (done += bytes.length), total: size })
      }
    }
    reader.push(text.decode())
    reader.end()
  }
  prepared.clear()
  const found = database.finish()
  db.exec('COMMIT')
  if (found !== null) return db
  db.close()
  return null
}
