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
import { makePrivateFolder } from '../paths.ts'
import type { Paths } from '../paths.ts'
import { JsonFile } from '../settings.ts'
import { readSharing } from './consent-file.ts'
import { Database, databasePath } from './database.ts'
import { Log } from './log.ts'
import { Outbox } from './outbox.ts'

/** An id is replaced after so long. */
export const idLasts = 28 * 86_400_000
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
      if (consent === null) this.#drawId(db)
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
      db.run('DELETE FROM kept WHERE name IN (?, ?, ?)', 'id', 'id drawn', 'earlier')
      log.write({ what: 'off' })
      new Outbox(db, log, this.#now).wipe()
    })
  }

  /** Calls back when consent ends, also where another process ends it; what is given back ends the watch. */
  watch(stop: () => void): () => void {
    this.#stops.add(stop)
    const timer = setInterval(() => {
      void this.consent().then((consent) => {
        if (consent === null) stop()
      })
    }, lookEvery)
    return () => {
      clearInterval(timer)
      this.#stops.delete(stop)
    }
  }

  /** The id that batches carry now; another after 28 days. */
  anonymousId(db: Database): string {
    const id = db.kept('id')
    const age = this.#now() - Number(db.kept('id drawn') ?? 0)
    return id !== null && Math.abs(age) < idLasts ? id : this.#drawId(db)
  }

  /** On demand. What waits keeps the id it was frozen with. */
  replaceId(): void {
    this.#with((db, log) => {
      this.#drawId(db)
      log.write({ what: 'new id' })
    })
  }

  #drawId(db: Database): string {
    const id = randomUUID()
    db.whole(() => {
      db.keep('id', id)
      db.keep('id drawn', String(this.#now()))
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
