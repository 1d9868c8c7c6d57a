// What a list of bars shows of one dimension: which columns say something, in which order its values stand, and which
// of them there is room for.
import type { Bar, BarsSpec, Details, Overview } from '../shared/viewer/charts.ts'
import type { Colour } from './chart/colours.ts'

/** A value with all that is known of it. */
export interface Value extends Bar {
  /** Of all that have a value here. */
  readonly share: number
  /** Null where no outcome is told. */
  readonly errors: number | null
  readonly median: number | null
}

export type Sorting = 'value' | 'count' | 'errors' | 'median'

export interface Columns {
  readonly errors: boolean
  readonly median: boolean
}

/** Medians by value, of the overview they were worked out for: its order may not be that of the newest. */
export function mediansOf(
  name: string,
  details: Details | null,
  detailed: Pick<Overview, 'kinds' | 'dimensions'> | null,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const medians = details?.medians[name]
  if (medians === undefined || detailed === null) return found
  const spec =
    name === detailed.kinds.name ? detailed.kinds : detailed.dimensions.find((one) => one.name === name)
  spec?.bars.forEach(({ label }, i) => {
    const median = medians[i] ?? null
    if (median !== null) found.set(label, median)
  })
  return found
}

export function valuesOf(spec: BarsSpec, medians: ReadonlyMap<string, number>): Value[] {
  return spec.bars.map((bar) => ({
    ...bar,
    share: bar.count / Math.max(1, spec.total),
    errors: bar.withOutcome === 0 ? null : bar.failed / bar.withOutcome,
    median: medians.get(bar.label) ?? null,
  }))
}

/** Where nothing failed, or all of everything, as in a list of errors, a rate tells nothing. */
export function columnsOf(values: readonly Value[]): Columns {
  return {
    errors:
      values.some(({ failed }) => failed > 0) && values.some(({ errors }) => errors !== null && errors < 1),
    median: values.some(({ median }) => median !== null),
  }
}

/** Words ascend, figures descend; what has none comes last. The values come in by their counts. */
export function sorted(values: readonly Value[], by: Sorting): readonly Value[] {
  if (by === 'count') return values
  if (by === 'value')
    return values.toSorted((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }))
  return values.toSorted((a, b) => (b[by] ?? -1) - (a[by] ?? -1))
}

export function found(values: readonly Value[], search: string): readonly Value[] {
  const wanted = search.trim().toLocaleLowerCase()
  return wanted === '' ? values : values.filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
}

/** The first of them, and after those what is chosen further down: it must not be out of sight. */
export function firstOf(
  values: readonly Value[],
  most: number,
  chosen: readonly string[],
): { readonly shown: readonly Value[]; readonly rest: readonly Value[] } {
  const after = values.slice(most)
  const wanted = new Set(chosen)
  const rest = after.filter(({ label }) => !wanted.has(label))
  return { shown: [...values.slice(0, most), ...after.filter(({ label }) => wanted.has(label))], rest }
}

/** One of the series colours, or the grey of all others. */
export function colourOf(top: readonly string[], label: string | null): Colour {
  const place = label === null ? -1 : top.indexOf(label)
  return place < 0 ? '--series-rest' : `--series-${place + 1}`
}
