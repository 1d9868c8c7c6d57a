// A change of one agent, tool or model can drown in everything else, so failures and durations are looked at once
// more within the most frequent values of some dimensions. Many tests find something by chance: each must be surer,
// by as much as there are of them. And what all rows tell, or a larger part, is not told of a smaller part again.
import type { Codes, Columns } from '../columns.ts'
import type { ChosenRows } from '../divided-rows.ts'
import { wordsOf } from '../filter.ts'
import { countDays, datedOf, piece, rowAt } from './daily.ts'
import type { DailyTable, DatedRows } from './daily.ts'
import { preferred } from './explain.ts'

/** One value's days. Its rows are looked for only where there is something to tell of them. */
export interface Part {
  readonly dimension: string
  readonly value: string
  readonly table: DailyTable
  dated(): Generator<undefined, DatedRows>
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

export function* partsOf(columns: Columns, dated: DatedRows): Generator<undefined, Part[]> {
  const { rows } = dated
  const parts: Part[] = []
  let divided = 0
  for (const dimension of dimensionsOf(columns)) {
    const { words, codes } = wordsOf(columns, dimension)
    if (words.length < 3 || words.length > mostWords || divided === mostDimensions) continue // 0 is no value
    const sizes = new Uint32Array(words.length)
    for (let from = 0; from < rows.count; from += piece) {
      countCodes(sizes, codes, rows, from, Math.min(from + piece, rows.count))
      yield
    }
    const sizeOf = (code: number): number => sizes[code] ?? 0
    const chosen = [...sizes.keys()]
      .filter((code) => code > 0 && sizeOf(code) >= fewestRows && sizeOf(code) < nearlyAll * rows.count)
      .sort((a, b) => sizeOf(b) - sizeOf(a))
      .slice(0, mostValues)
    if (chosen.length === 0) continue
    divided++
    yield
    const tableOf = new Int32Array(words.length).fill(-1)
    chosen.forEach((code, table) => (tableOf[code] = table))
    const tables = yield* countDays(columns, dated, { codes, tableOf, tables: chosen.length })
    yield
    tables.forEach((table, i) => {
      const code = chosen[i] ?? 0
      const value = words[code] ?? ''
      parts.push({ dimension, value, table, dated: () => datedOf(dated, codes, code, sizeOf(code)) })
    })
  }
  return parts
}

function countCodes(sizes: Uint32Array, codes: Codes, rows: ChosenRows, from: number, end: number): void {
  for (let i = from; i < end; i++) {
    const code = codes[rowAt(rows, i)] ?? 0
    sizes[code] = (sizes[code] ?? 0) + 1
  }
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
