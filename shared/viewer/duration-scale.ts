// The scale below a histogram of durations: where a duration lies along its bins, and which durations are named there.
// A person counts in tens up to a minute, and then in minutes, hours and days: 1.7 min is no tick.

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const decades = [1, 10, 100, 1000, 10_000].map((days) => days * day)
const strides = [
  [1, 10, 100, second, 10 * second, minute, 10 * minute, hour, ...decades],
  [
    ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
    ...[1, 2, 5, 10, 20].flatMap((by) => [by * second, by * minute]),
    ...[1, 2, 5, 12].map((hours) => hours * hour),
    ...decades.flatMap((days) => [days, 2 * days, 5 * days]),
  ].sort((one, other) => one - other),
]
const fewest = 2

/** Where a value lies on the scale, as a part of its width. */
export function placeOnScale(edges: readonly number[], value: number): number | null {
  const bars = edges.length - 1
  for (let i = 0; i < bars; i++) {
    const [from, to] = [edges[i] ?? 0, edges[i + 1] ?? 0]
    if (value < from || value >= to) continue
    const within = from <= 0 ? 0.5 : Math.log(value / from) / Math.log(to / from)
    return (i + within) / bars
  }
  return null
}

/** Round durations with their places, as parts of the width: more of them where the scale is short. */
export function durationTicks(edges: readonly number[]): { readonly at: number; readonly value: number }[] {
  const [low = 0, high = 0] = [edges[0], edges.at(-1)]
  const within = (value: number): boolean => value >= low && value <= high
  const wanted = strides.map((stride) => stride.filter(within)).find((found) => found.length >= fewest)
  return (wanted ?? [low, high]).map((value) => ({
    value,
    at: value <= low ? 0 : value >= high ? 1 : (placeOnScale(edges, value) ?? 0),
  }))
}
