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
export async function storedOf(home: RunningHome, anonymousId: string): Promise<Stored[]> {
  const rows = await home.query(
    `SELECT door, kind, day, os, version, CAST(body AS TEXT) AS body FROM events
    WHERE anonymous_id = ? ORDER BY received, at, kind`,
    anonymousId,
  )
  return rows.map(withBody)
}

/** Everything that a door has kept of nobody in particular. */
export async function storedBy(home: RunningHome, door: string): Promise<Stored[]> {
  const rows = await home.query(
    `SELECT door, kind, day, os, version, CAST(body AS TEXT) AS body FROM events
    WHERE door = ? ORDER BY received, at, kind`,
    door,
  )
  return rows.map(withBody)
}

const withBody = ({ body, ...row }: Record<string, unknown>): Stored =>
  ({ ...row, body: JSON.parse(String(body)) as unknown }) as Stored

export async function countOf(home: RunningHome, door: string): Promise<number> {
  const [row] = await home.query('SELECT count(*) AS n FROM events WHERE door = ?', door)
  return Number(row?.['n'])
}
