// A row of the bench: what was measured, against which limit, and the reference measured in the same run. Machines
// are noisy, so figures are medians or 95th percentiles of several runs, and limits are ratios to the reference.
export interface Row {
  readonly name: string
  readonly value: number
  /** Null where the issue names no limit. */
  readonly limit: number | null
  readonly unit: string
  readonly ok: boolean
  readonly reference: string
}

/** Some rows come out of one measurement together. */
export interface Measurement {
  /** The names of its rows, for `--only`. */
  readonly rows: readonly string[]
  measure(place: BenchPlace): Promise<Row[]>
}

export interface BenchPlace {
  /** A folder of the run's own, removed at its end. */
  readonly folder: string
  /** Sample files are kept between runs, by what they hold. */
  readonly kept: string
  note(line: string): void
}

export const median = (values: readonly number[]): number => rank(values, 0.5)
export const p95 = (values: readonly number[]): number => rank(values, 0.95)

function rank(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? NaN
}

export function atMost(
  name: string,
  value: number,
  limit: number | null,
  unit: string,
  reference: string,
): Row {
  return { name, value, limit, unit, ok: limit === null || value <= limit, reference }
}
