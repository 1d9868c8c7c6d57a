// Sharing as it runs: looks whether a whole day has ended that a destination should have, freezes its report, and
// sends what has been on show for an hour and is due. One process does that at a time. Files are read only where a
// day is missing, and not twice for the same days.
import { randomUUID } from 'node:crypto'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Looked } from '../../shared/share.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../shared/sharing/anonymize.ts'
import type { Consent, Grounds } from '../../shared/sharing/consent.ts'
import { sharedFormats } from '../../shared/sharing/lists/index.ts'
import type { CancelSignal, Progress } from '../../shared/bridge.ts'
import type { Sender } from '../../senders/sender.ts'
import { makePrivateFolder } from '../paths.ts'
import type { Paths } from '../paths.ts'
import type { CountDays, Counted } from './count-days.ts'
import { dueMoment, levelFor, shownFor, wantedDays } from './days.ts'
import { Destinations } from './destinations.ts'
import type { SetDestination } from './destinations.ts'
import { deletionsPending, forgetDue } from './forget.ts'
import { Frozen } from './freeze.ts'
import type { Drawn } from './ids.ts'
import { drawIds } from './ids.ts'
import type { KeyStore } from './key-file.ts'
import { lockSending } from './lock.ts'
import type { Clock } from './pace.ts'
import { sendDue } from './send.ts'
import type { Carrier, Sending } from './send.ts'
import { heardSince, learnKeys } from './receipts.ts'
import { Store } from './store.ts'
import { Switch } from './switch.ts'
import { Ticked } from './ticked.ts'

export interface SharingDeps {
  readonly paths: Paths
  readonly environment: Grounds['environment']
  readonly clock: Clock
  readonly random: () => number
  readonly version: string
  readonly platform: string
  /** Reads files in a process of its own. */
  readonly count: (
    wanted: Pick<CountDays['input'], 'paths' | 'days' | 'evenSamples' | 'examplesFor'>,
    send: (item: Progress) => void,
    signal: CancelSignal,
  ) => Promise<Result<Counted>>
  readonly carry: (sender: Sender, destination: SetDestination) => Carrier
  readonly ask: (destination: SetDestination | null) => Sending['ask']
  /** The system's; null in a program that has no part in it. */
  readonly keyStore: KeyStore | null
}

/** How a look differs from the one that the program makes every hour. */
export interface Look {
  /** One destination alone; null: all. */
  readonly to: string | null
  /** What has been on show for an hour goes, without waiting for its moment. */
  readonly now: boolean
}

interface Missing {
  readonly destination: SetDestination
  readonly day: string
  readonly format: string
}

const usual: Look = { to: null, now: false }
const neverCancelled: CancelSignal = {
  aborted: false,
  addEventListener: () => {},
  removeEventListener: () => {},
}

export class Sharing {
  readonly deps: SharingDeps
  readonly switch: Switch
  readonly destinations: Destinations
  readonly ticked: Ticked
  readonly store: Store
  /** What the files were read for last and had nothing of. */
  #nothingFor = ''
  readonly #ending = new AbortController()

  constructor(deps: SharingDeps) {
    const { paths, environment, clock, keyStore } = deps
    this.deps = deps
    this.switch = new Switch(paths, environment, clock.now)
    this.destinations = new Destinations(paths.data, environment, keyStore)
    this.ticked = new Ticked(paths.data)
    this.store = new Store(paths.data, clock)
  }

  async look(
    { to, now }: Look = usual,
    send: (item: Progress) => void = () => {},
    signal: CancelSignal = neverCancelled,
  ): Promise<Result<Looked>> {
    if ((await this.switch.consent()) === null) return fail({ kind: 'share-off' }) // and nothing is made
    await makePrivateFolder(this.deps.paths.data)
    const unlock = lockSending(this.deps.paths.data)
    if (unlock === null) return ok({ made: 0, delivered: 0, waiting: 0, next: null, elsewhere: true })
    try {
      const all = await this.destinations.list()
      const chosen = to === null ? all : all.filter(({ name }) => name === to)
      if (to !== null && chosen.length === 0) return fail(await this.destinations.whyNot(to))
      const opened = this.store.open()
      const { outbox } = opened
      await this.tidy()
      const made = await this.#make(chosen, send, signal)
      if (!made.ok) return made
      if (now) for (const { name } of chosen) outbox.hasten(name, shownFor)
      const before = outbox.arrived()
      const first = opened.log.next()
      const next = await sendDue(this.#sending(chosen))
      await learnKeys(opened, this.#askOf(all), heardSince(opened, first))
      await forgetDue(this.store, this.deps, await this.destinations.list())
      return ok({
        made: made.value,
        delivered: outbox.arrived() - before,
        waiting: outbox.waiting(),
        next: next === null ? null : new Date(next).toISOString(),
        elsewhere: false,
      })
    } finally {
      unlock()
    }
  }

  /** A server of one's own is believed by what was said of it as a destination. */
  #askOf(destinations: readonly SetDestination[]): Sending['ask'] {
    return this.deps.ask(destinations.find(({ name }) => name === 'community') ?? null)
  }

  /** Deletions that were asked for are carried out whether sharing is on or off. */
  async forget(): Promise<void> {
    if (deletionsPending(this.store) === 0) return
    const unlock = lockSending(this.deps.paths.data)
    if (unlock === null) return
    try {
      await forgetDue(this.store, this.deps, await this.destinations.list())
    } finally {
      unlock()
    }
  }

  /** What was frozen for another address, or for more than is wanted now, must not go there. */
  async tidy(): Promise<void> {
    const opened = this.store.look()
    if (opened === null) return
    const { outbox } = opened
    const level = (await this.switch.consent())?.level ?? 'basic'
    const destinations = new Map((await this.destinations.list()).map((one) => [one.name, one]))
    for (const [name, { told }] of destinations) {
      const before = this.store.kept(`told ${name}`)
      const now = JSON.stringify(told)
      if (before !== null && before !== now) outbox.dropChanged(name, 'all')
      if (before !== now) this.store.keep(`told ${name}`, now)
    }
    for (const [name, destination] of destinations)
      if (levelFor(level, destination.level) === 'basic') outbox.dropDetailed(name)
  }

  /** Freezes the days that are missing; gives how many batches were made. */
  async #make(
    destinations: readonly SetDestination[],
    send: (item: Progress) => void,
    signal: CancelSignal,
  ): Promise<Result<number>> {
    const { clock, count } = this.deps
    const consent = await this.switch.consent()
    const paths = await this.ticked.read()
    const { outbox } = this.store.open()
    if (consent === null || paths.length === 0 || !outbox.hasRoom()) return ok(0)
    for (const destination of destinations) {
      const [oldest] = wantedDays(destination, consent, this.store.kept('earlier'), clock.now())
      if (oldest !== undefined) outbox.dropOlder(destination.name, oldest)
    }
    const missing = this.#missing(destinations, consent)
    const days = [...new Set(missing.map(({ day }) => day))].sort()
    const about = (all: readonly Missing[]): string =>
      JSON.stringify([paths, all.map(({ destination, day, format }) => [destination.name, day, format])])
    // For these the files were read already, and had nothing.
    if (days.length === 0 || about(missing) === this.#nothingFor) return ok(0)
    const wanted = { paths, days, evenSamples: false, examplesFor: null }
    const counted = await count(wanted, send, signal)
    if (!counted.ok) return counted
    let made = 0
    for (const destination of destinations)
      for (const day of days)
        if (missing.some((one) => one.destination === destination && one.day === day))
          made += await this.#freeze(counted.value, destination, day)
    // A file that a tool is writing at the moment can be read an hour later.
    if (counted.value.fault === null) this.#nothingFor = about(this.#missing(destinations, consent))
    return ok(made)
  }

  #missing(destinations: readonly SetDestination[], consent: Consent): Missing[] {
    const { outbox } = this.store.open()
    const earlier = this.store.kept('earlier')
    return destinations.flatMap((destination) =>
      wantedDays(destination, consent, earlier, this.deps.clock.now()).flatMap((day) =>
        sharedFormats
          .filter((format) => !outbox.has(destination.name, format, day))
          .map((format) => ({ destination, day, format })),
      ),
    )
  }

  async #freeze(counted: Counted, destination: SetDestination, day: string): Promise<number> {
    const { version, platform, clock, random } = this.deps
    const { outbox } = this.store.open()
    const consent = await this.switch.consent()
    if (consent === null) return 0
    const figures = counted.figures.filter(
      (one) => one.day === day && !outbox.has(destination.name, one.format, day),
    )
    const level = levelFor(consent.level, destination.level)
    const reports = anonymize(figures, { level, version, platform })
    if (reports.length === 0) return 0
    const frozen = await Frozen.of(reports, destination, this.#draw(reports))
    const still = await this.switch.consent()
    if (still === null || frozen.requests.length === 0) return 0
    outbox.keep(still, frozen, dueMoment(day, clock.now(), random))
    // Between the look and the line above it may have been switched off.
    if ((await this.switch.consent()) === null) outbox.wipe()
    return 1
  }

  /** Of a basic report nobody needs to know that it is from whom the one before was: its id is its own. */
  #draw(reports: Outbound): Drawn {
    const [first] = reports
    const isOwn = first === undefined || first.level === 'basic'
    return drawIds(isOwn ? randomUUID() : this.switch.anonymousId(this.store.open().db, first.day))
  }

  #sending(destinations: readonly SetDestination[]): Sending {
    const { clock, random, carry, ask } = this.deps
    const byName = new Map(destinations.map((one) => [one.name, one]))
    return {
      ...this.store.open(),
      clock,
      random,
      destinations,
      ask: ask(null),
      consent: async () => (this.#ending.signal.aborted ? null : this.switch.consent()),
      keys: (name) => this.destinations.keys(name),
      carry: (sender, name) => {
        const destination = byName.get(name)
        if (destination === undefined) throw new Error('a destination that is not in the list')
        return carry(sender, destination)
      },
      draw: (reports) => this.#draw(reports),
      watch: (stop) => {
        const unwatch = this.switch.watch(stop)
        this.#ending.signal.addEventListener('abort', stop)
        return () => {
          unwatch()
          this.#ending.signal.removeEventListener('abort', stop)
        }
      },
    }
  }

  /** The program ends: what is under way is broken off and tried again at its next start. */
  stop(): void {
    this.#ending.abort()
  }

  close(): void {
    this.store.close()
  }
}
