// A grid of days or hours: how much lies in each cell, in four steps, and the cells of one step as one path. Hundreds
// of rectangles would each be touched at every choice; five paths are not.
import { placeOnScale } from '../shared/viewer/duration-scale.ts'

/** So many steps from some to most. */
export const heats = [1, 2, 3, 4] as const

export interface Grid {
  readonly columns: number
  readonly rows: number
  /** Row by row or column by column: where a cell lies. */
  readonly place: (index: number) => { readonly column: number; readonly row: number }
  readonly count: number
}

/** 0 for nothing. The root, because a few busy days would make all others look alike. */
export function heatOf(count: number, most: number): number {
  return count <= 0 ? 0 : Math.min(4, 1 + Math.floor(4 * Math.sqrt(count / most) - 1e-9))
}

/** In units of a cell, with a gap around each. */
export function pathOf({ place, count }: Grid, wanted: (index: number) => boolean): string {
  let path = ''
  for (let i = 0; i < count; i++) {
    if (!wanted(i)) continue
    const { column, row } = place(i)
    path += `M${column + 0.06} ${row + 0.06}h.88v.88h-.88z`
  }
  return path
}

/** The hours of a week as they stand in the map: days below each other, the first day of the week on top. */
export function hourAt(index: number, firstDayOfWeek: number): number {
  const day = (Math.floor(index / 24) + firstDayOfWeek - 1) % 7
  return day * 24 + (index % 24)
}

/** All cells of the map between two corners, as hours of the week. */
export function hoursBetween(from: number, to: number, firstDayOfWeek: number): number[] {
  const [top, bottom] = [Math.floor(from / 24), Math.floor(to / 24)].sort((a, b) => a - b)
  const [left, right] = [from % 24, to % 24].sort((a, b) => a - b)
  const hours: number[] = []
  for (let row = top ?? 0; row <= (bottom ?? 0); row++)
    for (let hour = left ?? 0; hour <= (right ?? 0); hour++)
      hours.push(hourAt(row * 24 + hour, firstDayOfWeek))
  return hours.sort((a, b) => a - b)
}

/** Cells that lie before the first day, so that each row is one day of the week. 1970-01-01 was a Thursday. */
export const daysBefore = (first: number, firstDayOfWeek: number): number =>
  (((first + 4 - firstDayOfWeek) % 7) + 7) % 7

/** Arrow keys over a grid in which cell and cell below are `below` apart, and neighbours `beside`. */
export function stepInGrid(
  key: string,
  at: number | null,
  { first, last, below, beside }: { first: number; last: number; below: number; beside: number },
): number | undefined {
  const by = { ArrowUp: -below, ArrowDown: below, ArrowLeft: -beside, ArrowRight: beside }[key]
  if (key === 'Home') return first
  if (key === 'End') return last
  if (by === undefined) return undefined
  if (at === null) return by > 0 ? first : last
  return at + by < first || at + by > last ? at : at + by
}

/** Bars that lie in a stretch of durations; what a stretch cuts is counted in parts. */
export function barsBetween(
  edges: readonly number[],
  stretch: { readonly from: number; readonly to: number; readonly not: boolean } | null,
): { from: number; to: number; not: boolean } | null {
  const [low, high] = [edges[0], edges.at(-1)]
  if (stretch === null || low === undefined || high === undefined) return null
  if (stretch.to <= low || stretch.from >= high) return null
  const bars = edges.length - 1
  const at = (value: number): number =>
    value <= low ? 0 : value >= high ? bars : (placeOnScale(edges, value) ?? 0) * bars
  return { from: at(stretch.from), to: at(stretch.to), not: stretch.not }
}
