// What is asked of rows, on files that make it hard: other encodings, no row numbers, two tables, broken text. What is
// expected is said in SQL or by hand, never by the code that is judged.
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { nativeSqlite } from '../../../host/file/native.ts'
import { recogniseAny } from '../../../shared/formats/recognise.ts'
import type { Ask, AskAnswer, Batch } from '../../../shared/viewer/asks.ts'
import { wordsOf } from '../../../shared/viewer/asks.ts'
import { Desk } from '../../../shared/viewer/desk.ts'
import { compileReader } from '../../../shared/viewer/events.ts'
import { readSchema } from '../../../shared/viewer/sqlite.ts'
import { toJson } from '../../../shared/viewer/values.ts'

function open(sql: string) {
  const db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false })
  db.exec(sql)
  const engine = nativeSqlite(db)
  const schema = readSchema(engine)
  const recognised = recogniseAny(engine, schema, 'test.db')
  if (!recognised.ok) throw new Error(recognised.error.kind)
  const { format } = recognised.value
  const desk = new Desk(engine, schema, format, TextDecoder)
  const ask = (asked: Ask): { answer: AskAnswer; batches: Batch[] } => {
    const batches: Batch[] = []
    const running = desk.answer(asked)
    for (let step = running.next(); ; step = running.next()) {
      if (step.done === true) return { answer: step.value, batches }
      batches.push(step.value)
    }
  }
  return {
    db,
    ask,
    read: () =>
      Array.from(compileReader(format, schema).read(engine), ({ rowid, time }) => ({ rowid, time })),
    rows: (asked: Ask) => ask(asked).batches.flatMap(({ rows }) => rows),
    fields: (rowid: number | null, place = 0) => {
      const { answer } = ask({ ask: 'record', of: { rowid, place }, whole: true })
      if (answer.ask !== 'record' || answer.fields === null) return null
      return Object.fromEntries(answer.fields.map(({ column, value }) => [column, value]))
    },
  }
}

const agents = `CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT, extra)`
const event = (id: string, data: string, extra = 'NULL', at = '2026-11-20T12:00:00.000Z'): string =>
  `INSERT INTO telemetry_events VALUES ('${id}', 'agent_execution', '${data}', '${at}', ${extra});`
const search = (typed: string, after: number | null = null): Ask => ({
  ask: 'search',
  words: wordsOf(typed),
  after,
})

describe('a search', () => {
  it('finds all words in any text, whatever their case, beyond ASCII too, and takes signs as they are', () => {
    const file = open(
      agents +
        ';' +
        event('one', '{"note":"Größe in Zürich"}') +
        event('two', '{"note":"GRÖSSE IN ZÜRICH"}') +
        event('three', '{"path":"C:\\\\tmp\\\\50%_x"}') +
        event('four', '{"n":404}', '404') +
        event('five', `{"note":"it''s"}`, `x'5a7572696368'`),
    )
    expect(file.rows(search('zürich'))).toEqual([2, 1])
    expect(file.rows(search('ZÜRICH größe'))).toEqual([1])
    expect(file.rows(search('ONE agent_'))).toEqual([1])
    expect(file.rows(search('50%_'))).toEqual([3])
    expect(file.rows(search('5_%'))).toEqual([])
    expect(file.rows(search('tmp\\\\50'))).toEqual([3])
    expect(file.rows(search('"it\'s"'))).toEqual([5])
    expect(file.rows(search('404'))).toEqual([4]) // in its text; a number is no text
    expect(file.rows(search('zurich'))).toEqual([]) // neither is a blob
    expect(file.rows(search('o', 2))).toEqual([5, 4, 3])
  })

  it('looks newest first and tells how far it is, wherever the row numbers are', () => {
    const file = open(agents)
    file.db.exec(`INSERT INTO telemetry_events (rowid, id, event_type, event_data, timestamp)
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29999)
      SELECT i * 1000000007 - 5, 'e' || i, 'x', CASE WHEN i % 10000 = 1 THEN 'Needle' END, '' FROM n`)
    const { batches } = file.ask(search('needle'))
    expect(batches.flatMap(({ rows }) => rows)).toEqual([20001, 10001, 1].map((i) => i * 1_000_000_007 - 5))
    expect(batches.map(({ done }) => done)).toEqual([2000, 22000, 30000])
    expect(batches.every(({ total }) => total === 30_000)).toBe(true)
  })

  it('finds rows without numbers, and of a second table, by their place in the order of reading', () => {
    const file = open(`CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, response TEXT,
        conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT, input_tokens INTEGER, output_tokens INTEGER);
      INSERT INTO responses (id, model, prompt, datetime_utc) VALUES
        ('a', 'm', 'old needle', '2026-01-01T00:00:00'), ('b', 'm', 'hay', '2026-01-02T00:00:00')`)
    expect(file.rows(search('needle'))).toEqual([1])
    const unnumbered =
      open(`CREATE TABLE jobs (name TEXT PRIMARY KEY, started TEXT, queue TEXT) WITHOUT ROWID;
      INSERT INTO jobs WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 49)
      SELECT 'job-' || i, strftime('%Y-%m-%dT%H:%M:%SZ', 1795000000 + i * 60, 'unixepoch'), 'fast' FROM n`)
    const read = unnumbered.read()
    expect(read.every(({ rowid }) => Number.isNaN(rowid))).toBe(true)
    const { batches } = unnumbered.ask(search('job-12'))
    expect(batches).toMatchObject([{ by: 'place', rows: [37] }])
    expect(unnumbered.fields(null, 37)).toMatchObject({ name: { text: 'job-12' } })
    const sorted = unnumbered.rows({ ask: 'sort', column: 'name', descending: false })
    expect(sorted.slice(0, 2)).toEqual([39, 38])
  })
})

describe('an order by a raw column', () => {
  it('puts numbers before text, whatever its case, what is empty last, the newest of equals first', () => {
    const values = ['NULL', "'b'", '10', "'B'", '2.5', "'a'", 'NULL', '10', "x'00'"]
    const file = open(`${agents}; ${values.map((value, i) => event(String(i), '{}', value)).join('')}`)
    const order = (descending: boolean): number[] => file.rows({ ask: 'sort', column: 'extra', descending })
    expect(order(false)).toEqual([5, 8, 3, 6, 4, 2, 9, 7, 1])
    expect(order(true)).toEqual([9, 4, 2, 6, 8, 3, 5, 7, 1])
    expect(file.rows({ ask: 'sort', column: 'no such column', descending: true })).toHaveLength(9)
  })
})

describe('a record in full', () => {
  it('keeps digits, tells NULL from empty, broken text from whole, and what a NUL would hide', () => {
    const file = open(`${agents}; ${event('x', '{"id":9007199254740993}', '9223372036854775807')}
      INSERT INTO telemetry_events VALUES ('y', '', NULL, CAST(x'616200ff63' AS TEXT), 1e999);
      INSERT INTO telemetry_events VALUES ('z', 3.0, x'', CAST(x'c3a9' AS TEXT), x'00ff')`)
    expect(file.fields(1)).toMatchObject({ extra: { is: 'integer', text: '9223372036854775807' } })
    expect(file.fields(2)).toMatchObject({
      event_type: { is: 'text', text: '', bytes: 0 },
      event_data: { is: 'null' },
      timestamp: { is: 'text', text: 'ab\0\ufffdc', bytes: 5, hex: '616200ff63' },
      extra: { is: 'real', text: 'Infinity' },
    })
    expect(file.fields(3)).toMatchObject({
      event_data: { is: 'blob', bytes: 0, head: '' },
      timestamp: { is: 'text', text: 'é', hex: null },
      extra: { is: 'blob', bytes: 2, head: '00ff' },
    })
    expect(file.fields(4)).toBe(null)
    const one = file.fields(1) ?? {}
    const json = toJson(Object.keys(one), Object.values(one), 'one line')
    expect(json).toContain('"event_data": {"id":9007199254740993},"timestamp"')
    expect(json).toContain('"extra": 9223372036854775807}')
  })

  it.each(['UTF-8', 'UTF-16le', 'UTF-16be'])('reads %s, also where it is cut within a letter', (encoding) => {
    const file = open(
      `PRAGMA encoding = '${encoding}'; ${agents}; ${event('x', '{}', `'${'ä🙂'.repeat(200)}'`)}`,
    )
    const { answer } = file.ask({ ask: 'cells', of: [{ rowid: 1, place: 0 }], columns: ['extra', 'none'] })
    if (answer.ask !== 'cells') throw new Error('no cells')
    const [long, none] = answer.rows[0] ?? []
    expect(none).toEqual({ is: 'null' })
    if (long?.is !== 'text') throw new Error('no text')
    expect(long).toMatchObject({ cut: true, hex: null })
    expect('ä🙂'.repeat(200).startsWith(long.text)).toBe(true)
    expect(long.text.length).toBeGreaterThan(90)
    expect(file.fields(1)).toMatchObject({ extra: { text: 'ä🙂'.repeat(200), cut: false } })
  })

  it('is found by its place where its number is beyond what a double holds', () => {
    const file =
      open(`CREATE TABLE telemetry_events (n INTEGER PRIMARY KEY, id TEXT, event_type TEXT, event_data TEXT, timestamp TEXT);
      INSERT INTO telemetry_events VALUES (9007199254740993, 'big', 'x', '{}', ''), (9007199254740992, 'less', 'x', '{}', ''), (5, 'small', 'x', '', '')`)
    expect(file.read().map(({ rowid }) => rowid)).toEqual([NaN, NaN, 5])
    expect(file.fields(null, 0)).toMatchObject({ id: { text: 'big' } })
    expect(file.fields(5, 2)).toMatchObject({ id: { text: 'small' } })
    expect(file.ask(search('less')).batches).toMatchObject([{ by: 'place', rows: [1] }])
  })
})

describe('what belongs to a record', () => {
  const related = (file: ReturnType<typeof open>, rowid: number) => {
    const { answer } = file.ask({ ask: 'related', of: { rowid, place: 0 } })
    return answer.ask === 'related' ? answer.groups : []
  }

  it('is an agent’s calls near in time, of its own session where that is told', () => {
    const at = (second: number): string => new Date(Date.UTC(2026, 10, 20, 12, 0, second)).toISOString()
    const file = open(
      agents +
        ';' +
        event('run', '{"agent_type":"planner","duration_ms":30000}', 'NULL', at(40)) +
        event('during', '{"skill_name":"s","used_with_agent":"planner"}', 'NULL', at(20)) +
        event('other', '{"skill_name":"s","used_with_agent":"debugger"}', 'NULL', at(20)) +
        event('early', '{"skill_name":"s","used_with_agent":"planner"}', 'NULL', at(-3000)) +
        event('broken', '{"skill_name":', 'NULL', at(20)) +
        event('mine', '{"agent_type":"a","session_id":"1"}', 'NULL', at(50)) +
        event('of it', '{"tool_name":"grep","session_id":"1"}', 'NULL', at(50)) +
        event('not of it', '{"tool_name":"grep","agent_type":"a","session_id":"2"}', 'NULL', at(50)) +
        `UPDATE telemetry_events SET event_type = 'skill_execution' WHERE event_data LIKE '%skill%';`,
    )
    const ids = (rowid: number): (string | undefined)[] =>
      related(file, rowid).flatMap(({ rows }) =>
        rows.map(({ fields: [id] }) => (id?.value.is === 'text' ? id.value.text : undefined)),
      )
    expect(ids(1)).toEqual(['during'])
    expect(ids(6)).toEqual(['of it'])
  })

  it('is what points at it by a foreign key, by its columns or by its own key', () => {
    const file =
      open(`CREATE TABLE runs (id INTEGER PRIMARY KEY, code TEXT UNIQUE, started_at TEXT, state TEXT);
      CREATE TABLE steps (run INTEGER REFERENCES runs, what TEXT);
      CREATE TABLE notes (code TEXT REFERENCES runs(code), note TEXT);
      CREATE TABLE loose (run INTEGER, what TEXT);
      INSERT INTO runs VALUES (1, 'one', '2026-11-20T12:00:00Z', 'done'), (2, 'two', '2026-11-20T13:00:00Z', 'done'),
        (3, 'three', '2026-11-20T14:00:00Z', 'failed');
      INSERT INTO steps VALUES (1, 'a'), (2, 'b'), (2, 'c'); INSERT INTO notes VALUES ('two', 'n'); INSERT INTO loose VALUES (2, 'x')`)
    expect(related(file, 2)).toMatchObject([
      { name: null, table: 'steps', rows: [{ rowid: 2 }, { rowid: 3 }], more: false },
      { name: null, table: 'notes', rows: [{ rowid: 1 }] },
    ])
    expect(related(file, 3)).toEqual([])
  })
})
