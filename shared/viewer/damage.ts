// Looks through a whole database for damage. SQLite reads a damaged file without a word as long as it meets no page
// that contradicts another, so figures may be incomplete although nothing failed.
import type { Sqlite } from './sqlite.ts'

const words: readonly (readonly [RegExp, string])[] = [
  [/^malformed database schema/, 'schema'],
  [/malformed|corrupt/, 'pages'],
  [/too big|too long|longer than/, 'cell'],
  [/disk I\/O/, 'disk'],
  [/memory/, 'memory'],
]

/** A word that words/en.ts has a sentence for: SQLite's own messages quote names and cells of the file. */
export function nameDamage(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const missing = /^no such module: (\w{1,40})$/.exec(message)?.[1]
  if (missing !== undefined) return `module ${missing}`
  return words.find(([pattern]) => pattern.test(message))?.[1] ?? 'unreadable'
}

const mostProblems = 20
const mostLetters = 200

/** In SQLite's own words, which name tables, pages and rows, never what is in them. None: it is sound. */
export function findDamage(db: Sqlite): string[] {
  // Rules of the file's own may take as long as they like, and their breach is no damage.
  Array.from(db.rows('PRAGMA ignore_check_constraints = ON'))
  try {
    return Array.from(db.rows(`PRAGMA quick_check(${mostProblems})`), ([line]) =>
      printable(String(line)),
    ).filter((line) => line !== 'ok')
  } catch (error) {
    // A table that can't even be looked at is damage too; a lock, or a disk that gives nothing, is not.
    if (!(error instanceof Error) || /is locked|disk I\/O|out of memory/.test(error.message)) throw error
    return [printable(error.message)]
  }
}

function printable(line: string): string {
  return line.replace(/\p{C}/gu, '?').slice(0, mostLetters)
}
