// Where a timeline has its labels: at round moments, so many as there is room for, and midnight, January and the
// like said by the larger unit.
import type { TimelineSpec } from './specs.ts'
import type { Step } from './timeline.ts'
import { dayLength } from './zone.ts'
import type { Zone } from './zone.ts'
import type { Dates } from '../words/dates.ts'

export interface Tick {
  readonly index: number
  readonly text: string
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const clockStrides = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * hour),
]
const clockSteps = new Set<Step>(['second', 'ten seconds', 'minute', 'ten minutes', 'hour'])
const dayStrides = [1, 2, 7, 14, 28]
const monthStrides = [1, 3, 6, 12, 24, 60, 120, 600, 1200, 12_000]

export function chooseTicks(spec: TimelineSpec, zone: Zone, dates: Dates, most: number): readonly Tick[] {
  const starts = spec.points.map(({ start }) => start)
  if (spec.step === 'day') return dayTicks(starts, zone, dates, most)
  return clockSteps.has(spec.step)
    ? clockTicks(starts, spec.step, zone, dates, most)
    : monthTicks(starts, zone, dates, most)
}

/** The finest stride whose ticks have room; the coarsest where none has. */
function finest(
  strides: readonly number[],
  most: number,
  at: (stride: number) => readonly Tick[],
): readonly Tick[] {
  let ticks: readonly Tick[] = []
  for (const stride of strides) {
    ticks = at(stride)
    if (ticks.length <= most) break
  }
  return ticks
}

function clockTicks(
  starts: readonly number[],
  step: Step,
  zone: Zone,
  dates: Dates,
  most: number,
): readonly Tick[] {
  return finest(clockStrides, most, (stride) =>
    starts.flatMap((start, index) => {
      const local = start + zone.offsetAt(start)
      if (local % stride !== 0) return []
      const midnight = local % dayLength === 0
      return [
        {
          index,
          text: midnight ? dates.tick(start, 'day') : dates.tick(start, stride < minute ? step : 'minute'),
        },
      ]
    }),
  )
}

/** Counted back from the last day, which is the one looked for first. */
function dayTicks(starts: readonly number[], zone: Zone, dates: Dates, most: number): readonly Tick[] {
  const last = zone.dayOf(starts.at(-1) ?? 0)
  return finest(dayStrides, most, (stride) =>
    starts.flatMap((start, index) =>
      (last - zone.dayOf(start)) % stride === 0 ? [{ index, text: dates.tick(start, 'day') }] : [],
    ),
  )
}

/** At the first step of each month, January being said by its year. */
function monthTicks(starts: readonly number[], zone: Zone, dates: Dates, most: number): readonly Tick[] {
  const months = starts.map((start) => {
    const local = new Date(start + zone.offsetAt(start))
    return local.getUTCFullYear() * 12 + local.getUTCMonth()
  })
  return finest(monthStrides, most, (stride) =>
    starts.flatMap((start, index) => {
      const month = months[index] ?? 0
      const isNew = month !== (months[index - 1] ?? -1)
      if (!isNew || month % stride !== 0) return []
      return [{ index, text: month % 12 === 0 ? dates.year(start) : dates.month(start) }]
    }),
  )
}
