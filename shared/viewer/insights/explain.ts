// Which value accounts for a step? Each value's part of the change is worked out: of events added or lost, or, for
// means, what it gives by changing itself and by being a larger or smaller part than before, against the rest. A part alone
// is not enough: a value that is most of everything has most of every change. So the rest, without the value, must
// have changed clearly less. Values that appear or vanish with the step are compared with all that was there.
import type { Codes, Columns } from '../columns.ts'
import { outcome } from '../events.ts'
import { wordsOf } from '../filter.ts'
import { piece, rowAt } from './daily.ts'
import type { DailyTable, DatedRows } from './daily.ts'

export type Metric = 'rate' | 'error rate' | 'latency'

export interface Explanation {
  readonly dimension: string
  readonly value: string
  /** Its part of the change, over a half and at most 1. */
  readonly share: number
  /** First seen with the step, not seen since, changed by itself, or by being a larger or smaller part. */
  readonly how: 'new' | 'gone' | 'itself' | 'mix'
}

/** Days of the table on both sides of the step, those set aside left out. */
export interface Sides {
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** Earlier ones are preferred where several explain about as much; what isn't named comes last. */
export const preferred = ['version', 'agent', 'model', 'provider', 'tool']
const aboutAsMuch = 0.1
const least = 0.5
const fewestRows = 20
/** What nearly all have before and after tells nothing apart. */
const nearlyAll = 0.9
/** Squares of a normal deviation: what a value does must differ from the rest by more than chance. */
const clearly = 2.5 ** 2
const mostRows = 100_000
const mostWords = 20_000

export function* explainStep(
  columns: Columns,
  dated: DatedRows,
  table: DailyTable,
  metric: Metric,
  sides: Sides,
): Generator<undefined, Explanation | null> {
  const sample = yield* takeSample(columns, dated, table, metric, sides)
  const place = (name: string): number =>
    preferred.includes(name) ? preferred.indexOf(name) : preferred.length
  const names = columns.dimensions.map(({ name }) => name).sort((a, b) => place(a) - place(b))
  let best: Explanation | null = null
  for (const dimension of [...names, 'kind']) {
    const { words, codes } = wordsOf(columns, dimension)
    if (words.length < 2 || words.length > mostWords) continue
    yield
    const found = bestOf(sample, codes, words.length, metric, sides)
    if (found === null || found.share <= (best === null ? least : best.share + aboutAsMuch)) continue
    best = { dimension, value: words[found.code] ?? '', share: found.share, how: found.how }
  }
  return best
}

/** Rows near the step, the number that each gives to the mean, and where it lies: 0 and 1 before, 2 and 3 after. */
interface Sample {
  readonly rows: Uint32Array
  readonly values: Float64Array
  readonly sides: Uint8Array
  /** Of the values. */
  readonly variance: number
}
const nearStep = 7

function* takeSample(
  { outcome: how, duration }: Columns,
  { rows, dayOf, days, first }: DatedRows,
  { first: firstOfTable, events, judged, timed }: DailyTable,
  metric: Metric,
  { before, after }: Sides,
): Generator<undefined, Sample> {
  const sideOf = new Int8Array(days).fill(-1)
  const dayIn = (day: number): number => day + firstOfTable - first
  const [firstBefore = 0] = before.slice(-nearStep)
  const [lastAfter = 0] = after.slice(0, nearStep).slice(-1)
  for (const day of before) sideOf[dayIn(day)] = day >= firstBefore ? 1 : 0
  for (const day of after) sideOf[dayIn(day)] = day <= lastAfter ? 2 : 3
  const counts = metric === 'rate' ? events : metric === 'latency' ? timed : judged
  const total = [...before, ...after].reduce((sum, day) => sum + (counts[day] ?? 0), 0)
  const kept = Math.min(1, mostRows / total) * 0x1_0000_0000
  const taken = new Uint32Array(total)
  const values = new Float64Array(total)
  const sides = new Uint8Array(total)
  let count = 0
  for (let i = 0; i < rows.count; i++) {
    if (i % piece === piece - 1) yield
    const side = sideOf[dayOf[i] ?? -1] ?? -1
    if (side < 0 || Math.imul(i, 0x9e3779b1) >>> 0 >= kept) continue
    const row = rowAt(rows, i)
    if (metric === 'latency') {
      const took = duration[row] ?? NaN
      if (!(took > 0)) continue
      values[count] = Math.log(took)
    } else if (metric === 'error rate') {
      if (how[row] === outcome.unknown) continue
      values[count] = how[row] === outcome.failed ? 1 : 0
    }
    taken[count] = row
    sides[count++] = side
  }
  const chosen = values.subarray(0, count)
  const variance = clip(chosen, metric === 'latency')
  return { rows: taken.subarray(0, count), values: chosen, sides: sides.subarray(0, count), variance }
}

/** Gives the variance; a few durations of hours among seconds may not speak for all. */
function clip(values: Float64Array, tails: boolean): number {
  let [sum, squares] = [0, 0]
  for (const value of values) {
    sum += value
    squares += value * value
  }
  const mean = sum / values.length
  const variance = Math.max(1e-12, squares / values.length - mean * mean)
  const most = 3 * Math.sqrt(variance)
  if (tails)
    for (let i = 0; i < values.length; i++)
      values[i] = Math.max(mean - most, Math.min(mean + most, values[i] ?? mean))
  return variance
}

interface Found {
  readonly code: number
  readonly share: number
  readonly how: Explanation['how']
}

/** One value's rows, or all, or the rest: how many and the sum of what they give, on each side. */
interface Part {
  readonly before: number
  readonly after: number
  readonly sumBefore: number
  readonly sumAfter: number
}

function bestOf(sample: Sample, codes: Codes, words: number, metric: Metric, sides: Sides): Found | null {
  const counts = new Float64Array(words * 4)
  const sums = new Float64Array(words * 2)
  for (let i = 0; i < sample.rows.length; i++) {
    const code = codes[sample.rows[i] ?? 0] ?? 0
    const side = sample.sides[i] ?? 0
    counts[code * 4 + side] = (counts[code * 4 + side] ?? 0) + 1
    sums[code * 2 + (side >> 1)] = (sums[code * 2 + (side >> 1)] ?? 0) + (sample.values[i] ?? 0)
  }
  const count = (code: number, side: number): number => counts[code * 4 + side] ?? 0
  const part = (code: number): Part => ({
    before: count(code, 0) + count(code, 1),
    after: count(code, 2) + count(code, 3),
    sumBefore: sums[code * 2] ?? 0,
    sumAfter: sums[code * 2 + 1] ?? 0,
  })
  let all: Part = { before: 0, after: 0, sumBefore: 0, sumAfter: 0 }
  for (let code = 0; code < words; code++) all = join(all, part(code), 1)
  const told = join(all, part(0), -1)
  const length: Length = { before: sides.before.length, after: sides.after.length }
  let best: Found | null = null
  for (let code = 1; code < words; code++) {
    const one = part(code)
    if (one.before + one.after < fewestRows) continue
    if (isNearly(one, all) || (told.before > 0 && told.after > 0 && isNearly(one, told))) continue
    const near = { before: count(code, 1), after: count(code, 2) }
    const how = comesOrGoes(one, near, length)
    if (how === 'at another time') continue
    const rest = join(all, one, -1)
    const judged =
      metric === 'rate'
        ? judgeCount(one, rest, all, length, how)
        : judgeMean(one, rest, all, length, how, sample.variance)
    if (judged !== null && judged.share > least && rank(judged) > (best === null ? 0 : rank(best)))
      best = { code, ...judged }
  }
  return best
}

const join = (a: Part, b: Part, sign: 1 | -1): Part => ({
  before: a.before + sign * b.before,
  after: a.after + sign * b.after,
  sumBefore: a.sumBefore + sign * b.sumBefore,
  sumAfter: a.sumAfter + sign * b.sumAfter,
})

const isNearly = (one: Part, of: Part): boolean =>
  one.before >= nearlyAll * of.before && one.after >= nearlyAll * of.after

interface Length {
  readonly before: number
  readonly after: number
}

/** Where one value takes another's place, the one that comes is told. */
const rank = ({ share, how }: Judged): number => share - (how === 'gone' ? aboutAsMuch : 0)

/** What is hardly there on one side of the step comes or goes: with it, if it is there at once on the other side. */
function comesOrGoes(one: Part, near: Length, length: Length): 'new' | 'gone' | 'at another time' | null {
  const [before, after] = [one.before / length.before, one.after / length.after]
  const nearBefore = near.before / Math.min(nearStep, length.before)
  const nearAfter = near.after / Math.min(nearStep, length.after)
  if (before <= 0.1 * after) return nearAfter >= 0.4 * after ? 'new' : 'at another time'
  if (after <= 0.1 * before) return nearBefore >= 0.4 * before ? 'gone' : 'at another time'
  return null
}

type Judged = Pick<Found, 'share' | 'how'>

const growth = ({ before, after }: Part, length: Length): number =>
  Math.log((after + 0.5) / length.after) - Math.log((before + 0.5) / length.before)

function judgeCount(
  one: Part,
  rest: Part,
  all: Part,
  length: Length,
  how: 'new' | 'gone' | null,
): Judged | null {
  const perDay = ({ before, after }: Part): number => after / length.after - before / length.before
  const share = perDay(one) / perDay(all)
  if (how === null) {
    if (rest.before + rest.after < fewestRows) return null
    const differs = (growth(one, length) - growth(rest, length)) ** 2
    const chance = [one, rest].reduce(
      (sum, each) => sum + 1 / (each.before + 0.5) + 1 / (each.after + 0.5),
      0.01,
    )
    if (differs < clearly * chance) return null
  }
  if (1 - growth(rest, length) / growth(all, length) < least && rest.before > 0) return null
  return { share: Math.min(1, share), how: how ?? 'itself' }
}

function judgeMean(
  one: Part,
  rest: Part,
  all: Part,
  length: Length,
  how: 'new' | 'gone' | null,
  variance: number,
): Judged | null {
  const mean = (part: Part) => ({ before: part.sumBefore / part.before, after: part.sumAfter / part.after })
  const [own, others, whole] = [mean(one), mean(rest), mean(all)]
  const change = whole.after - whole.before
  const enough = (n: number): boolean => n >= fewestRows
  const restTells = enough(rest.before) && enough(rest.after)
  if (restTells && 1 - (others.after - others.before) / change < least) return null
  if (how !== null) {
    const [rows, gives, against, others] =
      how === 'new'
        ? [one.after, own.after - whole.before, all.before, all.after]
        : [one.before, whole.after - own.before, all.after, all.before]
    if (!enough(rows) || gives ** 2 < clearly * variance * (1 / rows + 1 / against)) return null
    return { share: Math.min(1, ((rows / others) * gives) / change), how }
  }
  if (!restTells || one.before === 0 || one.after === 0) return null
  const part = { before: one.before / all.before, after: one.after / all.after }
  const within = ((part.before + part.after) / 2) * (own.after - own.before)
  const apart = (own.before + own.after - others.before - others.after) / 2
  const mix = (part.after - part.before) * apart
  const share = Math.min(1, (within + mix) / change)
  if (Math.abs(mix) > Math.abs(within)) {
    const moved = Math.abs(growth(one, length)) > Math.abs(growth(rest, length))
    return moved ? { share, how: 'mix' } : null // where one is more, the others are less: not by themselves
  }
  const differs = (own.after - own.before - (others.after - others.before)) ** 2
  const chance = 1 / one.before + 1 / one.after + 1 / rest.before + 1 / rest.after
  return differs < clearly * variance * chance ? null : { share, how: 'itself' }
}
