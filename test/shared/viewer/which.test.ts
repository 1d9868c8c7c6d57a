// Which rows are meant. What is expected is said in SQL over the same file, never by the code that is judged.
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { nativeSqlite } from '../../../host/file/native.ts'
import { recogniseAny } from '../../../shared/formats/recognise.ts'
import { everything } from '../../../shared/viewer/filter.ts'
import { readSchema } from '../../../shared/viewer/sqlite.ts'
import { chosenKeys } from '../../../shared/viewer/chosen-keys.ts'
import type { Which } from '../../../shared/viewer/which.ts'

function open(sql: string) {
  const db = new DatabaseSync(':memory:')
  db.exec(sql)
  const engine = nativeSqlite(db)
  const schema = readSchema(engine)
  const recognised = recogniseAny(engine, schema, 'test.db')
  if (!recognised.ok) throw new Error(recognised.error.kind)
  const { format } = recognised.value
  return {
    format,
    keys: (which: Which) =>
      Array.from(chosenKeys(engine, schema, format, which)).flatMap(({ part, keys }) =>
        keys.map((key) => `${part.table.name} ${String(key)}`),
      ),
    expected: (sql: string) =>
      db
        .prepare(sql)
        .all()
        .map((row) => Object.values(row).join(' ')),
  }
}

const events = 45_000
const agents = (rowid: string, end = ''): string => `
  CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT) ${end};
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${events})
  INSERT INTO telemetry_events (${end === '' ? 'rowid, ' : ''}id, event_type, event_data, timestamp)
  SELECT ${end === '' ? `${rowid}, ` : ''}printf('e%06d', i), iif(i % 3, 'agent_execution', 'error'),
    json_object('agent_type', iif(i % 5, 'planner', 'coder'), 'note', iif(i % 7, 'plain', 'Größe ' || i)),
    strftime('%Y-%m-%dT%H:%M:%fZ', 1.7e9 + i * 60, 'unixepoch') FROM n;`

const where = `event_type = 'error' AND event_data LIKE '%coder%'`
const matching = (words: string[] = []): Which => ({
  of: 'matching',
  filter: {
    ...everything,
    where: [
      { dimension: 'kind', values: ['error'], not: false },
      { dimension: 'agent', values: ['coder'], not: false },
    ],
  },
  zone: 'Europe/Zurich',
  words,
})

const shapes = {
  'row numbers': { sql: agents('i'), key: 'rowid' },
  'row numbers with gaps': { sql: agents('i * 1000'), key: 'rowid' },
  'row numbers that a double cannot hold': { sql: agents('i * 100000000000000'), key: 'rowid' },
  'no row numbers': { sql: agents('i', 'WITHOUT ROWID'), key: 'id' },
}

describe.each(Object.entries(shapes))('a file with %s', (_, { sql, key }) => {
  const file = open(sql)
  const select = (where: string): string[] =>
    file.expected(
      `SELECT 'telemetry_events', CAST(${key} AS TEXT) FROM telemetry_events WHERE ${where} ORDER BY ${key} DESC`,
    )

  it('has all of its rows, newest first', () => {
    expect(file.keys({ of: 'all' })).toEqual(select('1'))
  })

  it('has the rows that the filter chooses', () => {
    const expected = select(where)
    expect(expected.length).toBe(events / 15)
    expect(file.keys(matching())).toEqual(expected)
  })

  it('has of these the rows that contain the words', () => {
    const expected = select(`${where} AND event_data LIKE '%Größe%' AND id LIKE '%e01%'`)
    expect(expected.length).toBeGreaterThan(50)
    expect(file.keys(matching(['GRÖSSE', 'e01']))).toEqual([])
    expect(file.keys(matching(['grÖße', 'E01']))).toEqual(expected)
  })

  it('has the rows that are named, each once, and none that is gone', () => {
    const places = [3, 44_999, 3, 45_000, 20_000]
    const numbers = key === 'rowid' && !sql.includes('00000000000')
    const step = sql.includes('i * 1000') ? 1000 : 1
    const addresses = places.map((place) => ({
      rowid: numbers ? (events - place) * step : null,
      place: numbers ? 0 : place,
    }))
    const all = select('1')
    expect(file.keys({ of: 'rows', addresses })).toEqual([all[3], all[20_000], all[44_999]])
  })
})
