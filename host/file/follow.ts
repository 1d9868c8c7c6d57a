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
import type { EventReader, TelemetryEvent } from '../../shared/viewer/events.ts'
import type { Cell, Sqlite } from '../../shared/viewer/sqlite.ts'
import type { Job } from '../jobs.ts'
import { openAs } from './read-as.ts'
import { explainOpened } from './read-only.ts'
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
/** Rows asked for one by one take six times as long. */
const portion = 100
/** Of each look so much is for summing up: what a tool adds meanwhile is seen at the next. */
const longestSumming = 150
const writingFor = 120_000

export const follow: Job<'follow'> = async (input, port) => {
  const follower = new Follower(input, port.progress)
  for (;;) {
    const ended = await follower.look()
    if (ended) return ok(null)
    await new Promise((resolve) => setTimeout(resolve, lookEvery))
  }
}

/** One number over all rows up to one, worked out a little at each look. */
interface Summing {
  readonly upTo: bigint
  /** Of rows that were there already when the file was opened, to see whether they still say the same. */
  readonly again: boolean
  /** When the file had changed last. */
  readonly changedAt: number
  /** The last row that is summed up; null before the first. */
  after: bigint | null
  spent: number
  sum: number
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
  /**
   * Whether it was read since it changed last. A tool in WAL mode writes its rows into the log first, and then says so
   * in the -shm, where no stat can see it: what is read in between is without these rows, and nothing changes after it.
   */
  #settled = true
  /** A copy is read by its log alone; nor is one made without need. */
  #inPlace = true
  /** What the rows up to a row number were when they were first seen. */
  #old: { readonly upTo: bigint; readonly sum: number } | null = null
  #summing: Summing | null = null
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
    const ended = (await this.#compare(stamp)) || (this.#summing !== null && (await this.#read(this.#sumUp)))
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
      this.#settled = false
      return this.#read(this.#readNew)
    }
    if (!this.#settled) {
      this.#settled = true
      return this.#inPlace && this.#read(this.#readNew)
    }
    const now = Date.now()
    if (this.#checked || now - this.#changedAt < stillFor || now < this.#rest) return false
    if (this.#summing !== null) return false
    this.#checked = true
    if (this.#old !== null) this.#summing = this.#begin(this.#old.upTo, true)
    return this.#inPlace && this.#read(this.#readNew) // a machine under load may take its time between those two steps
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

  async #read(
    work: (reader: EventReader, db: Sqlite, readFrom: 'place' | 'copy') => boolean,
  ): Promise<boolean> {
    const opened = await openAs(this.#input, () => {}, 'briefly')
    if (!opened.ok) return this.#unread(opened.error)
    const { db, events, close, readFrom } = opened.value
    this.#inPlace = readFrom === 'place'
    try {
      return work.call(this, events, db, readFrom)
    } catch (error) {
      return this.#unread(explainOpened(error, opened.value))
    } finally {
      await close()
    }
  }

  #unread(error: AppError): boolean {
    if (error.kind === 'file-unknown') return this.#end({ type: 'changed', how: 'rewritten' })
    if (error.kind !== 'file-busy' && error.kind !== 'file-changed')
      return this.#end({ type: 'unreadable', error })
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
    if (this.#old === null) this.#summing ??= this.#begin(from - 1n, false)
    for (let at = 0; at < added.length; at += mostInOneItem)
      this.#send({ type: 'added', events: added.slice(at, at + mostInOneItem) })
    this.#known = { rows: known.rows + added.length, rowid: Number(last) }
    return false
  }

  #begin(upTo: bigint, again: boolean): Summing {
    return { upTo, again, changedAt: this.#changedAt, after: null, sum: 1, spent: 0 }
  }

  /**
   * A statement that runs holds a lock, and a tool whose file is not in WAL mode can't commit meanwhile. So it is many
   * short ones; a row that changes between two of them shows as a change, which it is.
   */
  #sumUp(reader: EventReader, db: Sqlite, readFrom: 'place' | 'copy'): boolean {
    const summing = this.#summing
    if (summing === null) return false
    const started = Date.now()
    const end = readFrom === 'copy' ? Infinity : started + longestSumming // a copy isn't made twice
    const lowest = reader.span(db)?.from ?? null
    const ask = reader.raw(db, portion)
    for (let full = lowest !== null; full;) {
      const rows = ask({
        from: summing.after === null ? (lowest ?? 0n) : summing.after + 1n,
        to: summing.upTo,
      })
      for (const row of rows) summing.sum = mixRow(summing.sum, row)
      const last = rows.at(-1)?.at(-1)
      if (typeof last === 'bigint') summing.after = last
      full = rows.length === portion
      if (full && Date.now() >= end) {
        summing.spent += Date.now() - started
        return false
      }
    }
    summing.spent += Date.now() - started
    return this.#summed(summing)
  }

  /** Rows that were added since are old ones now. */
  #summed(done: Summing): boolean {
    const { upTo, again, sum, spent } = done
    this.#summing = null
    if (again && sum !== this.#old?.sum) return this.#end({ type: 'changed', how: 'rewritten' })
    this.#old = { upTo, sum }
    const newest = BigInt(this.#known?.rowid ?? 0)
    if (again) this.#rest = Date.now() + restFactor * spent
    else if (done.changedAt === this.#changedAt) this.#checked = true // seen as it stands there now
    if (again && newest > upTo) this.#summing = { ...done, upTo: newest, again: false, spent: 0 }
    return false
  }
}

function mixRow(sum: number, row: readonly Cell[]): number {
  let mixed = sum
  for (const cell of row) {
    if (cell === null) mixed = mix(mixed, 3)
    else if (typeof cell === 'string') {
      for (let i = 0; i < cell.length; i++) mixed = mix(mixed, cell.charCodeAt(i))
      mixed = mix(mixed, cell.length)
    } else if (typeof cell === 'number') mixed = mixNumber(mixed, cell)
    else if (typeof cell === 'bigint')
      mixed = mixNumber(mixNumber(mixed, Number(cell)), Number(cell & 0xffffffffn))
    else for (const byte of cell) mixed = mix(mixed, byte)
  }
  return mixed
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
