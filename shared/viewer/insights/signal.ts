// A row of daily figures becomes a signal in which a step can be seen: on a scale where a change is a difference
// and noise is even, without the rhythm of the week, each day with the weight that its events give it, and without
// what is no lasting change. A day counts by how much it says: 40 events say less than 2,000, but ten times the
// events don't say ten times as much, because days differ by themselves. How much they do is estimated, not assumed.

export interface Signal {
  readonly value: Float64Array
  /** How much each day says, 1 / variance; 0 for days that say nothing or are set aside. */
  readonly weight: Float64Array
}

export interface Daily {
  /** The weekday of day 0, 0 to 6. */
  readonly weekday: number
  readonly days: number
  /** On the scale that is looked at; NaN where a day says nothing. */
  value(day: number): number
  /** What chance alone would give a day at this level. */
  variance(day: number, level: number): number
}

/** Half the window of the running median: a level is what holds for more than 13 of 27 days. */
const half = 13
const clipAt = 3
/** Beyond this, some days together are an outage, a holiday or an accident. */
const asideAt = 5

export function toSignal(daily: Daily): Signal {
  const { days, weekday } = daily
  const raw = Float64Array.from({ length: days }, (_, day) => daily.value(day))
  const value = raw.slice()
  const rhythm = new Float64Array(7)
  const level = new Float64Array(days)
  const chance = new Float64Array(days)
  const off = new Float64Array(days)
  let own = 0
  for (let round = 0; round < 4; round++) {
    for (let day = 0; day < days; day++) value[day] = (raw[day] ?? NaN) - (rhythm[(weekday + day) % 7] ?? 0)
    runningMedian(value, level)
    for (let day = 0; day < days; day++) {
      off[day] = (value[day] ?? NaN) - (level[day] ?? NaN)
      chance[day] = daily.variance(day, (level[day] ?? 0) + (rhythm[(weekday + day) % 7] ?? 0))
    }
    own = ownVariance(off, chance)
    if (round < 3) learnRhythm(rhythm, off, chance, own, weekday, round === 0)
  }
  const weight = new Float64Array(days)
  for (let day = 0; day < days; day++) {
    const variance = (chance[day] ?? NaN) + own
    off[day] = (off[day] ?? NaN) / Math.sqrt(variance)
    if (!Number.isNaN(off[day])) weight[day] = 1 / variance
  }
  setAside(off, value, weight)
  for (let day = 0; day < days; day++) {
    const deviation = Math.max(-clipAt, Math.min(clipAt, off[day] ?? 0))
    value[day] = weight[day] === 0 ? 0 : (level[day] ?? 0) + deviation / Math.sqrt(weight[day] ?? 1)
  }
  return { value, weight }
}

/** The window moves on by a day: one value leaves its sorted values, one is put among them. */
function runningMedian(values: Float64Array, into: Float64Array): void {
  const window = new Float64Array(2 * half + 2)
  let size = 0
  for (let day = -half; day < values.length; day++) {
    const leaves = values[day - half - 1] ?? NaN
    if (leaves === leaves) window.copyWithin(window.indexOf(leaves), window.indexOf(leaves) + 1, size--)
    const comes = values[day + half] ?? NaN
    if (comes === comes) {
      let place = size++
      for (; place > 0 && (window[place - 1] ?? 0) > comes; place--) window[place] = window[place - 1] ?? 0
      window[place] = comes
    }
    if (day >= 0) into[day] = size === 0 ? NaN : medianOfSorted(window, size)
  }
}

const medianOfSorted = (sorted: Float64Array, size: number): number =>
  ((sorted[(size - 1) >> 1] ?? NaN) + (sorted[size >> 1] ?? NaN)) / 2

/**
 * The variance that days have beyond chance, so that half of all days deviate by less than half of days should: the
 * middle of what each day would need for that.
 */
function ownVariance(off: Float64Array, chance: Float64Array): number {
  const expected = 0.455 // the median of the square of a normal deviation
  const needed = off.map((each, day) => each ** 2 / expected - (chance[day] ?? 0)).sort() // NaN comes last
  const present = needed.findLastIndex((each) => !Number.isNaN(each)) + 1
  return present === 0 ? 0 : Math.max(1e-9, medianOfSorted(needed, present))
}

/** First by medians, which no outlier moves, then finely by means of clipped deviations. */
function learnRhythm(
  rhythm: Float64Array,
  off: Float64Array,
  chance: Float64Array,
  own: number,
  weekday: number,
  roughly: boolean,
): void {
  for (let each = 0; each < 7; each++) {
    const found: number[] = []
    let clipped = 0
    for (let day = (each - weekday + 7) % 7; day < off.length; day += 7) {
      const deviation = off[day] ?? NaN
      if (deviation !== deviation) continue
      const most = 2 * Math.sqrt((chance[day] ?? 0) + own)
      found.push(deviation)
      clipped += Math.max(-most, Math.min(most, deviation))
    }
    if (found.length < 2) continue
    const shift = roughly
      ? medianOfSorted(Float64Array.from(found).sort(), found.length)
      : clipped / found.length
    rhythm[each] = (rhythm[each] ?? 0) + shift
  }
}

/** Up to 13 days in a row that are together too far off from what is before and after them get no weight. */
function setAside(off: Float64Array, value: Float64Array, weight: Float64Array): void {
  const present = [...off.keys()].filter((day) => (weight[day] ?? 0) > 0)
  const whole = weight.slice()
  for (let i = 0; i < present.length; i++) {
    const first = present[i] ?? 0
    let sum = 0
    for (let j = i; j < present.length; j++) {
      const last = present[j] ?? 0
      if (last - first >= half) break
      sum += Math.max(-asideAt - 3, Math.min(asideAt + 3, off[last] ?? 0))
      if (Math.abs(sum) / Math.sqrt(j - i + 1) <= asideAt) continue
      const run = present.slice(i, j + 1)
      if (Math.abs(off[last] ?? 0) < 1 || Math.abs(off[first] ?? 0) < 1) continue
      const beside = [present.slice(Math.max(0, i - half), i), present.slice(j + 1, j + 1 + half)]
      const away = beside
        .filter((days) => days.length >= half / 2)
        .map((days) => Math.sign(sum) * distance(run, days, value, whole))
      if (Math.min(...away) > Math.max(asideAt + 1, 0.7 * Math.max(...away)))
        for (const day of run) weight[day] = 0
    }
  }
}

/** How far days are together from the level beside them. After a step they are, from what was, but not from what is. */
function distance(
  run: readonly number[],
  beside: readonly number[],
  value: Float64Array,
  weight: Float64Array,
): number {
  const sorted = Float64Array.from(beside, (day) => value[day] ?? 0).sort()
  const level = medianOfSorted(sorted, sorted.length)
  const most = asideAt + 3
  const off = run.map((day) => ((value[day] ?? 0) - level) * Math.sqrt(weight[day] ?? 0))
  return off.reduce((sum, one) => sum + Math.max(-most, Math.min(most, one)), 0) / Math.sqrt(run.length)
}
