// The database of sharing with all that lies in it, opened at its first use and kept open while the program runs.
import { existsSync } from 'node:fs'
import { Database, databasePath } from './database.ts'
import { Log } from './log.ts'
import { Outbox } from './outbox.ts'
import { Pace, usualLimits } from './pace.ts'
import type { Clock } from './pace.ts'

export interface Opened {
  readonly db: Database
  readonly log: Log
  readonly outbox: Outbox
  readonly pace: Pace
}

export class Store {
  readonly #folder: string
  readonly #clock: Clock
  #opened: Opened | null = null

  constructor(folder: string, clock: Clock) {
    this.#folder = folder
    this.#clock = clock
  }

  open(): Opened {
    if (this.#opened === null) {
      const db = new Database(this.#folder)
      const log = new Log(db, this.#clock.now)
      const outbox = new Outbox(db, log, this.#clock.now)
      this.#opened = { db, log, outbox, pace: new Pace(db, this.#clock, usualLimits) }
    }
    return this.#opened
  }

  /** Null where sharing was never on: to look must not make anything. */
  look(): Opened | null {
    return this.#opened !== null || existsSync(databasePath(this.#folder)) ? this.open() : null
  }

  kept(name: string): string | null {
    return this.look()?.db.kept(name) ?? null
  }

  keep(name: string, value: string): void {
    this.open().db.keep(name, value)
  }

  close(): void {
    this.#opened?.db.close()
    this.#opened = null
  }
}
