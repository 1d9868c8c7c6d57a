// I7: tables and columns are called whatever SQLite lets them be called, by a stranger if need be. A name that got out
// of its quotes would read other rows, or write some: both would show.
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { nativeSqlite } from '../../host/file/native.ts'
import { recogniseAny } from '../../shared/formats/recognise.ts'
import type { Ask, AskAnswer, Batch } from '../../shared/viewer/asks.ts'
import { Desk } from '../../shared/viewer/desk.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import { exportText } from '../../shared/writers/export.ts'
import { createRandom } from '../oracle/random.ts'

const pieces = [
  ...[
    '"',
    '""',
    "'",
    '`',
    '[',
    ']',
    ';',
    '--',
    '/*',
    '*/',
    '(',
    ')',
    ',',
    '.',
    ' ',
    '\n',
    '\t',
    '\\',
    '%',
    '_',
  ],
  ...['?', '?1', ':a', '@a', '$a', '*', '=', '<', '||', '1', '1.5', "x'00'", 'é', '日本', '\u202e', '💥'],
  ...[
    'SELECT',
    'FROM',
    'WHERE',
    'UNION ALL SELECT',
    'ORDER BY',
    'LIMIT',
    'AS e',
    'e.',
    'rowid',
    'NULL',
    'COLLATE x',
  ],
  ...['; DROP TABLE canary; --', '; UPDATE canary SET sings = 0; --', 'load_extension(1)', 'sqlite_schema'],
] as const
const random = createRandom(7)
const taken = new Set<string>()
function newName(): string {
  for (;;) {
    const name = Array.from({ length: random.whole(1, 7) }, () => random.of(pieces)).join('')
    const folded = name.toLowerCase()
    if (name.trim() === '' || folded.startsWith('sqlite_') || taken.has(folded)) continue
    taken.add(folded)
    return name
  }
}
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

interface Hostile {
  readonly db: DatabaseSync
  readonly table: string
  readonly columns: readonly string[]
}

/** Twelve events; cell `c` of row `r` holds `value-c-r`, but for the time and the kind. */
function makeHostile(width: number): Hostile {
  const [table, ...columns] = Array.from({ length: width + 1 }, newName)
  if (table === undefined) throw new Error('no name')
  const db = new DatabaseSync(':memory:')
  db.exec(`CREATE TABLE canary (sings); INSERT INTO canary VALUES (1);
    CREATE TABLE ${quoted(table)} (${columns.map(quoted).join(', ')})`)
  const insert = db.prepare(`INSERT INTO ${quoted(table)} VALUES (${columns.map(() => '?').join(', ')})`)
  for (let row = 0; row < 12; row++) {
    const cells = columns.map((_, i) => `value-${i}-${String(row).padStart(2, '0')}`)
    const time = new Date(Date.UTC(2026, 10, 1 + row)).toISOString()
    insert.run(time, row % 2 === 0 ? 'even' : 'odd', ...cells.slice(2))
  }
  return { db, table, columns }
}

const changes = (db: DatabaseSync): unknown =>
  db
    .prepare(
      'SELECT total_changes() AS written, (SELECT sings FROM canary) AS sings, count(*) AS made FROM sqlite_schema',
    )
    .get()

it('a thousand hostile names of tables and columns name what they name, and nothing else', () => {
  for (let file = 0; file < 25; file++) {
    const { db, table, columns } = makeHostile(40)
    const before = changes(db)
    const engine = nativeSqlite(db)
    const schema = readSchema(engine)
    const recognised = recogniseAny(engine, schema, 'hostile.db')
    if (!recognised.ok) throw new Error(recognised.error.kind)
    const { format } = recognised.value
    const times = Array.from(compileReader(format, schema).read(engine), ({ time }) => time)
    expect(times).toEqual(Array.from({ length: 12 }, (_, i) => Date.UTC(2026, 10, 12 - i)))

    const desk = new Desk(engine, schema, format, TextDecoder)
    const ask = (asked: Ask): { answer: AskAnswer; rows: number[] } => {
      const batches: Batch[] = []
      const running = desk.answer(asked)
      let step = running.next()
      for (; step.done !== true; step = running.next()) batches.push(step.value)
      return { answer: step.value, rows: batches.flatMap(({ rows }) => rows) }
    }
    const { answer } = ask({ ask: 'record', of: { rowid: 5, place: 4 }, whole: true })
    const fields = answer.ask === 'record' ? (answer.fields ?? []) : []
    expect(fields.map((field) => [field.table, field.column])).toEqual(columns.map((name) => [table, name]))
    expect(fields.slice(2).map(({ value }) => value.is === 'text' && value.text)).toEqual(
      columns.slice(2).map((_, i) => `value-${i + 2}-04`),
    )
    const upwards = Array.from({ length: 12 }, (_, i) => i + 1)
    for (const column of columns.slice(2))
      expect(ask({ ask: 'sort', column, descending: true }).rows, column).toEqual(upwards.toReversed())
    expect(ask({ ask: 'search', words: ['value-39-07'], after: null }).rows).toEqual([8])
    // Names that the file doesn't have are no names there, whatever they hold.
    for (const stranger of Array.from({ length: 10 }, newName)) {
      ask({ ask: 'sort', column: stranger, descending: false })
      const cells = ask({ ask: 'cells', of: [{ rowid: 1, place: 0 }], columns: [stranger] }).answer
      expect(cells).toEqual({ ask: 'cells', rows: [[{ is: 'null' }]] })
    }
    const wish = { which: { of: 'all' }, as: 'jsonl', formulas: 'safe', table: null } as const
    const lines = [...exportText({ db: engine, schema, format }, wish, TextDecoder)]
      .map(({ text }) => text)
      .join('')
    for (const name of [table, ...columns]) expect(lines).toContain(JSON.stringify(name))
    expect(lines).toContain('"value-39-11"')
    expect(changes(db)).toEqual(before)
    db.close()
  }
  expect(taken.size).toBeGreaterThan(1000)
})
