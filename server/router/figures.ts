// From kept events back to daily reports, which is what senders take: each event is counted under its words of the
// list of fields, and the counts become ranges by the same sanitizer as on a person's own machine. What has no words
// of a shared format is no part of it. Durations are held as how many fell into each range, so a sum of any number of
// events is small, and its median is in the right range all the same.
import { lowest } from '../../senders/daily-usage.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../shared/sharing/anonymize.ts'
import { closedWord, other, subjectList, subjects, unknown } from '../../shared/sharing/fields.ts'
import type { Subject } from '../../shared/sharing/fields.ts'
import { isSharedFormat, lists, sharedFormats } from '../../shared/sharing/lists/index.ts'
import type { SharedFormat } from '../../shared/sharing/lists/index.ts'
import { counts, durations, errorRates } from '../../shared/sharing/ranges.ts'
import type { DayFigures, Figure } from '../../shared/sharing/report.ts'
import { isRecord } from '../../shared/plain.ts'
import type { KeptEvent } from '../intake.ts'
import { dailyUsage, knownOf } from '../known.ts'

type Words = Readonly<Record<string, unknown>>

interface Group {
  readonly format: SharedFormat
  readonly day: string
  readonly toolVersion: string
  readonly os: string
  readonly tallies: Map<string, Tally>
}

interface Tally {
  readonly subject: Subject
  readonly word: Figure['word']
  count: number
  failed: number
  withOutcome: number
  /** How many in each range of durations. */
  readonly lasted: number[]
}

export class Figures {
  readonly #groups = new Map<string, Group>()

  /** Whether it has words for it. */
  add(event: Pick<KeptEvent, 'kind' | 'day' | 'os' | 'body'>): boolean {
    const { kind, day, body } = event
    const rows = body['rows']
    if (Array.isArray(rows))
      return rows
        .filter(isRecord)
        .map((row) => this.#addRow(day, { ...body, ...row }))
        .includes(true)
    if (kind === dailyUsage) return this.#addRow(day, body)
    const format = sharedFormats.find((one) => lists[one].kinds.words.includes(kind))
    if (format === undefined) return false
    const words: Words = { ...knownOf(body).kept, kind }
    const group = this.#groupOf(format, day, words['tool_version'], event.os)
    const { failed, took } = outcomeOf(kind, body)
    for (const subject of subjects) {
      const tally = tallyOf(group, subject, words[subject.name])
      if (tally === null) continue
      tally.count++
      if (failed !== null) tally.withOutcome++
      if (failed === true) tally.failed++
      if (took !== null) addDuration(tally, took, 1)
    }
    return true
  }

  /** A row that was ranges before: it counts as where they begin. */
  #addRow(day: string, row: Words): boolean {
    const format = row['format']
    if (typeof format !== 'string' || !isSharedFormat(format)) return false
    const group = this.#groupOf(format, day, row['tool_version'], textOf(row['os']))
    const subject = subjects.find(({ name }) => typeof row[name] === 'string')
    const tally = subject && tallyOf(group, subject, row[subject.name])
    if (!tally) return false
    const [count, rate] = [lowest(counts, textOf(row['count'])), textOf(row['error_rate'])]
    tally.count += count
    if (rate !== undefined) {
      tally.withOutcome += count
      tally.failed += (count * lowest(errorRates, rate)) / 100
    }
    const [median, p95] = [textOf(row['median']), textOf(row['p95'])]
    if (median !== undefined) addDuration(tally, lowest(durations, median), count * 0.9)
    if (p95 !== undefined) addDuration(tally, lowest(durations, p95), count * 0.1)
    return true
  }

  #groupOf(format: SharedFormat, day: string, version: unknown, os: string | null | undefined): Group {
    const known = typeof version === 'string' ? closedWord(lists[format].versions, version) : unknown
    const group = { format, day, toolVersion: known, os: os ?? other, tallies: new Map<string, Tally>() }
    const key = `${format} ${day} ${known} ${group.os}`
    const there = this.#groups.get(key) ?? group
    this.#groups.set(key, there)
    return there
  }

  /** All of them, as they leave; `program` is the version of this one. */
  reports(program: string): readonly Outbound[] {
    return [...this.#groups.values()].map((group) =>
      anonymize([figuresOf(group)], {
        level: 'detailed',
        version: program,
        platform: platforms[group.os] ?? '',
      }),
    )
  }
}

/** By the names that the sanitizer is given on a person's machine. */
const platforms: Readonly<Record<string, string>> = { linux: 'linux', macos: 'darwin', windows: 'win32' }

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function tallyOf({ format, tallies }: Group, subject: Subject, word: unknown): Tally | null {
  const list = typeof word === 'string' ? subjectList(format, subject) : null
  if (list === null || typeof word !== 'string') return null
  const closed = closedWord(list, word)
  const key = `${subject.name} ${closed}`
  const tally = tallies.get(key) ?? {
    subject,
    word: closed,
    count: 0,
    failed: 0,
    withOutcome: 0,
    lasted: durations.map(() => 0),
  }
  tallies.set(key, tally)
  return tally
}

function addDuration({ lasted }: Tally, milliseconds: number, weight: number): void {
  const at = durations.findLastIndex(({ from }) => from <= milliseconds)
  lasted[at] = (lasted[at] ?? 0) + weight
}

/** As each format's own file says it. */
const failedReasons = [
  ...['timeout', 'stuck', 'error', 'invalid_pattern', 'pattern_error', 'invalid_fd', 'unexpected_output'],
  'coverage_failed',
]

function outcomeOf(kind: string, body: Words): { failed: boolean | null; took: number | null } {
  const { success, exit_reason: reason, duration_ms: milliseconds, total_runtime: seconds } = body
  const took =
    typeof milliseconds === 'number' ? milliseconds : typeof seconds === 'number' ? seconds * 1000 : null
  if (kind === 'error') return { failed: true, took }
  if (typeof success === 'boolean') return { failed: !success, took }
  return { failed: typeof reason === 'string' ? failedReasons.includes(reason) : null, took }
}

function figuresOf({ format, day, toolVersion, tallies }: Group): DayFigures {
  return {
    format,
    day,
    toolVersion,
    figures: [...tallies.values()].filter(({ count }) => count > 0).map(figureOf),
  }
}

const figureOf = ({ lasted, ...tally }: Tally): Figure => ({
  ...tally,
  median: quantile(lasted, 0.5),
  p95: quantile(lasted, 0.95),
})

/** Where the range begins in which it lies. */
function quantile(lasted: readonly number[], share: number): number | null {
  const all = lasted.reduce((sum, n) => sum + n, 0)
  if (all === 0) return null
  let below = 0
  const at = lasted.findIndex((n) => (below += n) >= all * share)
  return durations[at]?.from ?? null
}
