// F2: what a file is not, told by its cause, each in a sentence of its own.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { checkFile } from '../../host/file/check.ts'
import { summarizeFile } from '../../host/file/summarize.ts'
import { en } from '../../shared/words/en.ts'
import { explain } from '../../shared/words/explain.ts'
import { makeSmartAgents } from '../host/tool-files.ts'
import { random } from '../shared/wal-work.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-named-'))
const temporary = join(folder, 'temporary')
mkdirSync(temporary)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const whole = join(folder, 'whole.db')
makeSmartAgents(whole, 400)
const sound = readFileSync(whole)
const withBytes = (at: number, ...bytes: number[]): Buffer => {
  const changed = Buffer.from(sound)
  changed.set(bytes, at)
  return changed
}
const noise = (length: number): Buffer => {
  const next = random(4)
  return Buffer.from(Array.from({ length }, () => Math.floor(next() * 256)))
}
/** As SQLCipher writes them: a salt of 16 bytes, or a header in the clear, and noise after it. */
const encrypted = (clear: number): Buffer =>
  Buffer.concat([sound.subarray(0, clear), noise(sound.length - clear)])

const encryptedOrNot = /is encrypted or not a SQLite database/
const cutShort = /is cut short: only [\d,]+ of [\d,]+ bytes are there/
const damaged = /is damaged and could not be read: .+\./
const cases: readonly (readonly [string, Buffer, RegExp])[] = [
  ['an empty file', Buffer.alloc(0), /is empty: no tool has written to it yet/],
  ['nothing but zeros', Buffer.alloc(8192), encryptedOrNot],
  ['99 bytes', sound.subarray(0, 99), encryptedOrNot],
  ['100 bytes', sound.subarray(0, 100), cutShort],
  ['half a file', sound.subarray(0, sound.length / 2), cutShort],
  ['a page of HTML', Buffer.from('<!doctype html><title>404</title>'.repeat(100)), encryptedOrNot],
  ['noise', noise(20_000), encryptedOrNot],
  ['a page size of 1000', withBytes(16, 1000 >> 8, 1000 & 255), encryptedOrNot],
  ['a page size that is not the file’s', withBytes(16, 2, 0), damaged],
  ['SQLCipher, all encrypted', encrypted(0), encryptedOrNot],
  ['SQLCipher, its first 16 bytes in the clear', encrypted(16), encryptedOrNot],
  ['SQLCipher, its first 32 bytes in the clear', encrypted(32), encryptedOrNot],
]

for (const [what, bytes, words] of cases)
  it(`F2: ${what} is told by its cause, and stays as it is`, async () => {
    const path = join(folder, 'file.db')
    writeFileSync(path, bytes)
    const input = { path, temporary, now: 0 }
    const port = { progress: () => {}, serve: () => {} }
    for (const answer of [
      await summarizeFile({ ...input, zone: 'UTC' }, port),
      await checkFile(input, port),
    ]) {
      if (answer.ok) throw new Error('it was read')
      expect(explain(answer.error, en)).toMatch(words)
    }
    expect(Buffer.compare(readFileSync(path), bytes), 'P1').toBe(0)
  })

it('F2: a file that ends within its last page is read, and told to be damaged', async () => {
  const path = join(folder, 'tail.db')
  for (const bytes of [sound.subarray(0, sound.length - 1000), sound.subarray(0, sound.length - 1)]) {
    writeFileSync(path, bytes)
    const answer = await checkFile({ path, temporary, now: 0 }, { progress: () => {}, serve: () => {} })
    expect(answer).toMatchObject({ ok: true, value: { sound: false } })
  }
})

it('a folder for copies that can’t be written is named, not the file', async () => {
  const path = join(folder, 'closed-wal.db')
  makeSmartAgents(path, 10, 'wal')
  const gone = join(folder, 'no-such-folder')
  const answer = await checkFile({ path, temporary: gone, now: 0 }, { progress: () => {}, serve: () => {} })
  expect(answer).toMatchObject({ ok: false, error: { path: gone } })
})
