// What the Sharing screen knows and does. Whatever is decided, is decided by the host: whether sharing is on, what
// waits, what a day would give. Nothing here opens a connection, and looking changes nothing.
import { safeParse } from 'valibot'
import type { Progress } from '../../shared/bridge.ts'
import { Day } from '../../shared/ids.ts'
import type { AppError, Result } from '../../shared/result.ts'
import type {
  ForgetWhich,
  Looked,
  QueueItem,
  ShareFile,
  SharePlan,
  Shared,
  SharingStatus,
  ShownRequest,
} from '../../shared/share.ts'
import type { Destinations } from '../../shared/share-destinations.ts'
import type { Held } from '../../shared/share-held.ts'
import type { Program } from '../program.svelte.ts'

export type Level = 'basic' | 'detailed'
const apart = 20_000
/** Files looked at for an example, while none is ticked. */
const mostTried = 3

export class SharingDesk {
  readonly #program: Program
  status = $state.raw<SharingStatus | null>(null)
  destinations = $state.raw<Destinations | null>(null)
  files = $state.raw<readonly ShareFile[]>([])
  queue = $state.raw<readonly QueueItem[]>([])
  /** The bytes of waiting batches that are open to be read. */
  opened = $state.raw<ReadonlyMap<string, readonly ShownRequest[]>>(new Map())
  shared = $state.raw<readonly Shared[]>([])
  /** Who can be asked what is still there; and what they said, by the address it was sent to. */
  holders = $state.raw<readonly Held[]>([])
  compared = $state.raw<ReadonlyMap<string, NonNullable<Held['compared']>>>(new Map())
  /** At which level the plan is shown; it is the most there is until sharing is on. */
  level = $state<Level>('detailed')
  plan = $state.raw<SharePlan | null>(null)
  planning = $state(false)
  /** How often something was changed that the plan depends on; and how often it had been when the plan was begun. */
  #changes = $state(0)
  #shown = $state(0)
  /** What is shown is no longer what would leave: another file was ticked, another destination set. */
  readonly stale = $derived(this.#changes !== this.#shown)
  progress = $state.raw<Progress | null>(null)
  planError = $state.raw<AppError | null>(null)
  /** What is being done; one thing at a time. */
  working = $state<string | null>(null)
  trouble = $state.raw<AppError | null>(null)
  /** What came of it; a sentence in whichever language is spoken when it is read. */
  #say = $state.raw<() => string>(() => '')
  readonly said = $derived(this.#say())
  /** When it was switched off here; null where it wasn't. */
  stopped = $state<number | null>(null)
  #abort: AbortController | null = null

  readonly isOn = $derived(this.status !== null && this.status.level !== 'off')
  readonly ticked = $derived(this.files.filter(({ ticked }) => ticked))
  readonly set = $derived(this.destinations?.set ?? [])

  constructor(program: Program) {
    this.#program = program
  }

  /** Looks at once and then again and again; gives what ends it. */
  begin(): () => void {
    void this.look().then(() => {
      if (this.status?.level === 'basic') this.level = 'basic'
      return this.show()
    })
    const timer = setInterval(() => void this.look(), apart)
    return () => {
      clearInterval(timer)
      this.#abort?.abort()
    }
  }

  async look(): Promise<void> {
    const { bridge } = this.#program.host
    const [status, destinations, files, queue, shared, holders] = await Promise.all([
      bridge.call('share.status', {}),
      bridge.call('share.destinations', {}),
      bridge.call('share.files', {}),
      bridge.call('share.queue', {}),
      bridge.call('share.sent', {}),
      bridge.call('share.held', { address: null }),
    ])
    if (status.ok) this.#take(status.value)
    if (destinations.ok) this.destinations = destinations.value
    if (files.ok) this.files = files.value
    if (queue.ok) this.#takeQueue(queue.value)
    if (shared.ok) this.shared = shared.value
    if (holders.ok) this.holders = holders.value
    const failed = [status, destinations, files, queue, shared, holders].find((one) => !one.ok)
    if (failed?.ok === false) this.trouble = failed.error
  }

  /** What the last whole day would give: of the ticked files, or as an example of the first that has one. */
  async show(): Promise<void> {
    this.#abort?.abort()
    const abort = (this.#abort = new AbortController())
    const changes = this.#changes
    this.planError = null
    this.planning = true
    let made: Result<SharePlan> | null = null
    for (const path of this.ticked.length > 0 ? [null] : this.#examples()) {
      const asked = await this.#ask(path, abort)
      if (this.#abort !== abort) return
      made = made === null || asked.ok ? asked : made
      if (asked.ok) break
    }
    this.planning = false
    this.#shown = changes // of what was changed meanwhile it says nothing
    this.progress = null
    this.plan = made?.ok === true ? made.value : null
    this.planError = made?.ok === false ? made.error : null
  }

  #ask(path: string | null, abort: AbortController): Promise<Result<SharePlan>> {
    return this.#program.host.bridge.stream(
      'share.plan',
      { path, day: null, level: this.level, to: null },
      (progress) => {
        if (this.#abort === abort) this.progress = progress
      },
      abort.signal,
    )
  }

  /** The file that is open, then a few of those that are known. */
  #examples(): string[] {
    const open = this.#program.reader.file?.path ?? this.#program.place.file
    const known = this.files.filter(({ missing }) => !missing).map(({ path }) => path)
    return [...new Set([...(open === null ? [] : [open]), ...known])].slice(0, mostTried)
  }

  cancel(): void {
    this.#abort?.abort()
  }

  async showLevel(level: Level): Promise<void> {
    this.level = level
    await this.show()
  }

  /** Only what is shown can be switched on: the host compares. */
  async on(): Promise<void> {
    const { plan } = this
    if (plan === null) return
    const day = safeParse(Day, plan.day)
    if (!day.success) return
    const { level, seen } = plan
    const { bridge } = this.#program.host
    const status = await this.#during('on', () =>
      bridge.stream('share.on', { level, day: day.output, seen }, () => {}),
    )
    if (status === null) return
    this.stopped = null
    this.#take(status)
    await this.look()
  }

  async off(): Promise<void> {
    const shared = await this.#during('off', () => this.#program.host.bridge.call('share.off', {}))
    if (shared === null) return
    this.stopped = Date.now()
    this.shared = shared
    this.queue = []
    await this.look()
  }

  async tick(path: string, ticked: boolean): Promise<void> {
    this.#changes++
    const { bridge } = this.#program.host
    const files = await this.#during(path, () => bridge.stream('share.tick', { path, ticked }, () => {}))
    if (files !== null) this.files = files
    await this.show()
  }

  async now(): Promise<void> {
    const looked = await this.#during('now', () =>
      this.#program.host.bridge.stream('share.now', { to: null }, () => {}),
    )
    if (looked !== null) this.#say = () => this.#sayLooked(looked)
    await this.look()
  }

  #sayLooked({ elsewhere, made, delivered, waiting, next }: Looked): string {
    const { words, numbers, dates } = this.#program
    const { looked, lookedNext, lookedNothing } = words.sharing
    if (elsewhere) return words.sharing.elsewhere
    if (made + delivered + this.queue.length === 0) return lookedNothing
    const done = looked(numbers.count(delivered), numbers.count(waiting))
    return next === null ? done : `${done} ${lookedNext(dates.moment(Date.parse(next)))}`
  }

  /** Reads the bytes of a batch that waits, or closes them. */
  async open(batch: string): Promise<void> {
    const others = [...this.opened].filter(([one]) => one !== batch)
    if (others.length < this.opened.size) this.opened = new Map(others)
    else {
      const { bridge } = this.#program.host
      const requests = await this.#during(batch, () => bridge.call('share.item', { batch }))
      if (requests !== null) this.opened = new Map([...others, [batch, requests]])
    }
  }

  async drop(batch: string, name: string): Promise<void> {
    const queue = await this.#during(batch, () => this.#program.host.bridge.call('share.drop', { batch }))
    if (queue !== null) {
      this.#takeQueue(queue)
      this.#say = () => this.#program.words.sharing.sent.waiting.dropped(name)
    }
    await this.look()
  }

  async earlier(first: string): Promise<void> {
    const day = safeParse(Day, first)
    if (!day.success) return
    const { bridge } = this.#program.host
    const looked = await this.#during('earlier', () =>
      bridge.stream('share.earlier', { from: day.output }, () => {}),
    )
    const program = this.#program
    if (looked !== null)
      this.#say = () => program.words.sharing.earlier.made(program.numbers.count(looked.made))
    await this.look()
  }

  async newId(): Promise<void> {
    const status = await this.#during('id', () => this.#program.host.bridge.call('share.newId', {}))
    if (status !== null) this.#take(status)
  }

  /** All of it, one batch, or a span of days. */
  async forget(to: string, which?: ForgetWhich): Promise<void> {
    const shared = await this.#during(`forget ${to}`, () =>
      this.#program.host.bridge.call('share.forget', { to, ...(which && { which }) }),
    )
    if (shared === null) return
    this.shared = shared
    this.compared = new Map()
    await this.look()
  }

  /** Asks what is still there, at the address that the person sees. */
  async askHeld({ sentTo, address }: Held): Promise<void> {
    const told = await this.#during(`held ${sentTo}`, () =>
      this.#program.host.bridge.call('share.held', { address }),
    )
    const compared = told?.find((one) => one.sentTo === sentTo)?.compared ?? null
    if (compared !== null) this.compared = new Map([...this.compared, [sentTo, compared]])
  }

  /** A destination was set, changed or taken away. */
  async takeDestinations(destinations: Destinations): Promise<void> {
    this.#changes++
    this.destinations = destinations
    await this.look()
    await this.show()
  }

  #take(status: SharingStatus): void {
    this.status = status
    this.#program.takeSharing(status)
  }

  #takeQueue(queue: readonly QueueItem[]): void {
    this.queue = queue
    const left = [...this.opened].filter(([batch]) => queue.some((item) => item.batch === batch))
    if (left.length < this.opened.size) this.opened = new Map(left)
  }

  /** Switching off waits for nothing. */
  async #during<T>(what: string, work: () => Promise<Result<T>>): Promise<T | null> {
    if (this.working !== null && what !== 'off') return null
    this.trouble = null
    this.#say = () => ''
    this.working = what
    const done = await work()
    this.working = null
    if (done.ok) return done.value
    if (done.error.kind !== 'cancelled') this.trouble = done.error
    return null
  }
}
