// Follows a file while a tool writes to it. It looks at the files' stat twice a second and opens the database only
// when something changed, for a moment: a connection kept open would be a lock, and traces, that the tool meets.
//
// Rows that were only added are sent as they are. Whether old rows changed can't be seen from counts alone, so once
// the file has been still for a while the old rows are summed up and compared with what they were; when they
// differ, or rows are missing, the answer is "changed": read it again from the start.
import { stat } from 'node:fs/promises'
import type { BigIntStats } from 'node:fs'
import type { FollowItem, SentEvent } from '../../shared/bridge.ts'
import type { AppError } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import type { EventReader, RowSpan, TelemetryEvent } from '../../shared/viewer/events.ts'
import type { Sqlite } from '../../shared/viewer/sqlite.ts'
import type { Job } from '../jobs.ts'
import { explainSqlite } from './native.ts'
import { openAs } from './read-as.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface Follow {
  input: ReadOnlyInput & { readonly after: FollowedRows | null }
  output: null
  item: FollowItem
}
/** What the window has: how many rows, and the highest row number among them. */
export interface FollowedRows {
  readonly rows: number
  readonly rowid: number
}

const lookEvery = 500
const stillFor = 3000
const mostAtOnce = 20_000
const mostInOneItem = 2000
const restFactor = 10
const portion = 5000n
const writingFor = 120_000

export const follow: Job<'follow'> = async (input, port) => {
  const follower = new Follower(input, port.progress)
  for (;;) {
    const ended = await follower.look()
    if (ended) return ok(null)
    await new Promise((resolve) => setTimeout(resolve, lookEvery))
  }
}

interface Stamp {
  readonly inode: bigint
  readonly size: bigint
  readonly text: string
  readonly modified: number
}

class Follower {
  readonly #input: Follow['input']
  readonly #send: (item: FollowItem) => void
  #known: FollowedRows | null
  #stamp: Stamp | null = null
  #missing = 0
  #changedAt = 0
  #checked = true
  /** What the rows up to a row number were when they were first seen. */
  #old: { readonly upTo: bigint; readonly digest: number } | null = null
  /** Comparing a big file takes seconds: no sooner than this again. */
  #rest = 0
  #writing: boolean | null = null

  constructor(input: Follow['input'], send: (item: FollowItem) => void) {
    this.#input = input
    this.#send = send
    this.#known = input.after
  }

  /** One look; true when there is nothing more to follow. */
  async look(): Promise<boolean> {
    const stamp = await stampOf(this.#input.path)
    if (stamp === null) return this.#lost()
    this.#missing = 0
    const ended = await this.#compare(stamp)
    if (!ended) this.#tellWriting(stamp)
    return ended
  }

  async #compare(stamp: Stamp): Promise<boolean> {
    const before = this.#stamp
    this.#stamp = stamp
    if (before !== null && before.inode !== stamp.inode)
      return this.#end({ type: 'changed', how: 'replaced' })
    if (before !== null && stamp.size < before.size) return this.#end({ type: 'changed', how: 'truncated' })
    if (before === null || before.text !== stamp.text) {
      this.#changedAt = Date.now()
      this.#checked = false
      return this.#read(this.#readNew)
    }
    const now = Date.now()
    if (this.#checked || now - this.#changedAt < stillFor || now < this.#rest) return false
    this.#checked = true
    return this.#read(this.#compareOld)
  }

  /** Gone in one look may be a rename in the middle of a replacement; gone in two is gone. */
  #lost(): boolean {
    this.#missing++
    return this.#missing >= 2 && this.#end({ type: 'gone' })
  }

  #tellWriting({ modified }: Stamp): void {
    const writing = Date.now() - modified < writingFor
    if (writing === this.#writing) return
    this.#writing = writing
    this.#send({ type: 'writing', writing })
  }

  #end(item: FollowItem): true {
    this.#send(item)
    return true
  }

  async #read(work: (reader: EventReader, db: Sqlite) => boolean): Promise<boolean> {
    const opened = await openAs(this.#input, () => {}, 'briefly')
    if (!opened.ok) return this.#unread(opened.error)
    const { db, events, close } = opened.value
    try {
      return work.call(this, events, db)
    } catch (error) {
      return this.#end({ type: 'unreadable', error: explainSqlite(error, this.#input.path) })
    } finally {
      await close()
    }
  }

  #unread(error: AppError): boolean {
    if (error.kind === 'file-unknown') return this.#end({ type: 'changed', how: 'rewritten' })
    if (error.kind !== 'file-busy') return this.#end({ type: 'unreadable', error })
    this.#stamp = null // look again at the next turn
    return false
  }

  #readNew(reader: EventReader, db: Sqlite): boolean {
    const span = reader.span(db)
    const last = span?.to ?? 0n
    const known = (this.#known ??= { rows: reader.count(db), rowid: Number(last) })
    const from = BigInt(known.rowid) + 1n
    if (span === null ? known.rows > 0 : last < from - 1n)
      return this.#end({ type: 'changed', how: 'rewritten' })
    const added: SentEvent[] = []
    if (last >= from)
      for (const event of reader.read(db, { from, to: last })) {
        if (added.length === mostAtOnce) return this.#end({ type: 'changed', how: 'rewritten' })
        added.push(toSend(event))
      }
    if (reader.count(db) !== known.rows + added.length)
      return this.#end({ type: 'changed', how: 'rewritten' })
    this.#old ??= { upTo: from - 1n, digest: digestOf(reader, db, from - 1n) }
    for (let at = 0; at < added.length; at += mostInOneItem)
      this.#send({ type: 'added', events: added.slice(at, at + mostInOneItem) })
    this.#known = { rows: known.rows + added.length, rowid: Number(last) }
    return false
  }

  #compareOld(reader: EventReader, db: Sqlite): boolean {
    if (this.#old === null || this.#known === null) return false
    const started = Date.now()
    if (digestOf(reader, db, this.#old.upTo) !== this.#old.digest)
      return this.#end({ type: 'changed', how: 'rewritten' })
    const upTo = BigInt(this.#known.rowid)
    if (upTo !== this.#old.upTo) this.#old = { upTo, digest: digestOf(reader, db, upTo) }
    this.#rest = Date.now() + restFactor * (Date.now() - started)
    return false
  }
}

/** One number over everything that charts are made of, in all rows up to a row number. */
function digestOf(reader: EventReader, db: Sqlite, upTo: bigint): number {
  const span = reader.span(db)
  if (span === null || span.from > upTo) return 0
  const numbers = new Map<string | null, number>()
  const word = (text: string | null): number => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    let hash = 7
    for (let i = 0; i < (text?.length ?? 0); i++) hash = mix(hash, text?.charCodeAt(i) ?? 0)
    if (numbers.size < 100_000) numbers.set(text, hash)
    return hash
  }
  let digest = 1
  for (const event of inPortions(reader, db, { from: span.from, to: upTo })) {
    digest = mixNumber(mixNumber(mixNumber(digest, event.rowid), event.time), event.duration)
    digest = mix(mix(digest, event.outcome), word(event.kind))
    for (const value of event.dimensions) digest = mix(digest, value === null ? 3 : word(value))
    for (const value of event.measures) digest = mixNumber(digest, value)
    for (const counts of event.tallies)
      if (counts !== null) digest = mix(digest, word(JSON.stringify(counts)))
  }
  return digest
}

/**
 * A statement that runs holds a lock, and a tool whose file is not in WAL mode can't commit meanwhile. So a long
 * read is many short ones; a row that changes between two of them shows as a change, which it is.
 */
function* inPortions(reader: EventReader, db: Sqlite, span: RowSpan): Generator<TelemetryEvent> {
  for (let from = span.from; from <= span.to; from += portion) {
    const to = from + portion - 1n
    yield* reader.read(db, { from, to: to < span.to ? to : span.to })
  }
}

const mix = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193) >>> 0
const double = new Float64Array(1)
const halves = new Uint32Array(double.buffer)
function mixNumber(hash: number, value: number): number {
  double[0] = value
  return mix(mix(hash, halves[0] ?? 0), halves[1] ?? 0)
}

function toSend({ time, duration, measures, dimensions, tallies, ...rest }: TelemetryEvent): SentEvent {
  return {
    ...rest,
    time: orNull(time),
    duration: orNull(duration),
    dimensions: [...dimensions],
    tallies: [...tallies],
    measures: measures.map(orNull),
  }
}
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

async function stampOf(path: string): Promise<Stamp | null> {
  const one = async (end: string): Promise<BigIntStats | null> => {
    try {
      return await stat(path + end, { bigint: true })
    } catch {
      return null
    }
  }
  const [main, wal] = [await one(''), await one('-wal')]
  if (main === null) return null
  const text = [main, wal].map((about) => (about ? `${about.size} ${about.mtimeNs}` : '-')).join(' ')
  const modified = Math.max(Number(main.mtimeMs), Number(wal?.mtimeMs ?? 0n))
  return { inode: main.ino, size: main.size, text, modified }
}
