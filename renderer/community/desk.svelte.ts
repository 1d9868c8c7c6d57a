// What the Community screen knows: the trends that were fetched or opened, and one's own values of the same weeks. It
// stays while other screens are looked at, so that nothing is fetched twice. Only `fetch` opens a connection, to the
// address that stands on its button.
import { safeParse } from 'valibot'
import { ownTableOf } from '../../shared/community/band.ts'
import type { OwnTable, OwnValues } from '../../shared/community/band.ts'
import { largestTrends, measures, readTrends, trendsAddress } from '../../shared/community/trends.ts'
import type { Measure, Trends, TrendsTable, TrendsWeek } from '../../shared/community/trends.ts'
import { Day } from '../../shared/ids.ts'
import { fail, ok } from '../../shared/result.ts'
import type { AppError, Result } from '../../shared/result.ts'
import type { Program } from '../program.svelte.ts'

const desks = new WeakMap<Program, CommunityDesk>()
export function deskOf(program: Program): CommunityDesk {
  const desk = desks.get(program) ?? new CommunityDesk(program)
  desks.set(program, desk)
  return desk
}

/** In this order; others come after them. */
const first = ['tool_version', 'os', 'provider', 'agent', 'kind']

export class CommunityDesk {
  readonly #program: Program
  /** As it is typed. */
  server = $state('')
  trends = $state.raw<Trends | null>(null)
  /** An address, or a file's name. */
  source = $state('')
  error = $state.raw<AppError | null>(null)
  fetching = $state(false)
  own = $state.raw<OwnValues | null>(null)
  ownError = $state.raw<AppError | null>(null)
  countingOwn = $state(false)
  measure = $state<Measure>('error_rate')
  /** Of the course over weeks. */
  course = $state<Measure | 'share'>('share')
  #format = $state<string | null>(null)
  #week = $state<string | null>(null)
  #subject = $state<string | null>(null)
  /** Of which file the own values are, and of which trends. */
  #ownFor: readonly [string, Trends] | null = null
  #abort: AbortController | null = null

  constructor(program: Program) {
    this.#program = program
  }

  get address(): string {
    return trendsAddress(this.server)
  }
  get formats(): string[] {
    return [...new Set(this.trends?.weeks.flatMap(({ tables }) => tables.map(({ format }) => format)))]
  }
  /** The one of the open file, where the trends have it. */
  get format(): string {
    const open = this.#program.reader.recognised?.format.name ?? ''
    const wished = this.#format ?? open
    return this.formats.includes(wished) ? wished : (this.formats[0] ?? '')
  }
  set format(name: string) {
    this.#format = name
  }
  /** Newest first, those that tell of this tool. */
  get weeks(): TrendsWeek[] {
    const { format } = this
    return (this.trends?.weeks ?? []).filter(({ tables }) => tables.some((table) => table.format === format))
  }
  get week(): TrendsWeek | null {
    return this.weeks.find(({ name }) => name === this.#week) ?? this.weeks[0] ?? null
  }
  set weekName(name: string) {
    this.#week = name
  }
  get tables(): TrendsTable[] {
    const place = ({ subject }: TrendsTable): number => (first.indexOf(subject) + 20) % 20
    return (this.week?.tables ?? [])
      .filter(({ format }) => format === this.format)
      .toSorted((a, b) => place(a) - place(b))
  }
  /** Subjects of which the week tells rates or durations. */
  get ranged(): string[] {
    const tells = ({ cells }: TrendsTable): boolean =>
      cells.some((cell) => measures.some((measure) => cell[measure] !== undefined))
    return this.tables.filter(tells).map(({ subject }) => subject)
  }
  get subject(): string {
    const wished = this.#subject ?? 'kind'
    return this.ranged.includes(wished) ? wished : (this.ranged[0] ?? '')
  }
  set subject(name: string) {
    this.#subject = name
  }

  ownTable(subject: string, week = this.week?.name ?? ''): OwnTable | null {
    return this.own === null ? null : ownTableOf(this.own, { week, format: this.format, subject })
  }

  /** Where sharing is on and knows a community server, its address stands there already. */
  async begin(): Promise<void> {
    void this.countOwn()
    if (this.server !== '' || this.#program.sharing === 'off') return
    const known = await this.#program.host.bridge.call('share.destinations', {})
    const set = known.ok ? known.value.set.find(({ name }) => name === 'community') : undefined
    if (this.address === '') this.server = set?.told['address'] ?? ''
  }

  async fetch(): Promise<void> {
    const { address } = this
    if (address === '' || this.fetching) return
    this.fetching = true
    this.#take(await this.#program.host.bridge.call('community.trends', { from: { address } }), address)
    this.fetching = false
  }

  /** The page reads it itself: a browser tells nobody where a file lies. */
  async open(file: File): Promise<void> {
    const read = file.size > largestTrends ? null : readTrends(await file.text())
    if (read?.ok === true) return this.#take(ok(read.value), file.name)
    const refusal = read === null ? { fault: 'too-large' as const, where: '' } : read.error
    this.#take(fail({ kind: 'trends-refused', ...refusal }), file.name)
  }

  close(): void {
    this.trends = null
    this.error = null
  }

  #take(read: Result<Trends>, source: string): void {
    this.error = read.ok ? null : read.error
    this.trends = read.ok ? read.value : null
    if (!read.ok) return
    this.source = source
    void this.countOwn()
  }

  /** Of the open file, in the weeks that the trends have. */
  async countOwn(): Promise<void> {
    const { trends } = this
    const path = this.#program.place.file
    if (path === null || trends === null) {
      this.#abort?.abort()
      this.own = null
      this.#ownFor = null
      return
    }
    if (this.#ownFor?.[0] === path && this.#ownFor[1] === trends) return
    this.#abort?.abort()
    const abort = (this.#abort = new AbortController())
    this.#ownFor = [path, trends]
    this.own = null
    this.ownError = null
    this.countingOwn = true
    const weeks = trends.weeks.flatMap(({ name, from, to }) => {
      const days = [safeParse(Day, from), safeParse(Day, to)] as const
      return days[0].success && days[1].success ? [{ name, from: days[0].output, to: days[1].output }] : []
    })
    const counted = await this.#program.host.bridge.stream(
      'community.own',
      { path, weeks },
      () => {},
      abort.signal,
    )
    if (this.#abort !== abort) return
    this.countingOwn = false
    if (counted.ok) this.own = counted.value
    else if (counted.error.kind !== 'cancelled') this.ownError = counted.error
  }
}
