// What the program says, by the names that truth.ts gives to the same figures; and where both differ.
import type { BarsSpec, Details, Figures as Counted, Overview } from '../../shared/viewer/specs.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { pointName } from './steps.ts'
import type { Figure, Figures } from './figures.ts'

export interface Answer {
  readonly overview: Overview
  readonly details: Details
}
type Told = Record<string, Figure>

const dayName = (day: number | null): string | null =>
  day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10)

export function told({ overview, details }: Answer): Figures {
  const { past, newest, whole, days, hours, calendar, durations } = overview
  const found: Told = {
    ...counted('', overview.figures),
    median: details.figures.median,
    '95th percentile': details.figures.p95,
    'before, from': past?.from ?? null,
    'before, to': past?.to ?? null,
    ...(overview.before !== null && counted('before, ', overview.before)),
    ...(overview.before !== null && {
      'before, median': details.before?.median ?? null,
      'before, 95th percentile': details.before?.p95 ?? null,
    }),
    newest,
    'first day of all': dayName(whole.first),
    'last day of all': dayName(whole.last),
    'active days of all': whole.activeDays,
    'bars of durations of all': whole.durations,
    days,
  }
  timeline(found, overview, details)
  for (const spec of [overview.kinds, ...overview.dimensions]) bars(found, spec, details)
  sums(found, '', overview.measures)
  sums(found, 'before, ', overview.measuresBefore)
  for (const { name, bars } of overview.tallies)
    for (const { label, count } of bars) found[`${name} ${label}`] = count
  hours?.counts.forEach((count, hour) => pair(found, `hour ${hour}`, count, hours.failed[hour]))
  if (calendar !== null) {
    found['calendar, first'] = dayName(calendar.first)
    found['calendar, days'] = calendar.counts.length
    found['calendar, years'] = calendar.years.join(' ')
    calendar.counts.forEach((count, i) =>
      pair(found, `calendar ${dayName(calendar.first + i)}`, count, calendar.failed[i]),
    )
  }
  durations?.counts.forEach((count, i) => {
    const name = `duration from ${durations.edges[i]}`
    found[name] = count
    found[`${name}, to`] = durations.edges[i + 1] ?? null
    found[`${name}, failed`] = durations.failed[i] ?? null
  })
  return found
}

function counted(name: string, figures: Counted): Figures {
  return {
    [`${name}events`]: figures.events,
    [`${name}first`]: figures.first,
    [`${name}last`]: figures.last,
    [`${name}without time`]: figures.withoutTime,
    [`${name}active days`]: figures.activeDays,
    [`${name}streak`]: figures.streak,
    [`${name}failed`]: figures.failed,
    [`${name}with outcome`]: figures.withOutcome,
    [`${name}with duration`]: figures.withDuration,
  }
}

function timeline(found: Told, { timeline: spec }: Overview, details: Details): void {
  found['step'] = spec?.step ?? null
  if (spec === null) return
  const { points, series, compare } = spec
  for (const [i, { start, end, count, failed, withOutcome, partial }] of points.entries()) {
    const name = pointName(start)
    found[name] = count
    found[`${name}, failed`] = failed
    found[`${name}, with outcome`] = withOutcome
    found[`${name}, until`] = end
    found[`${name}, running`] = Number(partial)
    found[`${name}, median`] = details.timeline?.[i]?.median ?? null
    found[`${name}, 95th percentile`] = details.timeline?.[i]?.p95 ?? null
    for (const { label, counts } of series ?? [])
      if (counts[i] !== 0) found[`${name}, of ${label ?? 'no value'}`] = counts[i] ?? null
    for (const { label, counts } of compare?.series ?? []) {
      const other = compare?.starts?.[i]
      if (compare?.starts !== null) {
        if (other !== undefined) found[`other ${pointName(other)}`] = counts[i] ?? null
      } else if (counts[i] !== 0) found[`${name}, compared ${label}`] = counts[i] ?? null
    }
  }
}

function bars(found: Told, { name, bars, values, total, top }: BarsSpec, details: Details): void {
  found[`${name}: values`] = values
  found[`${name}: total`] = total
  found[`${name}: order`] = bars.map(({ label }) => label).join('|')
  found[`${name}: coloured`] = top.length < 8 ? top.toSorted().join('|') : 'eight'
  for (const [i, { label, count, failed, withOutcome }] of bars.entries()) {
    found[`${name} = ${label}`] = count
    found[`${name} = ${label}, failed`] = failed
    found[`${name} = ${label}, with outcome`] = withOutcome
    found[`${name} = ${label}, median`] = details.medians[name]?.[i] ?? null
  }
}

function sums(found: Told, prefix: string, measures: Overview['measures']): void {
  for (const { name, count, sum } of measures) {
    found[`${prefix}${name}, rows`] = count
    found[`${prefix}${name}, sum`] = sum
  }
}

/** Of hours and days those that have any. */
function pair(found: Told, name: string, count: number, failed: number | undefined): void {
  if (count === 0) return
  found[name] = count
  found[`${name}, failed`] = failed ?? null
}

/** What `report --json` prints. */
export function reported(summary: Summary): Figures {
  const found: Told = {
    events: summary.events,
    first: summary.first,
    last: summary.last,
    failed: summary.failed,
    'active days': summary.activeDays,
    median: summary.medianDuration,
    '95th percentile': summary.p95Duration,
    step: summary.timeline?.step ?? null,
  }
  for (const [kind, count] of Object.entries(summary.kinds)) found[`kind = ${kind}`] = count
  for (const { start, count, failed } of summary.timeline?.points ?? []) {
    const name = pointName(Date.parse(start))
    found[name] = count
    found[`${name}, failed`] = failed
  }
  for (const { name, values, top } of summary.dimensions) {
    found[`${name}: values`] = values
    for (const { label, count, failed, withOutcome } of top) {
      found[`${name} = ${label}`] = count
      found[`${name} = ${label}, failed`] = failed
      found[`${name} = ${label}, with outcome`] = withOutcome
    }
  }
  sums(found, '', summary.measures)
  for (const { name, counts } of summary.tallies)
    for (const [word, count] of Object.entries(counts)) found[`${name} ${word}`] = count
  return found
}

/** Of the truth what a report has: times to the second, and of each dimension the first ten. */
export function reportable(truth: Figures): Figures {
  const second = (ms: Figure | undefined): Figure =>
    typeof ms === 'number' ? new Date(ms).toISOString().replace(/\.\d+/, '') : null
  const left =
    /^(before|other|calendar|hour|duration|newest|days|streak|with|without time|\w+( \w+)* of all)\b|: (total|order|coloured)|, (median|95th percentile|until|running)|^step .*, with outcome|^kind(: | = .*, )/
  const beyondTen = Object.entries(truth).flatMap(([name, labels]) =>
    name.endsWith(': order')
      ? String(labels)
          .split('|')
          .slice(10)
          .map((label) => `${name.slice(0, -7)} = ${label}`)
      : [],
  )
  const kept = Object.entries(truth).filter(
    ([name]) => !left.test(name) && !beyondTen.includes(name.replace(/, (failed|with outcome)$/, '')),
  )
  return { ...Object.fromEntries(kept), first: second(truth['first']), last: second(truth['last']) }
}

/** Every figure that one side has and the other hasn't, or has otherwise. Sums of fractions may differ in their last digits. */
export function differences(truth: Figures, told: Figures): string[] {
  const names = [...new Set([...Object.keys(truth), ...Object.keys(told)])]
  return names
    .filter((name) => !isSame(truth[name], told[name]))
    .map((name) => `${name}: SQL says ${String(truth[name])}, the program ${String(told[name])}`)
}

function isSame(truth: Figure | undefined, told: Figure | undefined): boolean {
  if (typeof truth !== 'number' || typeof told !== 'number') return truth === told
  if (Number.isInteger(truth) && Number.isInteger(told)) return truth === told // counts, and moments
  return Math.abs(truth - told) <= 1e-9 * Math.max(1, Math.abs(truth))
}
