// What a deletion sets off. SQLite itself is asked: while it prepares the statement it names every table that a trigger
// would touch. A trigger that only keeps a full-text index in step is let run, and the index is made anew afterwards,
// because such triggers break more indexes than they keep; any other could block the deletion or write elsewhere.
import { constants } from 'node:sqlite'
import type { DatabaseSync } from 'node:sqlite'
import { quote } from '../../shared/viewer/sqlite.ts'
import { nativeSqlite } from '../file/native.ts'

const writes: ReadonlySet<number> = new Set([
  constants.SQLITE_INSERT,
  constants.SQLITE_UPDATE,
  constants.SQLITE_DELETE,
])

export interface FullText {
  readonly name: string
  /** The table that it is an index of; null where it keeps its own texts. */
  readonly content: string | null
  /** It keeps words without their texts, so it can't be made anew. */
  readonly contentless: boolean
  /** Its rows are those of the other table by a row number that a rewrite of the file may change. */
  readonly byRowNumber: boolean
}

export interface Triggered {
  /** The first trigger that does anything else than keep a full-text index in step. */
  readonly blocking: string | null
  /** Full-text indexes that triggers write into. */
  readonly fullText: ReadonlySet<string>
}

/** Of the triggers that deleting from these tables would set off. */
export function triggeredBy(
  db: DatabaseSync,
  tables: readonly string[],
  indexes: readonly FullText[],
): Triggered {
  const renewable = indexes.filter(({ contentless }) => !contentless)
  const known = new Map(renewable.map(({ name }) => [name.toLowerCase(), name]))
  const touched = new Set<string>()
  const seen = new Set<string>()
  const elsewhere = new Set<string>()
  db.setAuthorizer((action, first, _second, _database, trigger) => {
    if (trigger === null) return constants.SQLITE_OK
    seen.add(trigger)
    if (writes.has(action)) {
      const index = known.get(String(first).toLowerCase())
      if (index === undefined) elsewhere.add(trigger)
      else touched.add(index)
    }
    return constants.SQLITE_OK
  })
  try {
    for (const table of tables) db.prepare(`DELETE FROM main.${quote(table)} WHERE 0`)
  } finally {
    db.setAuthorizer(null)
  }
  const raising = [...seen].filter((name) => elsewhere.has(name) || /\braise\b/i.test(sqlOf(db, name)))
  return { blocking: raising[0] ?? null, fullText: touched }
}

function sqlOf(db: DatabaseSync, trigger: string): string {
  const [row] = nativeSqlite(db).rows(
    "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ? COLLATE NOCASE",
    [trigger],
  )
  return String(row?.[0])
}

/** The full-text indexes of a file, by what their own definitions say. */
export function fullTextIn(db: DatabaseSync): FullText[] {
  const found = nativeSqlite(db).rows(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'create virtual table%'",
  )
  return Array.from(found, ([name, sql]) => ({ name: String(name), sql: String(sql) })).flatMap(
    ({ name, sql }): FullText[] => {
      if (!/\busing\s+fts[345]\b/i.test(sql)) return []
      const content = optionOf(sql, 'content')
      // Its rows are numbered as those of another table, if of any; which one stands only in the tool's own code.
      if (content === null || content === '')
        return [{ name, content: null, contentless: content === '', byRowNumber: true }]
      const key = optionOf(sql, 'content_rowid')
      return [{ name, content, contentless: false, byRowNumber: !hasOwnNumber(db, content, key) }]
    },
  )
}

/** `content=exchanges`, `content="exchanges"`; null where it isn't said. */
function optionOf(sql: string, option: string): string | null {
  const said = new RegExp(
    `[(,]\\s*${option}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|\`([^\`]*)\`|\\[([^\\]]*)\\]|([^\\s,)]*))`,
    'i',
  ).exec(sql)
  return said === null ? null : (said.slice(1).find(Boolean) ?? '')
}

/** Whether a table's row numbers are a column of its own, which a rewrite of the file leaves as it is. */
function hasOwnNumber(db: DatabaseSync, table: string, key: string | null): boolean {
  const columns = [...nativeSqlite(db).rows('SELECT name, type, pk FROM pragma_table_info(?)', [table])]
  const primary = columns.filter(([, , pk]) => Number(pk) > 0)
  const [own] = primary
  if (primary.length !== 1 || own === undefined || String(own[1]).toUpperCase() !== 'INTEGER') return false
  return key === null || ['rowid', '_rowid_', 'oid', String(own[0]).toLowerCase()].includes(key.toLowerCase())
}

/** A table whose row numbers something in the file speaks of, and which a rewrite of the file could number anew. */
export function numbersPointedAt(
  db: DatabaseSync,
  tables: readonly string[],
  indexes: readonly FullText[],
): string | null {
  const loose = tables.filter((table) => !hasOwnNumber(db, table, null))
  const indexed = indexes.find(
    ({ byRowNumber, content }) => byRowNumber && (content !== null || loose.length > 0),
  )
  if (indexed !== undefined) return indexed.content ?? loose[0] ?? null
  const texts = Array.from(
    nativeSqlite(db).rows(
      "SELECT sql FROM sqlite_schema WHERE type IN ('trigger', 'view') AND sql IS NOT NULL",
    ),
    ([sql]) => String(sql),
  ).filter((sql) => /\b(rowid|_rowid_|oid)\b/i.test(sql))
  return loose.find((table) => texts.some((sql) => sql.toLowerCase().includes(table.toLowerCase()))) ?? null
}
