// The hours of the week and the days of a year as cells, the darker the more events. The steps are those of the root:
// one very busy cell doesn't make all others look empty.
import type { Wording } from '../../words/wording.ts'
import type { Filter } from '../filter.ts'
import type { CalendarSpec, HoursSpec } from '../specs.ts'
import { dayLength } from '../zone.ts'
import type { Box, Drawing, Mark } from './drawing.ts'
import { label, strengthOf, widthOf } from './drawing.ts'

const gap = 2
const heats = ['heat-1', 'heat-2', 'heat-3', 'heat-4'] as const

function cell(count: number, most: number, place: Pick<Box, 'x' | 'y' | 'width' | 'height'>): Box {
  if (count === 0) return { shape: 'box', ...place, ink: 'ink', strength: 0.05 }
  const step = Math.min(heats.length - 1, Math.floor(heats.length * Math.sqrt(count / most)))
  return { shape: 'box', ...place, ink: heats[step] ?? 'heat-4' }
}

/** 0 for Monday, in the order of the person's week. */
const weekdaysFrom = (firstDayOfWeek: number): number[] =>
  Array.from({ length: 7 }, (_, i) => (firstDayOfWeek - 1 + i) % 7)

const busiestOf = (counts: readonly number[]): number =>
  counts.reduce((best, count, i) => (count > (counts[best] ?? 0) ? i : best), 0)

export function drawHours(
  { counts }: HoursSpec,
  wording: Wording,
  { width, chosen = null }: { readonly width: number; readonly chosen?: Filter['hours'] },
): Drawing {
  const { words, numbers, dates, firstDayOfWeek } = wording
  const days = weekdaysFrom(firstDayOfWeek)
  const names = days.map((day) => dates.weekday(day))
  const left = Math.max(...names.map((name) => widthOf(name))) + 8
  const side = (width - left) / 24
  const height = Math.min(20, side)
  const most = Math.max(1, ...counts)
  const isChosen = (at: number): boolean => chosen === null || chosen.of.includes(at) !== chosen.not
  const marks = days.flatMap((day, row): Mark[] => [
    label(names[row] ?? '', left - 8, row * height + height / 2 + 4, 'end'),
    ...Array.from({ length: 24 }, (_, hour) => {
      const place = { x: left + hour * side, y: row * height, width: side - gap, height: height - gap }
      const count = counts[day * 24 + hour] ?? 0
      return { ...cell(count, most, place), ...(count > 0 && strengthOf(isChosen(day * 24 + hour))) }
    }),
  ])
  const stride = side * 3 > widthOf(dates.hour(12)) + 8 ? 3 : 6
  for (let hour = 0; hour < 24; hour += stride)
    marks.push(label(dates.hour(hour), left + hour * side, 7 * height + 14))
  const busiest = busiestOf(counts)
  return {
    width,
    height: 7 * height + 20,
    title: words.window.overview.grids.hours,
    says: words.report.hoursSays(
      dates.weekday(Math.floor(busiest / 24)),
      dates.hour(busiest % 24),
      numbers.count(counts[busiest] ?? 0),
    ),
    marks,
  }
}

export function drawCalendar({ first, counts }: CalendarSpec, wording: Wording, width: number): Drawing {
  const { words, numbers, dates, firstDayOfWeek, zone } = wording
  const rowOf = (day: number): number => (((day + 4 - firstDayOfWeek) % 7) + 7) % 7 // 1970-01-01 was a Thursday
  const offset = rowOf(first)
  const weeks = Math.ceil((offset + counts.length) / 7)
  const days = weekdaysFrom(firstDayOfWeek)
  const left = Math.max(...days.map((day) => widthOf(dates.weekday(day)))) + 8
  const side = Math.min(18, (width - left) / Math.max(1, weeks))
  const above = 18
  const most = Math.max(1, ...counts)
  const marks: Mark[] = [0, 2, 4].map((row) =>
    label(dates.weekday(days[row] ?? 0), left - 8, above + row * side + side / 2 + 4, 'end'),
  )
  counts.forEach((count, i) => {
    const place = offset + i
    marks.push(
      cell(count, most, {
        x: left + Math.floor(place / 7) * side,
        y: above + (place % 7) * side,
        width: side - gap,
        height: side - gap,
      }),
    )
  })
  let taken = -Infinity
  for (let i = 0; i < counts.length; i++) {
    const date = new Date((first + i) * dayLength)
    const x = left + Math.floor((offset + i) / 7) * side
    if (date.getUTCDate() !== 1 || x < taken) continue
    const noon = zone.startOf(first + i) + dayLength / 2
    const name = date.getUTCMonth() === 0 ? dates.year(noon) : dates.month(noon)
    if (x + widthOf(name) > width) continue
    marks.push(label(name, x, 12))
    taken = x + widthOf(name) + 4
  }
  const busiest = busiestOf(counts)
  return {
    width,
    height: above + 7 * side + 2,
    title: words.window.overview.grids.year,
    says: words.report.calendarSays(
      numbers.count(counts.filter((count) => count > 0).length),
      dates.day(zone.startOf(first + busiest)),
      numbers.count(counts[busiest] ?? 0),
    ),
    marks,
  }
}
