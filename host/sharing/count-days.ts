// Counts whole UTC days out of the files that a person has ticked, through the same reading as every screen. Files
// of one format are counted together; a second copy of the same events, a sample, an export and a file of a format
// without a list are left out, and it is told which.
import { ok } from '../../shared/result.ts'
import type { AppError } from '../../shared/result.ts'
import type { ReadFile } from '../../shared/share.ts'
import { isSharedFormat } from '../../shared/sharing/lists/index.ts'
import type { SharedFormat } from '../../shared/sharing/lists/index.ts'
import { completedDays, dayFigures, dayOf, groupByDay, rowsOn, utcDay } from '../../shared/sharing/report.ts'
import type { DayFigures } from '../../shared/sharing/report.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import type { Origin } from '../../shared/sharing/anonymize.ts'
import { fieldExamples } from '../../shared/sharing/examples.ts'
import type { FieldExample } from '../../shared/sharing/examples.ts'
import type { Columns } from '../../shared/viewer/columns.ts'
import { loadColumns } from '../file/columns.ts'
import type { ReadOnlyInput } from '../file/read-only.ts'
import type { Job } from '../jobs.ts'

export interface CountDays {
  input: Omit<ReadOnlyInput, 'path'> & {
    readonly paths: readonly string[]
    /** Null: the last whole day that any of them has. */
    readonly days: readonly string[] | null
    /** To show what they would give; what is made up is never shared. */
    readonly evenSamples: boolean
    /** Null: examples of the fields aren't wanted. */
    readonly examplesFor: Origin | null
  }
  output: Counted
}

export interface Counted {
  readonly figures: readonly DayFigures[]
  readonly files: readonly ReadFile[]
  /** Of the last of the days, and of the first format that has it. */
  readonly examples: readonly FieldExample[]
  /** Why the first of the files that couldn't be read couldn't be. */
  readonly fault: AppError | null
}

interface Loaded {
  readonly path: string
  readonly title: string
  readonly format: SharedFormat
  readonly columns: Columns
  readonly isSample: boolean
}

export const countDays: Job<'count-days'> = async (
  { paths, days: wanted, evenSamples, examplesFor, ...input },
  port,
) => {
  const files: ReadFile[] = []
  const loaded: Loaded[] = []
  let fault: AppError | null = null
  for (const path of paths) {
    const read = await loadColumns({ ...input, path }, port.progress)
    if (!read.ok) {
      fault ??= read.error
      files.push({ path, title: '', events: 0, leftOut: 'unreadable', isSample: false })
      continue
    }
    const { columns, mark } = read.value
    const { name, title } = columns.format
    const isSample = mark === 'sample'
    if (mark !== null && !(isSample && evenSamples))
      files.push({ path, title, events: 0, leftOut: mark, isSample })
    else if (isSharedFormat(name)) loaded.push({ path, title, format: name, columns, isSample })
    else files.push({ path, title, events: 0, leftOut: 'not shared', isSample })
  }
  const days = daysOf(wanted, loaded, input.now)
  const figures: DayFigures[] = []
  let examples: readonly FieldExample[] = []
  for (const [format, all] of Map.groupBy(loaded, (file) => file.format)) {
    const { kept, copies } = withoutCopies(all, days)
    files.push(
      ...kept.map(({ path, title, columns, isSample }) => ({
        path,
        title,
        isSample,
        events: eventsOn(columns, days.at(-1)),
        leftOut: null,
      })),
      ...copies.map(({ path, title, isSample }) => ({
        ...{ path, title, isSample },
        events: 0,
        leftOut: 'copy' as const,
      })),
    )
    const counted = dayFigures(
      kept.map(({ columns }) => columns),
      format,
      days,
    )
    figures.push(...counted)
    const last = counted.at(-1)
    if (examplesFor !== null && examples.length === 0 && last !== undefined)
      examples = examplesOf(kept, last, examplesFor)
  }
  return ok({ figures, files, examples, fault })
}

const eventsOn = (columns: Columns, day: number | undefined): number =>
  day === undefined ? 0 : rowsOn(columns, day).length

/** Of the file that has most of that day. */
function examplesOf(files: readonly Loaded[], figures: DayFigures, origin: Origin): FieldExample[] {
  const [report] = anonymize([figures], origin)
  const day = dayOf(figures.day)
  const [fullest] = [...files].sort((a, b) => eventsOn(b.columns, day) - eventsOn(a.columns, day))
  if (report === undefined || fullest === undefined) return []
  return fieldExamples({ columns: fullest.columns, format: figures.format, figures, report, origin })
}

function daysOf(wanted: readonly string[] | null, files: readonly Loaded[], now: number): number[] {
  if (wanted !== null)
    return wanted
      .map(dayOf)
      .filter((day) => day < utcDay(now))
      .sort((a, b) => a - b)
  const lasts = files.map(({ columns }) => completedDays(columns, now).at(-1) ?? -Infinity)
  const last = Math.max(...lasts)
  return Number.isFinite(last) ? [last] : []
}

/** Half of the events in common, to the millisecond: it is the same file again, or a part of it. */
const muchAlike = 0.5

/** The fuller of two that hold the same events stays. */
function withoutCopies(
  files: readonly Loaded[],
  days: readonly number[],
): { kept: readonly Loaded[]; copies: readonly Loaded[] } {
  if (files.length < 2) return { kept: files, copies: [] }
  const kept: { file: Loaded; marks: Set<string> }[] = []
  const copies: Loaded[] = []
  const marked = files.map((file) => ({ file, marks: marksOf(file.columns, days) }))
  for (const one of marked.sort((a, b) => b.marks.size - a.marks.size)) {
    const common = (marks: Set<string>): number => [...one.marks].filter((mark) => marks.has(mark)).length
    const isCopy = kept.some(({ marks }) => common(marks) > one.marks.size * muchAlike)
    if (isCopy) copies.push(one.file)
    else kept.push(one)
  }
  return { kept: kept.map(({ file }) => file), copies }
}

function marksOf(columns: Columns, days: readonly number[]): Set<string> {
  const marks = new Set<string>()
  for (const rows of groupByDay(columns, days).values())
    for (const row of rows)
      marks.add(`${columns.time[row]} ${columns.kinds[columns.kind[row] ?? 0]} ${columns.duration[row]}`)
  return marks
}
