// How fast a destination may be sent to: so many events a minute and an hour, and never more than fifteen requests
// a minute. What was sent is kept, so that a new start doesn't begin to count anew; and it is counted by a clock
// that can't be set as well, so that setting the machine's clock doesn't open the gate.
import { number } from './database.ts'
import type { Database } from './database.ts'

export interface Limits {
  readonly perMinute: number
  readonly perHour: number
  readonly requestsPerMinute: number
}
export const usualLimits: Limits = { perMinute: 60, perHour: 1000, requestsPerMinute: 15 }

export interface Clock {
  /** Milliseconds since 1970, as the machine has it: it may be set, also backwards. */
  readonly now: () => number
  /** Milliseconds since some moment; it only ever goes forward. */
  readonly steady: () => number
}

const minute = 60_000
const hour = 3_600_000

interface Sent {
  readonly at: number
  readonly events: number
}

export class Pace {
  readonly #db: Database
  readonly #clock: Clock
  readonly #limits: Limits
  /** By the steady clock, since this process began. */
  readonly #lately = new Map<string, Sent[]>()

  constructor(db: Database, clock: Clock, limits: Limits) {
    this.#db = db
    this.#clock = clock
    this.#limits = limits
  }

  /** Milliseconds until so many events may be sent; 0 is now. */
  wait(destination: string, events: number): number {
    const now = this.#clock.now()
    // Written in the future: the clock was set back. It counts as sent just now.
    this.#db.run('UPDATE sent SET at = ? WHERE at > ?', now, now + hour)
    const kept = this.#db
      .all('SELECT at, events FROM sent WHERE destination = ? AND at > ?', destination, now - hour)
      .map((row) => ({ at: number(row, 'at'), events: number(row, 'events') }))
    const lately = this.#lately.get(destination) ?? []
    return Math.max(this.#until(kept, now, events), this.#until(lately, this.#clock.steady(), events))
  }

  #until(sent: readonly Sent[], now: number, events: number): number {
    const { perMinute, perHour, requestsPerMinute } = this.#limits
    return Math.max(
      room(sent, now, minute, perMinute - Math.min(events, perMinute)),
      room(sent, now, hour, perHour - Math.min(events, perHour)),
      room(
        sent.filter(({ at }) => at <= now).map(({ at }) => ({ at, events: 1 })),
        now,
        minute,
        requestsPerMinute - 1,
      ),
    )
  }

  /** More events at once than a minute has room for are counted in the minutes after as well. */
  count(destination: string, events: number): void {
    const now = this.#clock.now()
    const steady = this.#clock.steady()
    this.#db.run('DELETE FROM sent WHERE at < ?', now - 2 * hour)
    const lately = (this.#lately.get(destination) ?? []).filter(({ at }) => at > steady - hour)
    const { perMinute } = this.#limits
    for (let rest = events, later = 0; rest > 0; rest -= perMinute, later += minute) {
      const part = Math.min(rest, perMinute)
      this.#db.run('INSERT INTO sent VALUES (?, ?, ?)', destination, now + later, part)
      lately.push({ at: steady + later, events: part })
    }
    this.#lately.set(destination, lately)
  }
}

/** Until no more than `most` lie in the window that ends then. */
function room(sent: readonly Sent[], now: number, length: number, most: number): number {
  const inside = sent.filter(({ at }) => at > now - length).sort((a, b) => a.at - b.at)
  let sum = inside.reduce((all, { events }) => all + events, 0)
  let until = 0
  for (const { at, events } of inside) {
    if (sum <= most) break
    sum -= events
    until = at + length - now
  }
  return until
}
