// The log of all that sharing did. An attempt is written before the network is touched, its outcome after. Each
// entry's hash covers the one before it, so an entry that was changed, taken out or put in between shows.
import { createHash } from 'node:crypto'
import { entryIn, number, text } from './database.ts'
import type { Database } from './database.ts'

export type Entry =
  | {
      readonly what: 'attempt'
      readonly destination: string
      readonly address: string
      readonly method: string
      /** Of the batch and its part: the same for each attempt at the same bytes. */
      readonly key: string
      /** The reports' days and formats, for whoever reads the log. */
      readonly about: readonly string[]
      /** As previewed, with marks where keys go. */
      readonly body: string
      /** Of the body that is carried, keys put in, before any content coding. */
      readonly bytes: number
      readonly sha256: string
    }
  | {
      readonly what: 'outcome'
      /** The number of the attempt's entry. */
      readonly of: number
      readonly outcome:
        'delivered' | 'duplicate' | 'later' | 'refused' | 'too large' | 'no answer' | 'unclear'
      readonly status: number | null
      /** What the destination answered, or what went wrong. */
      readonly told: string
    }
  | {
      readonly what: 'dropped'
      readonly destination: string
      readonly key: string
      readonly about: readonly string[]
      readonly why: 'full' | 'too old' | 'split' | 'off' | 'changed'
    }
  | { readonly what: 'on'; readonly level: string }
  | { readonly what: 'off' }

export interface Logged {
  readonly seq: number
  readonly at: string
  readonly entry: Entry
}

const start = '0'.repeat(64)

export class Log {
  readonly #db: Database
  readonly #now: () => number
  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** Gives the entry's number. It belongs to the transaction it is written in. */
  write(entry: Entry): number {
    return this.#db.whole(() => {
      const last = this.#db.first('SELECT hash FROM log ORDER BY seq DESC LIMIT 1')
      const written = JSON.stringify({ at: new Date(this.#now()).toISOString(), ...entry })
      const hash = chain(text(last, 'hash') || start, written)
      this.#db.run(
        'INSERT INTO kept VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
        'log',
        hash,
      )
      return this.#db.run('INSERT INTO log (entry, hash) VALUES (?, ?)', written, hash).last
    })
  }

  /** The newest first; those that hold the words. */
  read(words: string, most: number): Logged[] {
    const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`
    return this.#db
      .all("SELECT seq, entry FROM log WHERE entry LIKE ? ESCAPE '\\' ORDER BY seq DESC LIMIT ?", like, most)
      .map((row) => {
        const { at, ...entry } = entryIn(row)
        return { seq: number(row, 'seq'), at, entry }
      })
  }

  /** The number of the first entry that isn't as it was written; null where all are. */
  verify(): { readonly entries: number; readonly broken: number | null } {
    let hash = start
    let expected: number | null = null
    let entries = 0
    for (const row of this.#db.all('SELECT seq, entry, hash FROM log ORDER BY seq')) {
      const seq = number(row, 'seq')
      hash = chain(hash, text(row, 'entry'))
      if (hash !== row['hash'] || (expected !== null && seq !== expected)) return { entries, broken: seq }
      expected = seq + 1
      entries++
    }
    const kept = text(this.#db.first('SELECT value FROM kept WHERE name = ?', 'log'), 'value')
    return { entries, broken: kept === '' || kept === hash ? null : (expected ?? 1) }
  }
}

const chain = (before: string, written: string): string =>
  createHash('sha256').update(`${before}\n${written}`).digest('hex')
