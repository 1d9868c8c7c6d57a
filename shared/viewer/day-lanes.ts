// How one day, event by event, is laid out: how high each lane is, where each bar lies, which one is pointed at.
import type { LaneBar, LanesSpec } from './specs.ts'

const trackHeight = 10
const lanePadding = 8

export interface PlacedBar extends LaneBar {
  readonly label: string | null
  readonly lane: number
  /** Pixels from the top. */
  readonly top: number
}
export interface PlacedLane {
  readonly label: string | null
  readonly top: number
  readonly height: number
}
export interface Layout {
  readonly from: number
  readonly to: number
  readonly height: number
  readonly lanes: readonly PlacedLane[]
  /** By their beginning: the order in which they are walked along. */
  readonly bars: readonly PlacedBar[]
}

export const barHeight = trackHeight - 2

export function layOut({ lanes }: LanesSpec): Layout {
  let top = 0
  const placed: PlacedLane[] = []
  const bars: PlacedBar[] = []
  lanes.forEach(({ label, tracks, bars: own }, lane) => {
    const height = Math.max(1, tracks) * trackHeight + lanePadding
    placed.push({ label, top, height })
    for (const bar of own)
      bars.push({ ...bar, label, lane, top: top + lanePadding / 2 + bar.track * trackHeight })
    top += height
  })
  bars.sort((a, b) => a.from - b.from || a.lane - b.lane || a.track - b.track)
  const from = bars.reduce((low, bar) => Math.min(low, bar.from), Infinity)
  const to = bars.reduce((high, bar) => Math.max(high, bar.to), -Infinity)
  const around = bars.length === 1 ? Math.max(1000, to - from) : 0 // one bar from end to end would say nothing
  return { from: from - around, to: Math.max(to, from + 1) + around, height: top, lanes: placed, bars }
}

/** So narrow that it could not be seen, a bar is drawn wider. */
const narrowest = 0.0022

/** As one path, in a box one wide and as many high as there are pixels. */
export function pathOfBars({ from, to, bars }: Layout, wanted: (bar: PlacedBar) => boolean): string {
  const length = to - from
  let path = ''
  for (const bar of bars) {
    if (!wanted(bar)) continue
    const wide = Math.max(narrowest, (bar.to - bar.from) / length)
    const left = Math.min(1 - wide, (bar.from - from) / length)
    path += `M${left} ${bar.top}h${wide}v${barHeight}h${-wide}z`
  }
  return path
}

/** The bar nearest to a point: the lane and track first, then the time. */
export function nearest({ from, to, bars }: Layout, x: number, y: number): number {
  const at = from + x * (to - from)
  let best = 0
  let least = Infinity
  bars.forEach((bar, i) => {
    const beside = Math.max(bar.from - at, at - bar.to, 0) / (to - from)
    const below = Math.max(bar.top - y, y - bar.top - barHeight, 0)
    const far = below * 10 + beside
    if (far < least) [best, least] = [i, far]
  })
  return best
}

/** Left and right along the time, up and down to the bar of the next lane that is nearest in time. */
export function stepInLanes({ bars, lanes }: Layout, key: string, at: number | null): number | undefined {
  const last = bars.length - 1
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    const by = key === 'ArrowRight' ? 1 : -1
    return at === null ? (by > 0 ? 0 : last) : Math.min(last, Math.max(0, at + by))
  }
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined
  const here = at === null ? undefined : bars[at]
  if (here === undefined) return 0
  const lane = here.lane + (key === 'ArrowDown' ? 1 : -1)
  if (lanes[lane] === undefined) return at ?? 0
  const others = bars.flatMap((bar, i) =>
    bar.lane === lane ? [{ i, far: Math.abs(bar.from - here.from) }] : [],
  )
  return others.reduce((one, other) => (other.far < one.far ? other : one)).i
}

const [second, minute, hour] = [1000, 60_000, 3_600_000]
const strides = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hour),
]

/** Round moments of the clock on the wall, at most so many. */
export function momentsIn(
  { from, to }: Layout,
  offsetAt: (time: number) => number,
  most: number,
): { readonly times: readonly number[]; readonly step: 'second' | 'minute' } {
  const stride = strides.find((length) => (to - from) / length <= most) ?? 24 * hour
  const shift = offsetAt(from)
  const times: number[] = []
  for (let at = Math.ceil((from + shift) / stride) * stride - shift; at <= to; at += stride) times.push(at)
  return { times, step: stride < minute ? 'second' : 'minute' }
}
