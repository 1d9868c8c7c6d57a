// A change of one agent, tool or model can drown in everything else, so failures and durations are looked at once
// more within the most frequent values of some dimensions. Many tests find something by chance: each must be surer,
// by as much as there are of them. And what all rows tell, or a larger part, is not told of a smaller part again.
import type { Columns } from '../columns.ts'
import { wordsOf } from '../filter.ts'
import type { ChosenRows } from '../filter.ts'
import { preferred } from './explain.ts'

/** The rows of one value. */
export interface Part {
  readonly dimension: string
  readonly value: string
  readonly rows: ChosenRows
}

const mostDimensions = 5
const mostValues = 6
const mostWords = 20_000
const fewestRows = 100
/** What holds nearly all rows changes as all rows do. */
const nearlyAll = 0.9

/** A version lives for some weeks, and explains what happens to others: it is no part in which something happens. */
const dimensionsOf = (columns: Columns): string[] => {
  const known = columns.dimensions.map(({ name }) => name).filter((name) => name !== 'version')
  const first = preferred.filter((name) => known.includes(name))
  return [...first, 'kind', ...known.filter((name) => !first.includes(name))]
}

export function* partsOf(columns: Columns, rows: ChosenRows): Generator<undefined, Part[]> {
  const parts: Part[] = []
  let divided = 0
  for (const dimension of dimensionsOf(columns)) {
    const { words, codes } = wordsOf(columns, dimension)
    if (words.length < 3 || words.length > mostWords || divided === mostDimensions) continue // 0 is no value
    yield
    const sizes = new Uint32Array(words.length)
    const rowAt = (i: number): number => (rows.list === null ? i : (rows.list[i] ?? 0))
    for (let i = 0; i < rows.count; i++) {
      const code = codes[rowAt(i)] ?? 0
      sizes[code] = (sizes[code] ?? 0) + 1
    }
    const sizeOf = (code: number): number => sizes[code] ?? 0
    const chosen = [...sizes.keys()]
      .filter((code) => code > 0 && sizeOf(code) >= fewestRows && sizeOf(code) < nearlyAll * rows.count)
      .sort((a, b) => sizeOf(b) - sizeOf(a))
      .slice(0, mostValues)
    if (chosen.length === 0) continue
    divided++
    yield
    const lists = chosen.map((code) => new Uint32Array(sizeOf(code)))
    const listOf = new Int32Array(words.length).fill(-1)
    chosen.forEach((code, place) => (listOf[code] = place))
    const filled = new Uint32Array(chosen.length)
    for (let i = 0; i < rows.count; i++) {
      const row = rowAt(i)
      const place = listOf[codes[row] ?? 0] ?? -1
      const list = lists[place]
      if (list === undefined) continue
      list[filled[place] ?? 0] = row
      filled[place] = (filled[place] ?? 0) + 1
    }
    chosen.forEach((code, place) => {
      const list = lists[place] ?? new Uint32Array(0)
      parts.push({ dimension, value: words[code] ?? '', rows: { count: list.length, list } })
    })
  }
  return parts
}

/** What is to be told of steps in parts, where it can't be told of all. */
interface InPart {
  readonly metric: string
  readonly rises: boolean
  /** Days since 1970-01-01. */
  readonly onDay: number
  /** How far the step stands above the price that it has to be worth, in logarithms of its chance. */
  readonly evidence: number
}

const asStrong = 0.9

/**
 * The strongest of the steps that several parts show at about the same time: who became slower shows it better
 * than what it uses. Of about equals the first, as parts come in the order of preference. None of what `told` says.
 */
export function strongest<F extends InPart>(told: readonly F[], found: readonly F[], apart: number): F[] {
  const same = (a: F, b: F): boolean =>
    a.metric === b.metric && a.rises === b.rises && Math.abs(a.onDay - b.onDay) < apart
  const kept: F[] = []
  let left = found.filter((one) => !told.some((other) => same(one, other)))
  while (left.length > 0) {
    const best = left.reduce((a, b) => (b.evidence > a.evidence ? b : a))
    const first = left.find((one) => same(one, best) && one.evidence >= asStrong * best.evidence) ?? best
    kept.push(first)
    left = left.filter((one) => one !== best && !same(one, best) && !same(one, first))
  }
  return kept
}
