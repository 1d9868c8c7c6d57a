// The change-point test. A signal is cut into stretches that are level, or drift along a line: of all cuttings the
// cheapest one is found, where a cut costs as much as the largest step that the same days would show by chance in
// any order. That price is learnt from the days themselves, by shuffling what remains of them when levels are
// taken away, and raised where neighbouring days resemble each other. A slow drift is cheaper as a line than as steps.
import type { Signal } from './signal.ts'

export interface Stretch {
  readonly from: number
  /** Exclusive. */
  readonly until: number
  readonly level: boolean
}

export interface Step {
  readonly before: Stretch
  /** Its first day is the day of the step. */
  readonly after: Stretch
  readonly rises: boolean
  /** How likely chance alone would show such a step anywhere in this signal. */
  readonly chance: number
  /** How far it is beyond what had to be shown: the logarithm by which its chance is smaller than asked for. */
  readonly evidence: number
}

export const shortest = 14
/** A line over fewer days than this would pass for a step. */
const shortestDrift = 28
/** By how many squares of usual deviations a drift has to fit better than a step. */
const driftMargin = 4
/** A drift is believed a little sooner than a step: an ambiguous change is no news. */
const lineRebate = 2.5
const fewestDays = 7
const shuffles = 200
/** Of clean signals, one in a hundred shows a step. */
export const alarms = 0.01
const firstPrice = 12

/** Of signals without any step, as large a part as `allowed` shows one. */
export function* findSteps(signal: Signal, allowed: number): Generator<undefined, Step[]> {
  const days = signal.value.length
  if (days < 2 * shortest) return []
  const sums = new Sums(signal)
  const rough = cut(sums, days, firstPrice)
  yield
  const rest = remainder(signal, sums, rough)
  if (rest === null) return []
  if (rough.length === 1 && leastPrice(rest, allowed) >= firstPrice) return [] // the usual case, and the quickest
  const price = priceOf(signal, rest, allowed)
  yield
  const stretches = cut(sums, days, price)
  yield
  const steps: Step[] = []
  for (let i = 1; i < stretches.length; i++) {
    const [before, after] = [stretches[i - 1], stretches[i]]
    if (before === undefined || after === undefined) continue
    const jump = sums.jump(before, after)
    if (!(jump >= price) || sums.present(before) < fewestDays || sums.present(after) < fewestDays) continue
    if (isDrift(signal, sums, before, after, price, rest.scale)) continue
    const rises = sums.at(after, after.from).value > sums.at(before, after.from).value
    const evidence = (jump - price) / 2 / rest.scale
    steps.push({ before, after, rises, evidence, chance: allowed * Math.exp(-evidence) })
  }
  return steps
}

/** Sums over any stretch of days in no time. Days count from the middle, which keeps lines exact. */
class Sums {
  readonly #middle: number
  readonly #sums: Float64Array

  constructor({ value, weight }: Signal) {
    this.#middle = value.length / 2
    this.#sums = new Float64Array((value.length + 1) * 7)
    for (let day = 0; day < value.length; day++) {
      const w = weight[day] ?? 0
      const [t, y] = [day - this.#middle, value[day] ?? 0]
      const terms = [w, w * t, w * t * t, w * y, w * t * y, w * y * y, w > 0 ? 1 : 0]
      for (let k = 0; k < 7; k++)
        this.#sums[(day + 1) * 7 + k] = (this.#sums[day * 7 + k] ?? 0) + (terms[k] ?? 0)
    }
  }

  #of(from: number, until: number, which: number): number {
    return (this.#sums[until * 7 + which] ?? 0) - (this.#sums[from * 7 + which] ?? 0)
  }

  present({ from, until }: Stretch): number {
    return this.#of(from, until, 6)
  }

  /** What a level leaves of the squares. */
  level(from: number, until: number): number {
    const w = this.#of(from, until, 0)
    const wy = this.#of(from, until, 3)
    return w > 0 ? this.#of(from, until, 5) - (wy * wy) / w : 0
  }

  /** By how much less a line leaves of them. */
  slope(from: number, until: number): number {
    const w = this.#of(from, until, 0)
    if (w <= 0) return 0
    const wt = this.#of(from, until, 1)
    const tt = this.#of(from, until, 2) - (wt * wt) / w
    const ty = this.#of(from, until, 4) - (wt * this.#of(from, until, 3)) / w
    return tt > 0 ? (ty * ty) / tt : 0
  }

  /** The value of a stretch's level or line at a moment, and the variance of that value. */
  at({ from, until, level }: Stretch, day: number): { readonly value: number; readonly variance: number } {
    const w = this.#of(from, until, 0)
    const mean = this.#of(from, until, 3) / w
    if (level) return { value: mean, variance: 1 / w }
    const wt = this.#of(from, until, 1)
    const tt = this.#of(from, until, 2) - (wt * wt) / w
    const ty = this.#of(from, until, 4) - (wt / w) * this.#of(from, until, 3)
    const t = day - this.#middle - wt / w
    return { value: mean + (ty / tt) * t, variance: 1 / w + (t * t) / tt }
  }

  jump(before: Stretch, after: Stretch): number {
    const left = this.at(before, after.from - 0.5)
    const right = this.at(after, after.from - 0.5)
    return (right.value - left.value) ** 2 / (left.variance + right.variance)
  }
}

function cut(sums: Sums, days: number, price: number): Stretch[] {
  const best = new Float64Array(days + 1).fill(Infinity)
  const start = new Int32Array(days + 1)
  const level = new Uint8Array(days + 1)
  best[0] = -price
  for (let until = shortest; until <= days; until++) {
    for (let from = 0; from <= until - shortest; from++) {
      const before = (best[from] ?? Infinity) + price
      if (before >= (best[until] ?? Infinity)) continue
      const flat = sums.level(from, until)
      const saved = until - from >= shortestDrift ? sums.slope(from, until) - price + lineRebate : 0
      const cost = before + flat - Math.max(0, saved)
      if (cost >= (best[until] ?? Infinity)) continue
      best[until] = cost
      start[until] = from
      level[until] = saved > 0 ? 0 : 1
    }
  }
  const stretches: Stretch[] = []
  for (let until = days; until > 0; until = start[until] ?? 0)
    stretches.unshift({ from: start[until] ?? 0, until, level: level[until] === 1 })
  return stretches
}

/**
 * Whether a slope of some weeks fits clearly better than the step. Beside a line only the weeks next to the step
 * are asked, as two levels: what curves leaves a line at its ends, and would look like a jump.
 */
function isDrift(
  signal: Signal,
  sums: Sums,
  before: Stretch,
  after: Stretch,
  price: number,
  unit: number,
): boolean {
  const bothLevel = before.level && after.level
  const reach = bothLevel ? Infinity : shortestDrift
  const left = { from: Math.max(before.from, before.until - reach), until: before.until, level: true }
  const right = { from: after.from, until: Math.min(after.until, after.from + reach), level: true }
  if (!bothLevel && !(sums.jump(left, right) >= price)) return true
  const cost = sums.level(left.from, left.until) + sums.level(right.from, right.until)
  const limit = cost - (bothLevel ? driftMargin : driftMargin / 2) * unit
  for (let width = shortestDrift; width <= 2 * (right.until - left.from); width *= 1.5)
    for (const shift of [-0.5, -0.25, 0, 0.25, 0.5])
      if (costOfSlope(signal, left.from, right.until, after.from + shift * width, width) < limit) return true
  return false
}

function costOfSlope(signal: Signal, from: number, until: number, middle: number, width: number): number {
  let [w, wx, wxx, wy, wxy, wyy] = [0, 0, 0, 0, 0, 0]
  for (let day = from; day < until; day++) {
    const [weight, y] = [signal.weight[day] ?? 0, signal.value[day] ?? 0]
    const x = Math.max(-0.5, Math.min(0.5, (day + 0.5 - middle) / width))
    w += weight
    wx += weight * x
    wxx += weight * x * x
    wy += weight * y
    wxy += weight * x * y
    wyy += weight * y * y
  }
  const [xx, xy] = [wxx - (wx * wx) / w, wxy - (wx * wy) / w]
  return wyy - (wy * wy) / w - (xx > 0 ? (xy * xy) / xx : 0)
}

interface Rest {
  /** Each day's deviation from its stretch, in parts of what is usual; and the days that have one. */
  readonly deviations: Float64Array
  readonly present: Int32Array
  /** What the squares of deviations are on average. */
  readonly scale: number
  /** By how much the neighbourhood of days makes levels less certain. */
  readonly alike: number
}

function remainder({ value, weight }: Signal, sums: Sums, stretches: readonly Stretch[]): Rest | null {
  const deviations = new Float64Array(value.length)
  for (const stretch of stretches)
    for (let day = stretch.from; day < stretch.until; day++)
      if ((weight[day] ?? 0) > 0)
        deviations[day] = ((value[day] ?? 0) - sums.at(stretch, day).value) * Math.sqrt(weight[day] ?? 0)
  const present = Int32Array.from(weight.keys()).filter((day) => (weight[day] ?? 0) > 0)
  const learnt = 6 + stretches.reduce((sum, { level }) => sum + (level ? 1 : 2), 0)
  if (present.length < 2 * fewestDays || present.length <= learnt) return null
  let [squares, products] = [0, 0]
  for (const day of present) {
    squares += (deviations[day] ?? 0) ** 2
    products += (deviations[day] ?? 0) * (deviations[day - 1] ?? 0)
  }
  if (squares <= 0) return null
  const likeness = Math.min(0.8, Math.max(0, products / squares - 1 / Math.sqrt(present.length)))
  return {
    deviations,
    present,
    scale: squares / (present.length - learnt),
    alike: (1 + likeness) / (1 - likeness),
  }
}

/** What the price can't be below, for as few shuffled steps as there may be. */
const leastPrice = ({ scale, alike }: Rest, allowed: number): number =>
  Math.max(scale, 0.5) * (leastTenth + 2 * Math.log(0.1 / allowed)) * alike
const leastTenth = 4

/** The size of step, as the squares that a cut saves, that shuffled days show no oftener than is allowed. */
function priceOf({ weight }: Signal, rest: Rest, allowed: number): number {
  const { deviations, present } = rest
  const count = present.length
  const shuffled = Float64Array.from(present, (day) => deviations[day] ?? 0)
  const root = Float64Array.from(present, (day) => Math.sqrt(weight[day] ?? 0))
  const total = root.reduce((sum, each) => sum + each * each, 0)
  // What the days before a cut weigh, and by what the square there is to be multiplied: nothing where none may be.
  const before = new Float64Array(count)
  const factor = new Float64Array(count)
  for (let i = 0, w = 0; i < count; i++) {
    const day = present[i] ?? 0
    const mayBe = day >= shortest && day <= weight.length - shortest && w > 0
    before[i] = w / total
    if (mayBe) factor[i] = total / (w * (total - w))
    w += (root[i] ?? 0) ** 2
  }
  const largest = new Float64Array(shuffles)
  const random = shuffler()
  for (let round = 0; round < shuffles; round++) {
    random(shuffled)
    let all = 0
    for (let i = 0; i < count; i++) all += (shuffled[i] ?? 0) * (root[i] ?? 0)
    let [sum, most] = [0, 0]
    for (let i = 0; i < count; i++) {
      const difference = sum - all * (before[i] ?? 0)
      const square = difference * difference * (factor[i] ?? 0)
      if (square > most) most = square
      sum += (shuffled[i] ?? 0) * (root[i] ?? 0)
    }
    largest[round] = most
  }
  largest.sort()
  // Beyond what so few shuffles can show, the chance of a square falls as exp(-square / 2).
  const tenth = largest[Math.floor(shuffles * 0.9)] ?? Infinity
  const scale = Math.max(rest.scale, 0.5)
  return Math.max(9 * scale, tenth + 2 * scale * Math.log(0.1 / allowed)) * rest.alike
}

/** The same numbers every time: what changed may not depend on when one looks. */
function shuffler(): (values: Float64Array) => void {
  let state = 0x2545f491
  return (values) => {
    for (let i = values.length - 1; i > 0; i--) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      const j = Math.floor((state >>> 0) * 2 ** -32 * (i + 1))
      const moved = values[i] ?? 0
      values[i] = values[j] ?? 0
      values[j] = moved
    }
  }
}
