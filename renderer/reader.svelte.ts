// What the window knows of the opened file: how far reading is, what it holds, and the charts of the moment.
// The work is done by the workers of crew.ts; this class starts them, hears them, and ends them.
import type { Bridge, FollowItem, OpenedFile, Progress } from '../shared/bridge.ts'
import type { Choice } from '../shared/formats/generic.ts'
import type { AppError, Result } from '../shared/result.ts'
import { ok } from '../shared/result.ts'
import type { SampleWish } from '../shared/sample/smart-agents.ts'
import { everything } from '../shared/viewer/filter.ts'
import { Counted } from './counted.svelte.ts'
import { Crew } from './crew.ts'
import type { CrewSource } from './crew.ts'
import { explainedByWal, readDropped } from './dropped.ts'
import { FileRows } from './file-rows.svelte.ts'
import { HostFiles } from './host-files.ts'
import type { BytesRequest } from './host-files.ts'
import { fileOf, isLoss } from './read-file.ts'
import type { FileNotice, ReadFile } from './read-file.ts'
import { Staff } from './staff.ts'
import { drawn } from './turns.svelte.ts'
import type { Workers } from './workers.ts'
import type { FromCounter, RecognisedAs, View } from './worker/messages.ts'

/** What is to be counted: everything of a view but the clock and the calendar, which are asked for each time. */
export type Wanted = Omit<View, 'zone' | 'now' | 'firstDayOfWeek'>

export type ReaderStatus = 'idle' | 'opening' | 'reading' | 'ready' | 'failed'

/** What one crew finds out, as far as it differs between a first reading and one beside the charts that are shown. */
interface Hearing {
  readonly counted: (message: FromCounter) => void
  readonly recognised?: (as: RecognisedAs) => void
}

interface ReaderDeps {
  readonly bridge: Bridge
  readonly workers: Workers
  readonly bytesRequest: BytesRequest
  readonly now: () => number
  readonly zone: () => string
  readonly firstDayOfWeek: () => number
  /** Called when new counts are about to be shown. */
  readonly beforeCounts: () => void
}

/** Whoever opens a file at once doesn't want the processor to be busy. */
const beforeRehearsal = 500
/** A file that can't be followed for so long isn't read anew for ever. */
const shortestFollowing = 1000
/** A tool that writes meanwhile is to be seen in time. */
const longestForCharts = 1000

export class Reader extends Counted {
  readonly #deps: ReaderDeps
  readonly #hostFiles: HostFiles
  readonly #staff: Staff
  readonly rows: FileRows
  #crew: Crew | null = null
  #abort: AbortController | null = null
  /** What is begun when all charts are there; null where nothing waits. */
  #next: (() => void) | null = null
  #nextBy: ReturnType<typeof setTimeout> | undefined
  /** What waits until the host has said that the bytes are of one moment; null where they are. */
  #uncertain: (() => void)[] | null = null

  status = $state<ReaderStatus>('idle')
  progress = $state.raw<Progress | null>(null)
  error = $state.raw<AppError | null>(null)
  file = $state.raw<ReadFile | null>(null)
  /** What the file was taken for; null until that is known. */
  recognised = $state.raw<RecognisedAs | null>(null)
  notice = $state.raw<FileNotice | null>(null)
  /** SQLite found the file damaged, though it could be read: figures may be incomplete. */
  damaged = $state(false)
  /** The file has a second name, and what a tool writes under that one can't be seen under this. */
  otherNames = $state(false)
  /** This window deletes from it right now, so that it becomes smaller needs no saying. */
  shrinking = false
  #wanted: Wanted = { filter: everything }
  /** What was dropped last, for reading it again after a correction. */
  #dropped: readonly File[] | null = null

  constructor(deps: ReaderDeps) {
    super()
    this.#deps = deps
    this.#hostFiles = new HostFiles(deps.bridge, deps.bytesRequest)
    this.#staff = new Staff(deps.workers)
    this.rows = new FileRows(deps.bridge)
    setTimeout(() => this.#staff.prepare())
    setTimeout(() => this.status === 'idle' && this.#staff.rehearse(), beforeRehearsal)
  }

  get formatTitle(): string | null {
    return this.recognised?.title ?? null
  }

  /** Opens a file that the host can reach by its path. */
  async open(path: string): Promise<void> {
    this.close()
    this.status = 'opening'
    const abort = (this.#abort = new AbortController())
    const show = (item: Progress): void => {
      if (this.#abort === abort) this.progress = item
    }
    const begin = (opened: OpenedFile): void => {
      this.#crew?.end()
      this.#uncertain = []
      const counted = (message: FromCounter): void => this.#whenCertain(() => this.#counted(message))
      this.#take(this.#employ(opened.name, this.#hostFiles.sourceOf(opened), { counted }), opened.path)
    }
    const opened = await this.#hostFiles.open(path, { show, begin }, abort)
    if (opened === null) return
    if (!opened.ok) return this.#fail(opened.error)
    const waiting = this.#uncertain ?? []
    this.#uncertain = null
    this.file = fileOf(opened.value)
    this.status = 'reading'
    for (const work of waiting) work()
  }

  /** Nothing is shown of bytes of which it isn't known yet whether they are of one moment. */
  #whenCertain(work: () => void): void {
    if (this.#uncertain === null) work()
    else this.#uncertain.push(work)
  }

  /** Until then readers may be silent because the disk is slow. */
  #failWhenCertain(crew: Crew, error: AppError): void {
    const isCertain = this.#uncertain === null
    this.#whenCertain(() => {
      if (error.kind === 'stopped' && !isCertain) crew.expectMore()
      else this.#fail(error)
    })
  }

  /** Reads a dropped file here in the page. Nothing of it goes to the host. */
  async openDropped(files: readonly File[]): Promise<void> {
    this.close()
    this.status = 'opening'
    const abort = (this.#abort = new AbortController())
    await this.#hostFiles.loadChoices()
    const dropped = await readDropped(files)
    if (this.#abort !== abort) return
    if (!dropped.ok) return this.#fail(dropped.error)
    const { name, size, bytes, wal, walMissing } = dropped.value
    this.#dropped = files
    this.file = { name, path: null, size, writing: false, readFrom: 'page', isSample: false }
    if (walMissing) this.notice = { kind: 'wal-missing' }
    this.status = 'reading'
    const source = { from: 'page', bytes, wal, again: () => readDropped(files) } as const
    this.#take(this.#employ(name, source, { counted: (message) => this.#counted(message) }), null)
  }

  /** Made-up events, which are made here as well. */
  openSample(name: string, wish: SampleWish): void {
    this.close()
    this.#abort = new AbortController()
    this.file = { name, path: null, size: 0, writing: false, readFrom: 'sample', isSample: true }
    this.status = 'reading'
    const source = { from: 'sample', wish } as const
    this.#take(this.#employ(name, source, { counted: (message) => this.#counted(message) }), null)
  }

  #take(crew: Crew, path: string | null): void {
    this.#crew = crew
    this.rows.attach(crew, path)
  }

  /** Takes the file for something else than was guessed, now and whenever one like it is opened; null: guess again. */
  async choose(choice: Choice | null): Promise<Result<null>> {
    const { recognised, file } = this
    if (recognised === null || file === null) return ok(null)
    const kept = await this.#hostFiles.choose(recognised.key, choice)
    if (!kept.ok) return kept
    await this.#readOnceMore(file)
    return ok(null)
  }

  /** Looks whether a file that was gone, or could not be read, is there again. What is shown stays until it is. */
  async lookAgain(): Promise<void> {
    if (this.file !== null) await this.#readOnceMore(this.file)
  }

  dismissNotice(): void {
    this.notice = null
  }

  show(wanted: Wanted): void {
    this.#wanted = wanted
    this.rows.search(wanted.filter.search)
    this.redraw()
  }

  /** Draws again with what the settings say now. */
  redraw(): void {
    this.#crew?.show(this.#view())
  }

  cancel(): void {
    this.#stop()
    this.#fail({ kind: 'cancelled' })
  }

  close(): void {
    this.#stop()
    this.status = 'idle'
    this.progress = null
    this.error = null
    this.file = null
    this.recognised = null
    this.forgetCounted()
    this.notice = null
    this.damaged = false
    this.otherNames = false
  }

  #employ(name: string, source: CrewSource, { counted, recognised }: Hearing): Crew {
    const abort = this.#abort
    const crew: Crew = new Crew(this.#staff, name, source, this.#hostFiles.choices, this.#view(), {
      fetching: (done, total) => {
        if (this.overview === null) this.progress = { phase: 'copying', done, total }
      },
      recognised: recognised ?? ((as) => (this.recognised = as)),
      checked: (sound) => (this.damaged = !sound),
      counted,
      failed: (error) => {
        if (crew === this.#crew) this.#failWhenCertain(crew, error)
        else {
          crew.end()
          if (this.#abort === abort) this.#notReadAgain(error)
        }
      },
    })
    return crew
  }

  #counted(message: FromCounter): void {
    if (message.type === 'reading') {
      if (this.status === 'reading')
        this.progress = { phase: 'reading', done: message.done, total: message.total }
    } else if (message.type === 'overview' || message.type === 'details' || message.type === 'changes') {
      if (message.type === 'overview') {
        this.#crew?.drawInPeace()
        this.#deps.beforeCounts()
      }
      this.takeCounted(message)
      if (message.type === 'details' && this.#next !== null) this.#goOnWhenDrawn(this.#next)
    } else if (message.type === 'listing' || message.type === 'rows' || message.type === 'span') {
      this.rows.listener.hear(message)
    } else {
      this.status = 'ready'
      this.rows.complete(message.rowid)
      this.progress = null
      const path = this.file?.path
      this.#next = () => {
        this.#staff.prepare()
        if (path) void this.#check(path)
        if (path && message.rowid !== null)
          void this.#follow(path, { rows: message.rows, rowid: message.rowid })
      }
      this.#nextBy = setTimeout(() => this.#goOn(), longestForCharts)
    }
  }

  /** What keeps a core busy for seconds waits until the last charts of all rows are drawn. */
  #goOnWhenDrawn(next: () => void): void {
    void drawn().then(() => {
      if (this.#next === next) this.#goOn()
    })
  }

  #goOn(): void {
    const next = this.#next
    this.#forgetNext()
    next?.()
  }

  #forgetNext(): void {
    this.#next = null
    clearTimeout(this.#nextBy)
  }

  /** Looks through the whole file once its charts are up. */
  async #check(path: string): Promise<void> {
    const abort = this.#abort
    if (abort === null) return
    const checked = await this.#deps.bridge.stream('files.check', { path }, () => {}, abort.signal)
    if (this.#abort !== abort || !checked.ok) return
    this.damaged = !checked.value.sound
    this.otherNames = checked.value.otherNames
  }

  /** Hears of the file until something happened after which it must be read anew, or can't be. */
  async #follow(path: string, after: { rows: number; rowid: number }): Promise<void> {
    const abort = this.#abort
    if (abort === null) return
    let last: FollowItem | null = null
    const hear = (item: FollowItem): void => {
      if (this.#abort !== abort) return
      last = item
      if (item.type === 'added') {
        this.#crew?.add(item.events, this.#view())
        this.rows.added(item.events.map(({ rowid }) => rowid))
      } else if (item.type === 'writing' && this.file) this.file = { ...this.file, writing: item.writing }
      else if (item.type === 'gone') this.#lose({ kind: 'gone' })
      else if (item.type === 'unreadable') this.#lose({ kind: 'unreadable', error: item.error })
      else if (item.type === 'changed' && item.how === 'replaced') this.notice = { kind: item.how }
      else if (item.type === 'changed' && item.how === 'truncated' && !this.shrinking)
        this.notice = { kind: item.how }
    }
    const begun = this.#deps.now()
    const ended = await this.#deps.bridge.stream('files.follow', { path, after }, hear, abort.signal)
    if (this.#abort !== abort) return
    if (isChanged(last)) return this.#readAgain(path, abort)
    if (ended.ok || ended.error.kind === 'disconnected') return
    // Whatever ended it, rows would be missed from now on, and nobody would know.
    if (this.#deps.now() - begun > shortestFollowing) await this.#readAgain(path, abort)
    else this.#lose({ kind: 'unreadable', error: ended.error })
  }

  /** There is nothing more to hear of the file, so nothing is said of a tool that writes to it either. */
  #lose(notice: FileNotice): void {
    this.notice = notice
    if (this.file !== null) this.file = { ...this.file, writing: false }
  }

  /** By the person's wish, so it shows how far it is, and may be cancelled. */
  async #readOnceMore(file: ReadFile): Promise<void> {
    this.#abort?.abort()
    const abort = (this.#abort = new AbortController())
    this.status = 'reading'
    if (file.path !== null) return this.#readAgain(file.path, abort)
    const again = (): ReturnType<typeof readDropped> => readDropped(this.#dropped ?? [])
    const dropped = await again()
    if (this.#abort !== abort) return
    if (!dropped.ok) return this.#notReadAgain(dropped.error)
    const { bytes, wal } = dropped.value
    this.#readBeside(file, { from: 'page', bytes, wal, again }, abort)
  }

  async #readAgain(path: string, abort: AbortController): Promise<void> {
    const opened = await this.#hostFiles.open(path, { show: () => {}, begin: () => {} }, abort)
    if (opened === null) return
    if (!opened.ok) return this.#notReadAgain(opened.error)
    this.#readBeside(fileOf(opened.value), this.#hostFiles.sourceOf(opened.value), abort)
  }

  /** Reads a file from its start beside the charts that are shown; they are replaced when all is read. */
  #readBeside(file: ReadFile, source: CrewSource, abort: AbortController): void {
    const newest: { overview?: FromCounter; details?: FromCounter } = {} // changes come after all is read
    let taken: RecognisedAs | null = null
    const recognised = (as: RecognisedAs): void => void (taken = as)
    const counted = (message: FromCounter): void => {
      if (this.#abort !== abort) return next.end()
      if (this.#crew === next || message.type === 'reading') return this.#counted(message)
      if (message.type === 'overview' || message.type === 'details') newest[message.type] = message
      if (message.type !== 'complete') return
      this.#crew?.end()
      this.file = file
      this.#take(next, file.path)
      this.recognised = taken
      if (isLoss(this.notice)) this.notice = null
      next.show(this.#view()) // the filter may have changed since its reading began
      if (newest.overview) this.#counted(newest.overview)
      if (newest.details) this.#counted(newest.details)
      this.#counted(message)
    }
    const next = this.#employ(file.name, source, { counted, recognised })
  }

  /** The charts stay what they were, and it is said that they no longer follow the file. */
  #notReadAgain(error: AppError): void {
    this.#lose(error.kind === 'file-missing' ? { kind: 'gone' } : { kind: 'unreadable', error })
    if (this.status === 'reading') this.status = 'ready'
    this.progress = null
  }

  #view() {
    const { zone, now, firstDayOfWeek } = this.#deps
    return { ...this.#wanted, zone: zone(), now: now(), firstDayOfWeek: firstDayOfWeek() }
  }

  #fail(error: AppError): void {
    this.#stop()
    this.error = this.notice?.kind === 'wal-missing' ? explainedByWal(error) : error
    this.progress = null
    this.status = 'failed'
  }

  #stop(): void {
    this.#abort?.abort()
    this.#abort = null
    this.#crew?.end()
    this.#crew = null
    this.#uncertain = null
    this.#forgetNext()
    this.rows.detach()
  }
}

const isChanged = (item: FollowItem | null): boolean => item?.type === 'changed'
