// Whole files taken out and brought back, compared cell by cell in SQLite's own words: a small one, and every file of
// the fixtures that can be read.
import { readdirSync, statSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Host } from '../../host/create-host.ts'
import { isRecord } from '../../shared/plain.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { makeEarlyexit } from './tool-files.ts'

let world: World
let host: Host
beforeAll(async () => {
  world = await makeWorld()
  host = world.host('web')
})
afterAll(async () => {
  await host.close()
  await world.remove()
})

const ask = (name: string, args: unknown): Promise<unknown> =>
  host.rpc.stream(name, args, () => {}, new AbortController().signal)
const isGood = (answer: unknown): boolean => isRecord(answer) && answer['ok'] === true

/** Every table as its statement and its rows, each cell by its class and its bytes. */
function told(path: string): Record<string, unknown> {
  const db = new DatabaseSync(path)
  const quote = (name: unknown): string => `"${String(name).replaceAll('"', '""')}"`
  const tables = db
    .prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL%'",
    )
    .all()
    .map(({ name, sql }) => {
      const columns = db.prepare('SELECT name FROM pragma_table_xinfo(?)').all(name ?? '')
      const cells = columns.map(
        ({ name: one }, i) => `typeof(${quote(one)}) || hex(CAST(${quote(one)} AS BLOB)) AS c${i}`,
      )
      const rows = db.prepare(`SELECT ${cells.join(', ')} FROM ${quote(name)}`).all()
      return [String(name), { sql, rows: rows.map((row) => Object.values(row).join(' ')).sort() }] as const
    })
  db.close()
  return Object.fromEntries(tables)
}

/** How many rows it has; null where the program can't read it. */
async function thereAndBack(file: string, ways: readonly string[]): Promise<number | null> {
  const path = join(world.folder, basename(file))
  for (const end of ['', '-wal', '-shm', '-journal']) await cp(file + end, path + end).catch(() => {})
  const shape = { formulas: 'safe', table: null, which: { of: 'all' } } as const
  const write = (as: string, out: string): Promise<unknown> =>
    ask('files.export', {
      path,
      wish: { ...shape, as },
      gzip: false,
      out: join(world.folder, out),
      overwrite: true,
    })
  if (!isGood(await write('sqlite', 'copy.db'))) return null
  const whole = told(join(world.folder, 'copy.db'))
  for (const as of ways) {
    expect(await write(as, 'text'), as).toMatchObject({ ok: true })
    const back = { path: join(world.folder, 'text'), out: join(world.folder, 'back.db'), overwrite: true }
    expect(await ask('files.import', back), as).toMatchObject({ ok: true })
    const again = told(back.out)
    for (const [table, rows] of Object.entries(again)) expect(rows, `${as} ${table}`).toEqual(whole[table])
    expect(Object.keys(again).length).toBeGreaterThan(0)
  }
  const own = told(path)
  for (const [table, rows] of Object.entries(whole)) expect(rows, `sqlite ${table}`).toEqual(own[table])
  return Object.values(whole).reduce<number>(
    (sum, table) => sum + (isRecord(table) && Array.isArray(table['rows']) ? table['rows'].length : 0),
    0,
  )
}

it('a file comes back from an export as it was', async () => {
  makeEarlyexit(join(world.folder, 'runs.db'), 40)
  await cp(join(world.folder, 'runs.db'), join(world.folder, 'own', 'runs.db'))
  expect(await thereAndBack(join(world.folder, 'own', 'runs.db'), ['json', 'jsonl'])).toBe(120)
})

const fixtures = process.env['SIGHTGLASS_FIXTURES']
if (fixtures !== undefined)
  it('so does every file of the fixtures that can be read', { timeout: 240_000 }, async () => {
    const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(db|sqlite)$/.test(name) && !name.startsWith('corpus'))
      .map((name) => join(fixtures, name))
      .filter((path) => statSync(path).isFile() && statSync(path).size < 40_000_000)
    let read = 0
    for (const file of files) read += (await thereAndBack(file, ['jsonl'])) === null ? 0 : 1
    expect(read).toBeGreaterThan(5)
  })
