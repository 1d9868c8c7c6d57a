// Somebody who has the server's whole store, and what a proxy before it could note, and wants to know which of the ids of
// after a day is the one of before it. Each attack looks at one kind of trace; what it finds is compared with guessing.
import type { DatabaseSync } from 'node:sqlite'

export interface Row {
  readonly kind?: string
  readonly [field: string]: string | undefined
}

/** A batch as the store holds it, with what was to be seen of it on the way. */
export interface Trace {
  readonly batch: string
  readonly id: string
  readonly day: string
  readonly received: number
  readonly lastSeen: number
  /** How many lie before it in its table. */
  readonly place: number
  readonly intake: number
  readonly network: string
  readonly sha256: string
  readonly secretHash: string
  readonly body: { readonly os: string; readonly tool_version: string; readonly rows: readonly Row[] }
  readonly length: number
  readonly headers: string
}
/** All that carry one id. */
export type Traces = readonly Trace[]

type Noted = Readonly<Record<string, Pick<Trace, 'length' | 'headers'>>>

export function readTraces(db: DatabaseSync, noted: Noted): Map<string, Trace> {
  const sql = `SELECT events.rowid, events.anonymous_id, seen.id, events.day, seen.received, seen.last_seen, seen.intake, seen.sha256,
    seen.secret_hash, events.network, events.body FROM events JOIN seen ON seen.id = events.seen ORDER BY events.rowid`
  const rows = db.prepare(sql).all()
  return new Map(
    rows.map((row, place) => {
      const batch = String(row['id']).slice('reports '.length)
      const trace: Trace = {
        batch,
        id: String(row['anonymous_id']),
        day: String(row['day']),
        received: Number(row['received']),
        lastSeen: Number(row['last_seen']),
        place,
        intake: Number(row['intake']),
        network: String(row['network']),
        sha256: String(row['sha256']),
        secretHash: String(row['secret_hash']),
        body: JSON.parse(String(row['body'])) as Trace['body'], // a door: the server wrote it
        length: noted[batch]?.length ?? 0,
        headers: noted[batch]?.headers ?? '',
      }
      return [batch, trace]
    }),
  )
}

/** More is more alike. */
type Attack = (before: Traces, after: Traces) => number

const dayLength = 86_400_000
const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length
const weekday = ({ day }: Trace): number => new Date(day).getUTCDay()
const least = (a: Traces, b: Traces, apart: (one: Trace, two: Trace) => number): number =>
  Math.min(...a.flatMap((one) => b.map((two) => apart(one, two))))
const common = (one: string, two: string): number => {
  let length = 0
  while (length < one.length && one[length] === two[length]) length++
  return length
}
const shared = (a: Traces, b: Traces, of: (one: Trace) => string | number): number => {
  const known = new Set(a.map(of))
  return b.filter((one) => known.has(of(one))).length
}

/** By what a batch is carried in and kept under, and not by what it says. */
export const attacks: Readonly<Record<string, Attack>> = {
  'hour of arrival': (a, b) => {
    const hour = (all: Traces): number => mean(all.map(({ received }) => received % dayLength))
    return -Math.abs(hour(a) - hour(b))
  },
  'arrivals close together': (a, b) => -least(a, b, (one, two) => Math.abs(one.received - two.received)),
  'the last copy': (a, b) => -least(a, b, (one, two) => Math.abs(one.lastSeen - two.lastSeen)),
  order: (a, b) => -least(a, b, (one, two) => Math.abs(one.place - two.place)),
  // A Sunday's report is smaller than a Monday's, so each is held against the same day of another week.
  size: (a, b) => {
    const apart = a.flatMap((one) =>
      b.flatMap((two) => (weekday(one) === weekday(two) ? [Math.abs(one.length - two.length)] : [])),
    )
    return apart.length === 0 ? -Infinity : -mean(apart)
  },
  headers: (a, b) => shared(a, b, ({ headers }) => headers),
  network: (a, b) => shared(a, b, ({ network }) => network),
  intake: (a, b) => -least(a, b, (one, two) => Math.abs(one.intake - two.intake)),
  'ids of batches': (a, b) => -least(a, b, (one, two) => -common(one.batch, two.batch)),
  'hashes of secrets': (a, b) => -least(a, b, (one, two) => -common(one.secretHash, two.secretHash)),
  'hashes of bodies': (a, b) => -least(a, b, (one, two) => -common(one.sha256, two.sha256)),
}

/** By how long after its day each batch came, which tells how often the program is open. */
export const byDelay: Attack = (a, b) => {
  const delay = (all: Traces): number => mean(all.map(({ day, received }) => received - Date.parse(day)))
  return -Math.abs(delay(a) - delay(b))
}

/** By all that the reports say: how often each word is told, and with which range. */
export const byContent: Attack = (a, b) => {
  const [one, two] = [wordsOf(a), wordsOf(b)]
  const apart = [...new Set([...one.keys(), ...two.keys()])].map((word) => {
    const [x, y] = [one.get(word) ?? 0, two.get(word) ?? 0]
    return (x - y) ** 2 / (0.02 + (x + y) / 2)
  })
  return -apart.reduce((sum, part) => sum + part, 0)
}

function wordsOf(all: Traces): Map<string, number> {
  const words = new Map<string, number>()
  const add = (word: string): void => void words.set(word, (words.get(word) ?? 0) + 1 / all.length)
  for (const { body } of all) {
    for (const once of [`os ${body.os}`, `version ${body.tool_version}`]) add(once)
    for (const { count, error_rate, median, p95: _, ...subject } of body.rows)
      for (const said of [`count ${count}`, `rate ${error_rate}`, `median ${median}`])
        add(`${JSON.stringify(subject)} ${said}`)
  }
  return words
}

export interface Found {
  /** How many times as often as by guessing the right one was named; of several that seem alike one is guessed. */
  readonly timesChance: number
  /** Where the right one stood among all, on average: 0 first, 1 last, 0.5 by guessing. */
  readonly rank: number
}

/** The nth of before and the nth of after are the same person's. */
export function tryAttack(attack: Attack, before: readonly Traces[], after: readonly Traces[]): Found {
  let right = 0
  let ranks = 0
  for (const [i, a] of before.entries()) {
    const scores = after.map((b) => attack(a, b))
    const own = scores[i] ?? NaN
    const better = scores.filter((score) => score > own).length
    const alike = scores.filter((score) => score === own).length
    if (better === 0) right += 1 / alike
    ranks += (better + (alike - 1) / 2) / (scores.length - 1)
  }
  return { timesChance: right, rank: ranks / before.length }
}
