// What the suite reads of a home's store about what came through the doors of other protocols.
import type { RunningHome } from './home.ts'

export interface Stored {
  readonly door: string
  readonly kind: string
  readonly day: string
  readonly os: string | null
  readonly version: string | null
  readonly body: Readonly<Record<string, unknown>>
}

/** Everything that is kept under an anonymous id, in the order in which it came. */
export const storedOf = (home: RunningHome, anonymousId: string): Promise<Stored[]> =>
  stored(home, 'anonymous_id', anonymousId)

/** Everything that a door has kept. */
export const storedBy = (home: RunningHome, door: string): Promise<Stored[]> => stored(home, 'door', door)

async function stored(home: RunningHome, column: 'anonymous_id' | 'door', value: string): Promise<Stored[]> {
  const rows = await home.query(
    `SELECT door, kind, day, os, version, CAST(body AS TEXT) AS body FROM events
    WHERE ${column} = ? ORDER BY received, at, kind`,
    value,
  )
  return rows.map(withBody)
}

const withBody = ({ body, ...row }: Record<string, unknown>): Stored =>
  ({ ...row, body: JSON.parse(String(body)) as unknown }) as Stored

export async function countOf(home: RunningHome, door: string): Promise<number> {
  const [row] = await home.query('SELECT count(*) AS n FROM events WHERE door = ?', door)
  return Number(row?.['n'])
}
