// Looks for words in every text of the rows, newest first, so that the first hits are those on the screen. SQLite's
// LIKE ignores the case of ASCII letters only: letters beyond are left open in its pattern, and rows that fit are
// looked at once more here.
import type { Batch } from './asks.ts'
import type { Part } from './parts.ts'
import type { Row, Sqlite } from './sqlite.ts'
import { columnOf } from './values.ts'

const firstSpan = 2000
const span = 20_000
const highest = 2n ** 63n - 1n

interface Match {
  readonly sql: string
  /** Columns that must be looked at here as well; none where SQLite's answer is good. */
  readonly looksAt: readonly string[]
  fits(row: Row, from: number): boolean
}
interface Found {
  readonly rows: number[]
  readonly looked: number
}

export function* search(
  db: Sqlite,
  parts: readonly Part[],
  words: readonly string[],
  after: number | null,
): Generator<Batch> {
  const wanted = after === null ? parts : parts.slice(0, 1)
  const total = after === null ? wanted.reduce((sum, part) => sum + part.count(), 0) : 0
  let done = 0
  for (const [i, part] of wanted.entries()) {
    const match = matching(part.table.columns, words)
    const numbers = i === 0 ? part.rowid : null
    const found =
      numbers === null ? byPlaces(db, part, match, done) : byNumbers(db, part, numbers, match, after)
    for (const { rows, looked } of found) {
      done += looked
      yield { by: numbers === null ? 'place' : 'rowid', rows, done, total: Math.max(done, total) }
    }
  }
}

/** Span by span: how far it is can be told, and nobody waits long for a turn. */
function* byNumbers(
  db: Sqlite,
  part: Part,
  rowid: string,
  match: Match,
  after: number | null,
): Generator<Found> {
  const id = `e.${rowid}`
  const least = after === null ? -highest : BigInt(after) + 1n
  const inSpan = `${part.from} ${part.and} ${id} BETWEEN ? AND ?`
  const selected = [id, ...match.looksAt].join(', ')
  let high = highest
  for (let size = firstSpan; high >= least; size = span) {
    const [bounds] = db.rows(
      `SELECT min(n), count(*) FROM (SELECT ${id} AS n ${inSpan} ORDER BY n DESC LIMIT ${size})`,
      [least, high],
    )
    const looked = Number(bounds?.[1] ?? 0)
    if (looked === 0) return
    const low = BigInt(String(bounds?.[0]))
    const rows: number[] = []
    for (const row of db.rows(`SELECT ${selected} ${inSpan} AND ${match.sql} ORDER BY ${id} DESC`, [
      low,
      high,
    ]))
      if (match.fits(row, 1)) rows.push(Number(row[0]))
    yield { rows, looked }
    if (looked < size) return
    high = low - 1n
  }
}

/** Without row numbers one walk through all of it, counting the places. */
function* byPlaces(db: Sqlite, part: Part, match: Match, first: number): Generator<Found> {
  const selected = [match.sql, ...match.looksAt].join(', ')
  let rows: number[] = []
  let looked = 0
  let place = first
  for (const row of db.rows(`SELECT ${selected} ${part.from} ORDER BY ${part.order}`)) {
    if (row[0] === 1n && match.fits(row, 1)) rows.push(place)
    place++
    if (++looked < span) continue
    yield { rows, looked }
    rows = []
    looked = 0
  }
  yield { rows, looked }
}

function matching(columns: readonly string[], words: readonly string[]): Match {
  const texts = columns.map((column) => columnOf('e', column))
  const contains = (word: string): string => {
    const pattern = patternOf(word)
    return anyOf(texts.map((text) => `(typeof(${text}) = 'text' AND ${text} LIKE ${pattern} ESCAPE '\\')`))
  }
  const sql = words.length === 0 ? '1' : `(${words.map(contains).join(' AND ')})`
  if (words.every(isAscii)) return { sql, looksAt: [], fits: () => true }
  const folded = words.map(fold)
  return {
    sql,
    looksAt: texts.map((text) => `CASE typeof(${text}) WHEN 'text' THEN ${text} END`),
    fits: (row, from) => {
      const found = row.slice(from).map((cell) => (typeof cell === 'string' ? fold(cell) : ''))
      return folded.every((word) => found.some((text) => text.includes(word)))
    },
  }
}

/** As a tree, because SQLite follows no more than a thousand ORs in a row. */
function anyOf(conditions: readonly string[]): string {
  if (conditions.length <= 1) return conditions[0] ?? '0'
  const middle = conditions.length >> 1
  return `(${anyOf(conditions.slice(0, middle))} OR ${anyOf(conditions.slice(middle))})`
}

const patternOf = (word: string): string =>
  `'%${Array.from(word.replaceAll('\0', ''), (letter) =>
    isAscii(letter) ? letter.replace(/[%_\\]/, '\\$&').replace("'", "''") : '%',
  ).join('')}%'`

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text)
const fold = (text: string): string => text.toLowerCase()
