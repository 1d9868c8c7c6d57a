// All that the window knows and does besides reading a file: where the person is, the settings, the lists of
// files. Views read from here and call in here. The address is the truth about the place: whoever changes it,
// link, key, or the browser's own buttons, ends in `#arrive`.
import type { AppInfo } from '../shared/bridge.ts'
import type { AppError } from '../shared/result.ts'
import type { Between } from '../shared/viewer/filter.ts'
import type { Settings } from '../shared/settings.ts'
import type { SharingStatus } from '../shared/share.ts'
import { warmUp } from './chart.ts'
import type { Connected } from './bridge.ts'
import { Order } from './choose.ts'
import { Deleting } from './deleting.svelte.ts'
import { mainOf } from './dropped.ts'
import { Exporting } from './exporting.svelte.ts'
import { KnownFiles } from './known-files.svelte.ts'
import type { Speech } from './languages.ts'
import { pickFiles } from './pick.ts'
import { filterOf, readPlace, settle, start, writePlace } from './place.ts'
import type { Chosen, Drawing, Place, Screen } from './place.ts'
import { Preferences } from './preferences.svelte.ts'
import { screensOf } from './reach.ts'
import { Reader } from './reader.svelte.ts'
import { Records } from './records.svelte.ts'
import { Sample } from './sample.svelte.ts'

interface Trouble {
  readonly about: 'sample' | 'setting' | 'list' | 'picture'
  readonly error: AppError
}

/** Nobody sees a choice that comes so much later than the click. */
const longestForCounts = 20
/** Whatever the hand does next, it does it where it has gone. */
const byHand = ['pointerdown', 'click', 'keydown', 'wheel'] as const

export class Program extends Preferences {
  readonly host: Connected
  readonly info: AppInfo
  /** Whether there is a host behind the page, for all that needs more than a page: paths, deleting, sharing. */
  readonly hosted: boolean
  readonly screens: readonly Screen[]
  readonly files: KnownFiles
  readonly sample: Sample
  readonly reader: Reader
  readonly records: Records
  readonly exporting: Exporting
  readonly deleting: Deleting

  /** As the views show it. */
  place = $state.raw<Place>(start)
  /** Where the person has gone just now, if that isn't shown yet: it is when its figures come, so both are drawn at once. */
  #next: Place | null = null
  #waiting: ReturnType<typeof setTimeout> | undefined
  /** The hand has drawn on a chart what is chosen there, so that is shown already. */
  #previewed = false
  trouble = $state.raw<Trouble | null>(null)
  lost = $state(false)
  /** As the host last said; it may be switched on and off from a terminal, too. */
  sharing = $state<AppInfo['sharing']>('off')
  /** Of what was shared, not confirmed yet: they are asked for again even where sharing is off by now. */
  #deletionsPending = $state(0)
  /** What may go out of this machine by itself. */
  readonly leaving = $derived(
    this.sharing === 'off' && this.#deletionsPending > 0 ? 'deletions' : this.sharing,
  )
  /** The path asked for last, so that a file that failed isn't tried again at every step. */
  #asked: string | null = null
  /** What of the place the charts were last counted for. */
  #told = ''
  readonly #order = new Order()

  constructor(host: Connected, info: AppInfo, settings: Settings, speech: Speech) {
    super(settings, speech)
    this.host = host
    this.info = info
    this.hosted = host.kind !== 'alone'
    this.screens = screensOf(this.hosted)
    this.place = readPlace(location.hash, this.screens)
    this.#heed(info)
    this.files = new KnownFiles(host.bridge, (error) => (this.trouble = { about: 'list', error }))
    this.sample = new Sample(host.bridge)
    this.reader = new Reader({
      bridge: host.bridge,
      workers: host.workers,
      bytesRequest: (id) => {
        const { url, headers } = host.bytesRequest(id)
        return { url, headers: { ...headers } }
      },
      now: Date.now,
      zone: () => this.zone,
      firstDayOfWeek: () => this.firstDayOfWeek,
      beforeCounts: () => this.#follow(),
    })
    for (const type of byHand) addEventListener(type, () => this.#follow(), { capture: true })
    this.records = new Records(this)
    this.exporting = new Exporting(this)
    this.deleting = new Deleting(this)
    host.onDisconnect(() => (this.lost = true))
    host.shell?.onOpen((path) => void this.open(path))
    addEventListener('popstate', () => this.#arrive())
    addEventListener('focus', () => {
      void this.refresh()
      void this.#lookAtSharing()
    })
    requestIdleCallback(() => this.#warmUp(), { timeout: 1000 })
    this.#arrive()
    if (host.openAtStart !== null) void this.open(host.openAtStart)
  }

  /** What the first chart will need, made before a file is chosen. */
  #warmUp(): void {
    void this.dates.moment(0)
    if (this.reader.overview === null) warmUp()
  }

  /** The address of another place, for links. What is chosen is chosen of one file. */
  at(change: Partial<Place>): string {
    const other = change.file !== undefined && change.file !== this.place.file
    const { period, chosen, drawing } = other ? start : this.place
    return writePlace({ ...this.place, period, chosen, drawing, ...change })
  }

  /** The days of the period, today the last of them; null where all time is chosen. */
  get periodSpan(): string | null {
    const now = Date.now()
    const { since, until } = filterOf(this.place, this.clock, now)
    if (since === null) return null
    return this.dates.range(since, (until ?? this.clock.startOf(this.clock.dayOf(now) + 1)) - 1)
  }

  readonly periodName = $derived.by(() => {
    const { period } = this.place
    return typeof period === 'string' ? this.words.overview.periodNames[period] : (this.periodSpan ?? '')
  })

  choose(chosen: Chosen): void {
    this.go({ chosen })
  }

  /** Lets the newest condition go. */
  stepBack(): void {
    const chosen = this.#order.stepBack(this.place.chosen)
    if (chosen !== null) this.choose(chosen)
  }

  /** Makes a chosen stretch of time the period, in whole days. */
  zoom({ from, to }: Between): void {
    const period = { from: this.clock.dayOf(from), to: this.clock.dayOf(to - 1) }
    this.go({ period, chosen: { ...this.place.chosen, range: null } })
  }

  /** Hours of the week in words: `Mon 09:00` each, or how many. */
  hoursName(hours: readonly number[]): string {
    const words = this.words.overview.chosen
    if (hours.length > 3) return words.manyHours(this.numbers.count(hours.length))
    return words.or(
      hours.map((hour) => words.hour(this.dates.weekday(Math.floor(hour / 24)), this.dates.hour(hour % 24))),
    )
  }

  /** While the hand still moves: the charts follow, the address doesn't. */
  preview(chosen: Chosen, period = this.place.period): void {
    const moving = chosen !== this.place.chosen || period !== this.place.period
    this.#previewed = true
    this.#show({ ...this.place, chosen, period }, moving)
  }

  /** How things are drawn is not a step of its own: back doesn't return through it. */
  draw(change: Partial<Drawing>): void {
    this.#follow()
    const address = this.at({ drawing: { ...this.place.drawing, ...change } })
    history.replaceState(null, '', address)
    this.#arrive(address)
  }

  go(change: Partial<Place>): void {
    this.#follow()
    const address = this.at(change)
    if (address !== writePlace(this.place)) history.pushState(null, '', address)
    this.#arrive(address)
  }

  toggleTables(): void {
    this.draw({ tables: !this.place.drawing.tables })
  }

  /** What is typed into the search field. Each letter would be a step of its own, so none is. */
  search(words: string): void {
    this.#follow()
    const address = this.at({ chosen: { ...this.place.chosen, search: words } })
    history.replaceState(null, '', address)
    this.#arrive(address)
  }

  /** Only events with this value; every other choice stays. */
  filterTo(dimension: string, value: string): void {
    const { chosen } = this.place
    const where = chosen.where.filter((condition) => condition.dimension !== dimension)
    this.choose({ ...chosen, where: [...where, { dimension, values: [value], not: false }] })
  }

  toggleVeil(): void {
    void this.set({ veil: !this.settings.veil })
  }

  /** Opens by path, and goes to the Overview if that works; if not, the reader says why and we stay. */
  async open(path: string): Promise<void> {
    this.trouble = null
    this.#asked = path
    const from = this.place.screen
    this.#show(start)
    await this.reader.open(path)
    if (this.#asked === path && (this.reader.status === 'reading' || this.reader.status === 'ready'))
      this.go({
        ...start,
        screen: this.place.screen === from ? 'overview' : this.place.screen, // where the person went meanwhile
        file: this.reader.file?.path ?? path,
      })
  }

  /** Once more the file of the address, which failed. */
  async again(): Promise<void> {
    if (this.place.file !== null) await this.reader.open(this.place.file)
  }

  /** The desktop shell knows where a dropped file lies; a browser hides it, so the page reads the file itself. */
  async drop(files: readonly File[]): Promise<void> {
    const file = mainOf(files)
    if (file === null) return
    const path = this.host.shell?.pathOf(file) ?? ''
    if (path !== '') return this.open(path)
    this.#beginInPage()
    await this.reader.openDropped(files)
  }

  /** What has no path is shown at once, and read in the page. */
  #beginInPage(): void {
    this.trouble = null
    this.#show(start)
    this.#asked = null
    this.go({ ...start, screen: 'overview' })
  }

  async chooseFile(): Promise<void> {
    if (!this.hosted) return this.drop(await pickFiles())
    const path = (await this.host.shell?.chooseFile()) ?? null
    if (path !== null) await this.open(path)
  }

  async openSample(): Promise<void> {
    if (!this.hosted) {
      this.#beginInPage()
      return this.reader.openSample(this.words.foot.sample, this.sample.wish())
    }
    this.trouble = null
    this.#asked = null
    this.reader.close()
    const written = await this.sample.write()
    if (written.ok) await this.open(written.value)
    else if (written.error.kind !== 'cancelled') this.trouble = { about: 'sample', error: written.error }
  }

  async refresh(): Promise<void> {
    if (this.hosted && this.place.screen === 'files') await this.files.list()
  }

  async #lookAtSharing(): Promise<void> {
    const info = await this.host.bridge.call('app.info', {})
    if (info.ok) this.#heed(info.value)
  }

  /** Who never switched it on has nothing of sharing loaded by this. */
  #heed({ sharing, sharingWasOn }: AppInfo): void {
    this.sharing = sharing
    if (sharing === 'off' && sharingWasOn) void this.#lookAtDeletions()
  }

  async #lookAtDeletions(): Promise<void> {
    const status = await this.host.bridge.call('share.status', {})
    if (status.ok) this.#deletionsPending = status.value.deletionsPending
  }

  takeSharing({ level, deletionsPending }: SharingStatus): void {
    this.sharing = level
    this.#deletionsPending = deletionsPending
  }

  /** Works at once; if the host can't keep it, it goes back and the screen says why. */
  async set(change: Partial<Settings>): Promise<void> {
    this.trouble = null
    const keep = (kept: Partial<Settings>) => this.host.bridge.call('settings.set', { change: kept })
    const error = await this.change(change, keep, () => this.#redraw())
    if (error !== null) this.trouble = { about: 'setting', error }
  }

  dismiss(): void {
    this.trouble = null
    if (this.reader.status === 'failed') this.reader.close()
  }

  #redraw(): void {
    this.#show(this.place)
  }

  #show(place: Place, moving = false): void {
    const { stack, compare, year, day } = place.drawing
    const filter = filterOf(place, this.clock, Date.now())
    this.reader.show({ filter, stack, compare, year, day, moving })
  }

  /** The views show where the person is. */
  #follow(): void {
    clearTimeout(this.#waiting)
    if (this.#next === null) return
    this.place = this.#next
    this.#next = null
  }

  /** On the Overview, with nothing under the hand: only the figures tell what has changed. */
  #isOnlyOther({ screen, file, drawing, chosen }: Place): boolean {
    const { place } = this
    return (
      !this.#previewed &&
      this.reader.status === 'ready' &&
      screen === 'overview' &&
      place.screen === screen &&
      place.file === file &&
      place.chosen.search === chosen.search &&
      JSON.stringify(place.drawing) === JSON.stringify(drawing)
    )
  }

  #arrive(address = location.hash): void {
    this.#follow()
    const place = settle(readPlace(address, this.screens), this.place)
    const { period, chosen, drawing } = place
    this.#order.note(chosen)
    const told = JSON.stringify([period, chosen, drawing])
    const isOther = told !== this.#told || this.reader.status === 'idle'
    this.#told = told
    if (isOther && this.#isOnlyOther(place)) {
      this.#next = place
      this.#waiting = setTimeout(() => this.#follow(), longestForCounts)
    } else this.place = place
    this.#previewed = false
    if (isOther) this.#show(place)
    if (place.screen === 'files') void this.refresh()
    const { file } = place
    const open = this.reader.file?.path ?? null
    if (file === null) {
      if (this.reader.status !== 'opening') this.#asked = null // else its address comes when it is open
      if (open !== null) this.reader.close()
    } else if (file !== open && file !== this.#asked) {
      this.#asked = file
      void this.reader.open(file)
    }
  }
}
