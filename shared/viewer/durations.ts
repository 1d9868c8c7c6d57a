// Durations in bins of a logarithmic scale, eight to each power of ten: 100 ms and 10 s stand equally wide apart from
// 1 s. The first bin takes all that is shorter than a millisecond.
import type { Columns } from './columns.ts'
import { countAt } from './counts.ts'
import { outcome } from './events.ts'
import type { HistogramSpec } from './specs.ts'

const perPower = 8
const powers = 11
const edges = Float64Array.from({ length: perPower * powers + 1 }, (_, i) =>
  i % perPower === 0 ? Number(`1e${i / perPower}`) : Number((10 ** (i / perPower)).toPrecision(4)),
)
export const noBin = 255
export const binPlaces = 256

function binOf(value: number): number {
  if (value !== value) return noBin
  if (value < 1) return 0
  let bin = Math.min(edges.length - 1, Math.floor(Math.log10(value) * perPower))
  if (value < (edges[bin] ?? 0)) bin--
  else if (value >= (edges[bin + 1] ?? Infinity)) bin++
  return bin + 1
}

/** Most durations are whole milliseconds, and short: where there are many, the bins of these are looked up. */
const shortEnd = 1 << 16
let known: Uint8Array | null = null
const binsOfShort = (): Uint8Array =>
  (known ??= Uint8Array.from({ length: shortEnd }, (_, value) => binOf(value)))

/** The bins that lie between two durations as a whole, and those of which only a part may. */
export function binsBetween(from: number, to: number): { readonly whole: number[]; readonly cut: number[] } {
  const whole: number[] = []
  const cut: number[] = []
  for (let bin = 0; bin <= edges.length; bin++) {
    const start = edges[bin - 1] ?? -Infinity // shorter than nothing is in the first, too
    const end = edges[bin] ?? Infinity
    if (start >= from && end <= to) whole.push(bin)
    else if (start < to && end > from) cut.push(bin)
  }
  return { whole, cut }
}

/** The bin of each row, worked out once. */
export class DurationBins {
  readonly #columns: Columns
  #bins = new Uint8Array(0)
  #rows = 0
  readonly #filled = new Set<number>()

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** For each row its bin. */
  get places(): Uint8Array {
    this.#bring()
    return this.#bins
  }

  /** How many bins any row lies in, chosen or not. */
  different(): number {
    this.#bring()
    return this.#filled.size
  }

  #bring(): void {
    const { rows, duration } = this.#columns
    if (this.#bins.length < rows) {
      const larger = new Uint8Array(Math.max(rows, duration.length))
      larger.set(this.#bins.subarray(0, this.#rows))
      this.#bins = larger
    }
    const short = rows - this.#rows > shortEnd ? binsOfShort() : null
    for (let row = this.#rows; row < rows; row++) {
      const value = duration[row] ?? NaN
      const isShort = short !== null && value >>> 0 === value && value < shortEnd
      const bin = isShort ? (short[value] ?? noBin) : binOf(value)
      this.#bins[row] = bin
      if (bin !== noBin) this.#filled.add(bin)
    }
    this.#rows = rows
  }
}

/** Where a bin begins. The first begins at nothing, and what is longer than the scale ends nowhere. */
const edgeBefore = (bin: number): number => (bin === 0 ? 0 : (edges[bin - 1] ?? Number.MAX_SAFE_INTEGER))

/** `counts` are those of the bins. */
export function drawHistogram(counts: Uint32Array): HistogramSpec | null {
  const bins = Array.from({ length: noBin }, (_, bin) => bin)
  const filled = bins.filter((bin) => countAt(counts, bin) !== 0)
  const [low, high] = [filled[0], filled.at(-1)]
  if (low === undefined || high === undefined) return null
  const shown = bins.slice(low, high + 1)
  return {
    edges: Array.from({ length: shown.length + 1 }, (_, i) => edgeBefore(low + i)),
    counts: shown.map((bin) => countAt(counts, bin)),
    failed: shown.map((bin) => counts[(bin << 2) | outcome.failed] ?? 0),
  }
}
