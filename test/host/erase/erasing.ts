// What the tests of deleting share: a host's own methods on small files, and looks into a file that share no code with
// the program: plain SQL, and its bytes as they lie on the disk.
import { existsSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { SQLOutputValue } from 'node:sqlite'
import type { Host } from '../../../host/create-host.ts'
import { directBridge } from '../../../host/direct.ts'
import type { EraseItem, ErasePreview, Erased } from '../../../shared/erase.ts'
import type { Result } from '../../../shared/result.ts'
import { everything } from '../../../shared/viewer/filter.ts'
import type { Filter } from '../../../shared/viewer/filter.ts'
import type { Which } from '../../../shared/viewer/which.ts'

export const all: Which = { of: 'all' }
export const rowsOf = (...rowids: number[]): Which => ({
  of: 'rows',
  addresses: rowids.map((rowid) => ({ rowid, place: 0 })),
})
export const matching = (filter: Partial<Filter>): Which => ({
  of: 'matching',
  filter: { ...everything, ...filter },
  zone: 'UTC',
  words: [],
})

export const preview = (host: Host, path: string, which: Which): Promise<Result<ErasePreview>> =>
  directBridge(host.rpc).stream('erase.preview', { path, which, zone: 'UTC' }, () => {})

export async function run(
  host: Host,
  { token }: ErasePreview,
  onItem: (item: EraseItem) => void = () => {},
): Promise<Result<Erased>> {
  if (token === null) throw new Error('there is nothing to delete')
  return directBridge(host.rpc).stream('erase.run', { token, now: true }, onItem)
}

export async function erase(host: Host, path: string, which: Which): Promise<Result<Erased>> {
  const seen = await preview(host, path, which)
  return seen.ok ? run(host, seen.value) : seen
}

export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`a failure: ${JSON.stringify(result.error)}`)
  return result.value
}

/** Opens it, runs SQL, closes it. */
export function sql(path: string, text: string): void {
  const db = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: false })
  try {
    db.exec(text)
  } finally {
    db.close()
  }
}

export function ask(path: string, question: string): readonly SQLOutputValue[] {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5000 })
  try {
    return db
      .prepare(question)
      .all()
      .flatMap((row) => Object.values(row))
  } finally {
    db.close()
  }
}

export const isSound = (path: string): boolean => ask(path, 'PRAGMA integrity_check')[0] === 'ok'

/** Which of these texts lie anywhere in the file, its -wal or its -journal, byte for byte. */
export function liesIn(path: string, texts: readonly (string | Buffer)[]): (string | Buffer)[] {
  const files = ['', '-wal', '-journal'].map((end) => path + end).filter((file) => existsSync(file))
  const bytes = files.map((file) => readFileSync(file))
  return texts.filter((text) => bytes.some((one) => one.includes(text)))
}
