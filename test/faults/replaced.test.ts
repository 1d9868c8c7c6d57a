// F10: a file that is replaced, deleted, renamed or cut while it is opened. What is read is one file or the other,
// whole; or the answer says that it changed, is gone, or is busy. Never a mixture of two.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, truncateSync, copyFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { tell } from '../figures.ts'
import { atOneMoment, ofOneMoment, openReadOnly } from '../../host/file/read-only.ts'
import type { ReadOnlyFile } from '../../host/file/read-only.ts'

const long = process.env['SIGHTGLASS_LONG'] !== undefined
const folder = mkdtempSync(join(tmpdir(), 'sightglass-replaced-'))
const temporary = join(folder, 'temporary')
mkdirSync(temporary)
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))

function make(name: string, rows: number, journal = 'DELETE'): string {
  const path = join(folder, name)
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = ${journal}; CREATE TABLE t (id INTEGER PRIMARY KEY, owner TEXT, x BLOB)`)
  const insert = db.prepare('INSERT INTO t (owner, x) VALUES (?, ?)')
  db.exec('BEGIN')
  for (let i = 0; i < rows; i++) insert.run(name, new Uint8Array(900).fill(i))
  db.exec('COMMIT')
  db.close()
  return path
}

const open = async (path: string): Promise<ReadOnlyFile> => {
  const opened = await openReadOnly({ path, temporary, now: Date.now() }, () => {})
  if (!opened.ok) throw new Error(opened.error.kind)
  return opened.value
}
const count = ({ db }: ReadOnlyFile): number => Number(db.prepare('SELECT count(*) AS n FROM t').get()?.['n'])

for (const journal of ['DELETE', 'WAL'])
  it(`F10: a file that is gone, renamed or cut after it was opened is read as it was (${journal})`, async () => {
    const ways: readonly ((path: string) => void)[] = [
      (path) => rmSync(path),
      (path) => renameSync(path, `${path}.elsewhere`),
      (path) => copyFileSync(make(`other-${journal}.db`, 7), path),
      (path) => truncateSync(path, 5000),
    ]
    for (const [i, spoil] of ways.entries()) {
      const path = make(`spoiled-${journal}-${i}.db`, 2000, journal)
      const held = await ofOneMoment(await open(path))
      if (!held.ok) throw new Error(held.error.kind)
      spoil(path)
      expect(count(held.value)).toBe(2000)
      await held.value.close()
      rmSync(join(folder, `other-${journal}.db`), { force: true })
    }
  })

it('F10: a file that is written to past SQLite’s locks while its image is made is refused', async () => {
  const path = make('overwritten.db', 3000)
  const file = await open(path)
  const spoil = `require('node:fs').writeFileSync(${JSON.stringify(path)}, 'something else')`
  const image = atOneMoment(file, (db) => {
    execFileSync(process.execPath, ['-e', spoil])
    return db.serialize()
  })
  expect(image).toMatchObject({ ok: false })
  if (!image.ok) expect(image.error.kind).toMatch(/file-changed|file-damaged/)
  await file.close()
})

it('F10: the same, where SQLite itself noticed nothing', async () => {
  const path = make('touched.db', 50)
  const file = await open(path)
  const append = `require('node:fs').appendFileSync(${JSON.stringify(path)}, 'x'.repeat(100))`
  const image = atOneMoment(file, (db) => {
    execFileSync(process.execPath, ['-e', append])
    return db.serialize()
  })
  expect(image).toEqual({ ok: false, error: { kind: 'file-changed', path } })
  await file.close()
})

for (const how of ['rename', 'overwrite', 'delete'])
  for (const journal of ['DELETE', 'WAL'])
    it(`F10: a file that something else replaces all the time is one or the other, or refused (${how}, ${journal})`, async () => {
      const one = make(`one-${how}-${journal}.db`, 700, journal)
      const other = make(`other-${how}-${journal}.db`, 900, journal)
      const path = join(folder, `place-${how}-${journal}.db`)
      copyFileSync(one, path)
      const milliseconds = long ? 20_000 : 800
      const script = join(import.meta.dirname, 'rewriter.ts')
      const child = spawn(process.execPath, [script, path, one, other, String(milliseconds), how], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(child.stdout, 'data')
      const seen: Record<string, number> = {}
      while (child.exitCode === null) {
        const answer = await readOnce(path)
        seen[answer] = (seen[answer] ?? 0) + 1
      }
      tell(`F10 ${how} ${journal}: ${JSON.stringify(seen)}`)
      const allowed = /^(700 one|900 other|file-(changed|missing|busy|cut-short|damaged|empty|not-sqlite))/
      expect(Object.keys(seen).filter((key) => !allowed.test(key))).toEqual([])
      expect(readdirSync(temporary)).toEqual([])
    }, 60_000)

/** The rows and whose they are; more than one owner would be a mixture. */
async function readOnce(path: string): Promise<string> {
  const opened = await openReadOnly({ path, temporary, now: Date.now() }, () => {})
  if (!opened.ok) return opened.error.kind
  const held = await ofOneMoment(opened.value)
  if (!held.ok) return held.error.kind
  const { db, close } = held.value
  try {
    const row = db.prepare('SELECT count(*) AS n, group_concat(DISTINCT owner) AS owners FROM t').get()
    const sound = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})[0]
    return sound === 'ok' ? `${String(row?.['n'])} ${String(row?.['owners'])}` : `damaged: ${String(sound)}`
  } catch (error) {
    return error instanceof Error && /malformed/.test(error.message) ? 'file-damaged' : String(error)
  } finally {
    await close()
  }
}
