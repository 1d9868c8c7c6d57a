// What comes in, once. Insert-or-ignore decides what is new, and each request's own number marks its rows, so that
// everything after it, the limits too, acts on these alone: a copy of something known changes and costs nothing.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import type { Here } from './door.ts'
import { chargeFresh, fullLimit } from './limits.ts'
import type { Limit, Limited } from './limits.ts'
import { enqueue } from './router/queue.ts'
import { numberIn, textIn } from './store.ts'
import type { Row, Statement, Store, StoreFailure, Value } from './store.ts'
import { dayOf } from './totals.ts'

/** What is kept of something that was sent, in words of the list of fields. */
export interface KeptEvent {
  readonly kind: string
  readonly anonymousId: string | null
  /** In UTC. */
  readonly day: string
  /** Milliseconds since 1970, where it tells more than the day. */
  readonly at: number | null
  readonly os: string | null
  readonly version: string | null
  readonly body: Readonly<Record<string, unknown>>
  /** Where it isn't the intake's. */
  readonly network?: string | null
}

/** What counts once: a batch of reports, or one event. */
export interface Piece {
  /** Unique within its door. */
  readonly id: string
  /** Of the body as it was received, in hex, where a repetition must be told from another body under the same id. */
  readonly sha256?: string
  /** What a deletion must show the secret of. */
  readonly secretHash?: string
  readonly events: readonly KeptEvent[]
}

export interface Intake {
  readonly door: string
  readonly received: number
  /** The key of the day for the sender's network; null where nobody asks for it. */
  readonly network: string | null
  readonly pieces: readonly Piece[]
  readonly limits: readonly Limit[]
  /** Names of destinations that what is new is forwarded to. */
  readonly targets: readonly string[]
}

export interface Seen {
  /** Whether this request brought it. */
  readonly fresh: boolean
  readonly sha256: string
  /** When it came first. */
  readonly received: number
}

export type Taken =
  /** By the id of each piece. One that was deleted is missing, and stays so. */
  { readonly kind: 'taken'; readonly seen: ReadonlyMap<string, Seen> } | Limited
/** The id of a piece in the store. */
export const seenId = (door: string, id: string): string => `${door} ${id}`

export async function take(
  { store, points }: Pick<Here, 'store' | 'points'>,
  intake: Intake,
): Promise<Result<Taken, StoreFailure>> {
  // In one order everywhere, so that two transactions rarely wait for each other.
  const byId = new Map(intake.pieces.map((piece) => [piece.id, piece]))
  const pieces = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  const done = await store.run(statementsOf(store, { ...intake, pieces }, number))
  if (done.ok) {
    const seen = new Map(
      (done.value.at(-1) ?? []).map((row) => [bareId(intake.door, row), seenOf(row, number)]),
    )
    const fresh = pieces.filter(({ id }) => seen.get(id)?.fresh === true)
    const events = fresh.flatMap((piece) => piece.events)
    if (events.length > 0) await points.add({ door: intake.door, events, day: dayOf(intake.received) })
    return ok({ kind: 'taken', seen })
  }
  return done.error === 'unavailable' ? fail('unavailable') : fullLimit(store, intake.limits)
}

const bareId = (door: string, row: Row): string => textIn(row, 'id').slice(door.length + 1)
const seenOf = (row: Row, number: number): Seen => ({
  fresh: numberIn(row, 'intake') === number,
  sha256: textIn(row, 'sha256'),
  received: numberIn(row, 'received'),
})

function statementsOf(store: Store, intake: Intake, number: number): Statement[] {
  const { each } = store.dialect
  const { door, received, pieces, limits } = intake
  const claims = JSON.stringify(
    pieces.map(({ id, sha256, secretHash }) => ({ id: seenId(door, id), sha256, secretHash })),
  )
  const statements: Statement[] = [
    {
      sql: `INSERT INTO seen (id, door, sha256, secret_hash, received, intake, last_seen)
        SELECT e.value->>'id', CAST(? AS TEXT), e.value->>'sha256', e.value->>'secretHash', CAST(? AS BIGINT),
          CAST(? AS BIGINT), CAST(? AS BIGINT)
        FROM ${each}
        WHERE NOT EXISTS (SELECT 1 FROM deletions AS d
          WHERE d.id = e.value->>'id' AND d.secret_hash = e.value->>'secretHash')
        ON CONFLICT (id) DO NOTHING`,
      values: [door, received, number, received, claims],
    },
    {
      sql: `UPDATE seen SET duplicates = duplicates + 1, last_seen = CAST(? AS BIGINT)
        FROM ${each}
        WHERE seen.id = e.value->>'id' AND seen.intake <> CAST(? AS BIGINT)
          AND coalesce(seen.sha256, '') = coalesce(e.value->>'sha256', '')`,
      values: [received, claims, number],
    },
  ]
  statements.push(...putEvents(store, intake, number))
  if (intake.targets.length > 0) statements.push(enqueue(store, intake.targets, claims, number, received))
  if (limits.length > 0) statements.push(chargeFresh(store, limits, claims, number))
  statements.push({
    sql: `SELECT id, sha256, received, intake FROM seen WHERE id IN (SELECT e.value->>'id' FROM ${each})`,
    values: [claims],
  })
  return statements
}

/** The events of the pieces that this request brought, and of no other. */
function putEvents({ dialect }: Store, intake: Intake, number: number): Statement[] {
  const rows = rowsOf(intake, number)
  const { place, json, each } = dialect
  const put = (values: string, from: string): string => `INSERT ${dialect.orFail}INTO events
    (position, kind, anonymous_id, day, at, network, os, version, body${place}, seen, door, received)
    SELECT ${values}, seen.id, seen.door, seen.received FROM ${from}`
  if (dialect.repeats)
    return [{ sql: put('?, ?, ?, ?, ?, ?, ?, ?, ?, ?', 'seen WHERE seen.id = ? AND seen.intake = ?'), rows }]
  const values = `CAST(e.value->>0 AS BIGINT), e.value->>1, e.value->>2, e.value->>3, CAST(e.value->>4 AS BIGINT),
    e.value->>5, e.value->>6, e.value->>7, ${json('e.value->>8')}${place && ', CAST(e.value->>9 AS BIGINT)'}`
  const from = `${each} JOIN seen ON seen.id = e.value->>10 AND seen.intake = CAST(e.value->>11 AS BIGINT)`
  return inParts(rows.map((row) => JSON.stringify(row))).map((some) => ({
    sql: put(values, from),
    values: [some],
  }))
}

/** By position and not by name: an engine finds its values in half the time. */
function rowsOf({ door, network, pieces }: Intake, number: number): Value[][] {
  const rows: Value[][] = []
  const place = anyPlace()
  for (const { id, events } of pieces) {
    const seen = seenId(door, id)
    for (const [position, event] of events.entries()) {
      const { kind, anonymousId, day, at, os, version, body, network: from = network } = event
      const said = [position, kind, anonymousId, day, at, from, os, version, JSON.stringify(body)]
      rows.push([...said, place + rows.length, seen, number])
    }
  }
  return rows
}

/** What came together lies together, but anywhere among the others: 43 random bits, and room for a thousand rows. */
function anyPlace(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return ((high % 2 ** 11) * 2 ** 32 + low) * 1024
}

/** What one value of a statement may hold: D1 takes texts up to 2 MB. */
const partLength = 500_000

function inParts(rows: readonly string[]): string[] {
  const parts: string[][] = []
  let room = 0
  for (const row of rows) {
    if (row.length > room || parts.length === 0) {
      parts.push([])
      room = partLength
    }
    parts.at(-1)?.push(row)
    room -= row.length + 1
  }
  return parts.map((some) => `[${some.join(',')}]`)
}
