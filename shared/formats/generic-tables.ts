// Which table holds the events: one whose rows have a time of their own, that grows, and that is named like what
// happens rather than like what is. Look-up tables, settings, and sums made of other tables are none.
import { guessTime, timeName } from './guess-time.ts'
import type { Confidence, TimeGuess } from './guess-time.ts'
import type { SampledColumn, SampledTable } from './generic-sample.ts'

export interface TimeColumn {
  readonly column: string
  readonly guess: TimeGuess
  readonly score: number
  /** A column that holds the nanoseconds after this one's seconds. */
  readonly nanoseconds: string | null
}

export interface TableGuess {
  readonly table: SampledTable
  /** Best first, never empty. */
  readonly times: readonly [TimeColumn, ...TimeColumn[]]
  readonly score: number
}

const worth: Readonly<Record<Confidence, number>> = { sure: 2, likely: 1, unsure: 0 }

/** Words of a name: moz_historyvisits, ZSTARTDATE and hitCounts alike, in lower case. */
export const wordsOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()

const startWords =
  /(^|_)(ts|time|timestamp|datetime|date|when|visit|created|create|start|started|begin|fired|occurred|logged|recorded)|^z?start|^time_?created/
const endWords =
  /(^|_)(last|updated|update|modified|end|ended|finish|finished|completed|expires?|expiry|deleted|seen|synced|sync|sent|received|next|until|archived|accessed|closed|installed|checked|purged)(_|$)|^z?(end|modification|local)/
const exactWords =
  /^(ts|time|timestamp|datetime|date|event_time|visit_(time|date)|start_?time|created_timestamp)$|time_fired|^zstartdate$/

function timeColumns(table: SampledTable): TimeColumn[] {
  return table.columns
    .flatMap((column) => {
      const hint = { table: table.name, column: column.name, declared: column.declared }
      const guess = guessTime(column.values, hint)
      if (guess === null) return []
      const nanoseconds = guess.encoding === 'seconds' ? findNanoseconds(table, column.name) : null
      return [{ column: column.name, guess, nanoseconds, score: scoreTime(column, guess) }]
    })
    .sort((a, b) => b.score - a.score)
}

function scoreTime(column: SampledColumn, guess: TimeGuess): number {
  const name = wordsOf(column.name)
  const present = column.values.filter((value) => value !== null).length / Math.max(1, column.values.length)
  const named = timeName({ column: column.name, declared: column.declared })
  const isId = guess.encoding === 'uuid7' || guess.encoding === 'ulid'
  return (
    guess.fit +
    worth[guess.confidence] / 2 +
    2 * present +
    (endWords.test(name) ? -1 : startWords.test(name) ? 1 : 0) +
    (exactWords.test(name) ? 0.5 : 0) +
    (guess.encoding === 'milliseconds' ? 0.1 : 0) +
    (isId && named <= 0 ? -3 : 0) +
    (named < 0 && !isId ? -2 : 0)
  )
}

function findNanoseconds(table: SampledTable, time: string): string | null {
  const names = [`${time}_nanos`, `${time}_ns`, `${time}_nsec`, `${time}_nanoseconds`]
  const found = table.columns.find(({ name }) => names.includes(name))
  const fits = found?.values.every(
    (value) => value === null || (typeof value === 'bigint' && value >= 0n && value < 1_000_000_000n),
  )
  return found !== undefined && fits === true ? found.name : null
}

const happens =
  /event|visit|message|log|hit|history|heartbeat|exchange|state|record|request|call|execution|activit|metric|measurement|reading|turn|response|entries|entry|transaction|sample|sighting|play|trip/
const lasts = /session|thread|object|task|job|run|span/
const is =
  /(^|_)(migrations?|schema|versions?|meta|metadata|config|configs|settings?|prefs?|preferences|cache|bookmarks?|favicons?|icons?|keywords?|lookups?|statistics|stats?|summar(y|ies)|rollups?|counts?|totals|backups?|old|tmp|temp|deleted|sync|users?|accounts?|sites?|projects?|profiles?|devices?|origins?|buckets?|places|paths?|urls?|truth|truths|types?|attributes?|tags?|labels?|aliases|alias|attachments?|files?|locks?|queue|db|sequences?|items|parts?|short|changes|runs|annos|annotations)(_|$)|^sqlite|^_/

const namePoints = (table: string): number => {
  const name = wordsOf(table)
  return (
    (happens.test(name) ? 2 : lasts.test(name) ? 1 : 0) +
    (is.test(name) ? -3 : 0) +
    (/^z?states?$/.test(name) ? 0.5 : 0)
  )
}

/** Tables with a time, most likely first. `pointedAt` are the tables that others look names up in. */
export function rankTables(tables: readonly SampledTable[], pointedAt: ReadonlySet<string>): TableGuess[] {
  return tables
    .flatMap((table) => {
      const [first, ...rest] = timeColumns(table)
      if (first === undefined || table.rows === 0) return []
      const named = wordsOf(first.column)
      const score =
        1.5 * Math.log10(table.rows + 1) +
        worth[first.guess.confidence] +
        (first.score < 1 ? -2 : 0) +
        (endWords.test(named) ? -0.5 : 0.5) +
        (pointedAt.has(table.name) ? -1 : 0) +
        namePoints(table.name)
      return [{ table, times: [first, ...rest] as const, score }]
    })
    .sort((a, b) => b.score - a.score)
}
