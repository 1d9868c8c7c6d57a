// Switching sharing on and off. On is one small file, written whole, and an id drawn at random. Off takes that file
// away before anything else, so that whatever is asked afterwards hears "off"; then what is under way is broken off,
// the queue is emptied and the id forgotten. Nothing here is made on a machine where sharing was never on.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Consent, Grounds, Level } from '../../shared/sharing/consent.ts'
import { dayOf, utcDay } from '../../shared/sharing/report.ts'
import { dayLength, dayName } from '../../shared/viewer/zone.ts'
import { makePrivateFolder } from '../paths.ts'
import type { Paths } from '../paths.ts'
import { JsonFile } from '../settings.ts'
import { readSharing } from './consent-file.ts'
import { Database, databasePath } from './database.ts'
import { Log } from './log.ts'
import { Outbox } from './outbox.ts'

/** An id is of so many days: the same ones for everybody, so that the day of its end tells nothing. */
const idDays = 28
const periodOf = (day: number): number => Math.floor(day / idDays)
const nameOf = (period: number): string => `id ${period}`
/** The id of today, since when there is one, and when another takes its place. */
export function idTimes(
  db: Database,
  now: number,
): { readonly drawn: number; readonly replacedOn: number } | null {
  const period = periodOf(utcDay(now))
  const id = db.kept(nameOf(period))
  const drawn = id === null ? NaN : Number(id.split(' ')[1])
  return Number.isNaN(drawn) ? null : { drawn, replacedOn: (period + 1) * idDays * dayLength }
}
/** While a request is under way another process may switch sharing off. */
const lookEvery = 20

export class Switch {
  readonly #paths: Paths
  readonly #environment: Grounds['environment']
  readonly #now: () => number
  readonly #stops = new Set<() => void>()

  constructor(paths: Paths, environment: Grounds['environment'], now: () => number) {
    this.#paths = paths
    this.#environment = environment
    this.#now = now
  }

  /** Null is off, for whichever reason. */
  async consent(): Promise<Consent | null> {
    return (await readSharing(this.#paths, this.#environment)).consent
  }

  /** Changing the level keeps the day from which on days are shared. */
  async on(level: Level): Promise<Result<Consent>> {
    const { consent, forcedOffBy } = await readSharing(this.#paths, this.#environment)
    if (forcedOffBy !== null) return fail({ kind: 'share-forced-off', by: forcedOffBy })
    await makePrivateFolder(this.#paths.data)
    this.#with((db, log) => {
      if (level === 'detailed') this.anonymousId(db, dayName(utcDay(this.#now())))
      log.write({ what: 'on', level })
    })
    const since = consent?.since ?? new Date(this.#now()).toISOString()
    const file = new JsonFile<unknown>(this.#paths.data, 'sharing.json', () => null)
    const written = await file.change(() => ({ level, since }))
    const read = written.ok ? await this.consent() : null
    if (read !== null) return ok(read)
    await this.off() // no id without consent
    return written.ok ? fail({ kind: 'not-writable', path: this.#path() }) : written
  }

  async off(): Promise<void> {
    await rm(this.#path(), { force: true, recursive: true })
    for (const stop of this.#stops) stop()
    if (!existsSync(databasePath(this.#paths.data))) return
    this.#with((db, log) => {
      db.run("DELETE FROM kept WHERE name = 'earlier' OR name LIKE 'id %'")
      log.write({ what: 'off' })
      new Outbox(db, log, this.#now).wipe()
    })
  }

  /** Calls back when consent ends, also where another process ends it; what is given back ends the watch. */
  watch(stop: () => void): () => void {
    this.#stops.add(stop)
    const timer = setInterval(() => {
      void this.consent().then((consent) => {
        if (consent === null && this.#stops.has(stop)) stop() // the watch may have ended while it was read
      })
    }, lookEvery)
    return () => {
      clearInterval(timer)
      this.#stops.delete(stop)
    }
  }

  /**
   * The id that a detailed report of a day carries. It goes by the day reported and not by the day it is made on, or
   * whoever starts the program rarely would be known by the days at which one id ends and the next begins.
   */
  anonymousId(db: Database, day: string): string {
    const period = periodOf(dayOf(day))
    return db.kept(nameOf(period))?.split(' ')[0] ?? this.#drawId(db, period)
  }

  /** On demand. What waits keeps the id it was frozen with. */
  replaceId(): void {
    this.#with((db, log) => {
      db.run("DELETE FROM kept WHERE name LIKE 'id %'")
      this.#drawId(db, this.#period())
      log.write({ what: 'new id' })
    })
  }

  #period(): number {
    return periodOf(utcDay(this.#now()))
  }

  /** Reports go back no more than a period: the ids of the ones before are no use any more. */
  #drawId(db: Database, period: number): string {
    const id = randomUUID()
    const [last, today] = [nameOf(this.#period() - 1), nameOf(this.#period())]
    db.whole(() => {
      db.run("DELETE FROM kept WHERE name LIKE 'id %' AND name NOT IN (?, ?)", last, today)
      db.keep(nameOf(period), `${id} ${this.#now()}`)
    })
    return id
  }

  #with(act: (db: Database, log: Log) => void): void {
    const db = new Database(this.#paths.data)
    try {
      act(db, new Log(db, this.#now))
    } finally {
      db.close()
    }
  }

  #path(): string {
    return join(this.#paths.data, 'sharing.json')
  }
}
