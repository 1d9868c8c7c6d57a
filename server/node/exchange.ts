// Everything out of a store, and into another one, whichever engines the two stand on: JSON Lines, one row of a table a
// line. The same rows as SQL go into D1 by wrangler, and come back as what it writes; the events alone as CSV go into a
// spreadsheet.
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as v from 'valibot'
import { server as words } from '../../shared/words/en-server.ts'
import { csvOf } from '../../shared/writers/csv.ts'
import type { CsvCell } from '../../shared/writers/csv.ts'
import type { Row, Statement, Store } from '../store.ts'
import { openSqliteStore } from '../stores/sqlite.ts'
import { Explained, explaining } from './explained.ts'
import { migrationsFor } from './migrations.ts'
import { given } from './place.ts'

export const exportFormats = ['jsonl', 'sql', 'csv'] as const
type ExportFormat = (typeof exportFormats)[number]

interface Table {
  readonly columns: readonly string[]
  /** Columns that are numbers. */
  readonly numbers: readonly string[]
  /** In which order its rows can be read in pieces. */
  readonly order: readonly string[]
}

const tables = {
  seen: {
    columns: ['id', 'door', 'sha256', 'secret_hash', 'received', 'intake', 'duplicates', 'last_seen'],
    numbers: ['received', 'intake', 'duplicates', 'last_seen'],
    order: ['id'],
  },
  events: {
    columns: [
      ...['seen', 'position', 'door', 'kind', 'anonymous_id', 'day', 'at', 'received', 'network', 'os'],
      ...['version', 'body'],
    ],
    numbers: ['position', 'at', 'received'],
    order: ['seen', 'position'],
  },
  deletions: { columns: ['id', 'secret_hash', 'at'], numbers: ['at'], order: ['id', 'secret_hash'] },
  totals: {
    columns: ['day', 'door', 'what', 'n', 'last_seen'],
    numbers: ['n', 'last_seen'],
    order: ['day', 'door', 'what'],
  },
  documents: { columns: ['name', 'made', 'body'], numbers: ['made'], order: ['name'] },
} as const satisfies Readonly<Record<string, Table>>
type TableName = keyof typeof tables
const tableNames = [
  'seen',
  'events',
  'deletions',
  'totals',
  'documents',
] as const satisfies readonly TableName[]

const pageSize = 2000

/** A table's rows, piece by piece: memory doesn't grow with it. */
async function* rowsOf(store: Store, name: TableName): AsyncGenerator<readonly Row[]> {
  const { columns, order }: Table = tables[name]
  const wanted = columns
    .map((column) => (column === 'body' ? 'CAST(body AS TEXT) AS body' : column))
    .join(', ')
  let last: Row | undefined
  for (;;) {
    const from = last
    const after =
      from === undefined ? '' : `WHERE (${order.join(', ')}) > (${order.map(() => '?').join(', ')})`
    const done = await store.run([
      {
        sql: `SELECT ${wanted} FROM ${name} ${after} ORDER BY ${order.join(', ')} LIMIT ${pageSize}`,
        values: from === undefined ? [] : order.map((column) => valueOf(from[column])),
      },
    ])
    const rows = given(done)[0] ?? []
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) return
    last = rows.at(-1)
  }
}

const valueOf = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null

export async function exportStore(store: Store, path: string): Promise<void> {
  const format = exportFormats.find((one) => path.endsWith(`.${one}`))
  if (format === undefined) throw new Explained(words.exportsAs(exportFormats))
  if (existsSync(path)) throw new Explained(words.fileExists(path))
  await pipeline(Readable.from(textOf(store, format)), createWriteStream(path, { mode: 0o600 }))
}

async function* textOf(store: Store, format: ExportFormat): AsyncGenerator<string> {
  if (format === 'csv') yield csvOf([[...tables.events.columns]])
  for (const name of format === 'csv' ? (['events'] as const) : tableNames) {
    const { columns }: Table = tables[name]
    for await (const rows of rowsOf(store, name))
      if (format === 'jsonl') yield rows.map((row) => `${JSON.stringify({ table: name, row })}\n`).join('')
      else if (format === 'sql') yield rows.map((row) => insertOf(name, columns, row)).join('')
      else yield csvOf(rows.map((row) => columns.map((column): CsvCell => valueOf(row[column]))))
  }
}

const insertOf = (name: string, columns: readonly string[], row: Row): string =>
  `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map((column) => literal(row[column])).join(', ')}) ON CONFLICT DO NOTHING;\n`

function literal(value: unknown): string {
  const plain = valueOf(value)
  if (plain === null) return 'NULL'
  return typeof plain === 'number' ? String(plain) : `'${plain.replaceAll("'", "''")}'`
}

const Told = v.object({
  table: v.picklist(tableNames),
  row: v.record(v.string(), v.nullable(v.union([v.string(), v.number()]))),
})
const Line = v.pipe(v.string(), v.parseJson(), Told)

type Piece = readonly v.InferOutput<typeof Told>[]

/** What is there already stays as it is: an import can be broken off and done again. Answers how many rows came. */
export async function importStore(store: Store, path: string): Promise<number> {
  if (!existsSync(path)) throw new Explained(words.noFile(path))
  let n = 0
  for await (const piece of path.endsWith('.sql') ? piecesOfDump(path) : piecesOfLines(path)) {
    given(await store.run(insertsOf(store, piece)))
    n += piece.length
  }
  return n
}

async function* piecesOfLines(path: string): AsyncGenerator<Piece> {
  let at = 0
  let piece: v.InferOutput<typeof Told>[] = []
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    at++
    const read = v.safeParse(Line, line)
    if (!read.success) throw new Explained(words.notExported(path, at))
    piece.push(read.output)
    if (piece.length === pageSize) {
      yield piece
      piece = []
    }
  }
  yield piece
}

/** Statements that make a whole store, as `wrangler d1 export` writes them, or fill one, as our own export does. */
async function* piecesOfDump(path: string): AsyncGenerator<Piece> {
  const dump = readFileSync(path, 'utf8')
  const isWhole = /^CREATE TABLE/m.test(dump)
  const made = await explaining(
    async () => openSqliteStore(':memory:', [...(isWhole ? [] : migrationsFor('sqlite')), dump]),
    (why) => words.noDump(path, why),
  )
  try {
    for (const table of tableNames)
      for await (const rows of rowsOf(made, table)) yield rows.map((row) => v.parse(Told, { table, row }))
  } finally {
    await made.close()
  }
}

function insertsOf({ dialect }: Store, piece: Piece): Statement[] {
  return tableNames.flatMap((name) => {
    const { columns, numbers }: Table = tables[name]
    const rows = piece.filter(({ table }) => table === name).map(({ row }) => row)
    if (rows.length === 0) return []
    const read = columns.map((column) => {
      const value = `e.value->>'${column}'`
      if (numbers.includes(column)) return `CAST(${value} AS BIGINT)`
      return column === 'body' && name === 'events' ? dialect.json(value) : value
    })
    // Events have no key of their own: they come with the piece that they belong to, or not at all.
    const once =
      name === 'events'
        ? `WHERE NOT EXISTS (SELECT 1 FROM events AS known WHERE known.seen = e.value->>'seen'
            AND known.position = CAST(e.value->>'position' AS BIGINT))`
        : 'WHERE true ON CONFLICT DO NOTHING'
    const sql = `INSERT INTO ${name} (${columns.join(', ')}) SELECT ${read.join(', ')} FROM ${dialect.each} ${once}`
    return [{ sql, values: [JSON.stringify(rows)] }]
  })
}
