// Made-up usage of which all is known: how many events each day expects, how days differ by themselves, and where
// a step was planted. It shares nothing with what looks for steps, and draws durations and outcomes event by event.
import type { Format } from '../../../shared/formats/format.ts'
import { Columns } from '../../../shared/viewer/columns.ts'
import { createRandom } from '../../oracle/random.ts'
import type { Random } from '../../oracle/random.ts'

/** Events of one sort: of an agent, a version, a provider. */
export interface Sort {
  /** How many a day expects. */
  readonly perDay: number
  readonly failing: number
  /** Milliseconds, in the middle. */
  readonly median: number
  /** What stands in the format's dimensions. */
  readonly words?: readonly string[]
}

interface Noise {
  readonly rate?: number
  readonly failing?: number
  readonly median?: number
}

export interface Usage {
  readonly seed: number
  readonly days: number
  on(day: number): readonly Sort[]
  /** How much days differ by themselves, beyond chance: 0.2 is by a fifth. */
  readonly noise?: Noise
  /** How much each sort does so besides, for itself. */
  readonly apart?: Noise
  /** The spread of the logarithms of durations. */
  readonly spread?: number
}

const names = ['agent', 'version', 'provider'] as const
export const dayMs = 86_400_000
/** A Monday. Berlin's clocks change on 29 March and 25 October 2026. */
export const firstDay = Date.UTC(2026, 1, 2)

const format: Format = {
  name: 'generic',
  title: 'Made up',
  proof: {},
  events: {
    table: 'events',
    key: 'id',
    time: { from: [{ column: 'time' }], encoding: 'milliseconds' },
    kind: { always: 'event' },
    outcome: { from: [{ column: 'ok' }], failed: [0] },
    failedKinds: [],
    duration: { from: [{ column: 'took' }], toMilliseconds: 1 },
    dimensions: names.map((name) => ({ name, from: [{ column: name }] })),
    measures: [],
  },
  sensitive: [],
}

export function makeUsage(usage: Usage): Columns {
  const random = createRandom(usage.seed)
  const { noise = {}, apart = {}, spread = 0.8 } = usage
  const normal = normals(random)
  const columns = new Columns(format)
  const lists = names.map((): string[] => [])
  for (let day = 0; day < usage.days; day++) {
    const busy = gamma(random, normal, noise.rate)
    const worse = gamma(random, normal, noise.failing)
    const slower = gamma(random, normal, noise.median)
    for (const sort of usage.on(day)) {
      const rows = poisson(random, normal, sort.perDay * busy * gamma(random, normal, apart.rate))
      const failing = sort.failing * worse * gamma(random, normal, apart.failing)
      const median = sort.median * slower * gamma(random, normal, apart.median)
      const [time, outcome, duration] = [new Float64Array(rows), new Uint8Array(rows), new Float64Array(rows)]
      for (let row = 0; row < rows; row++) {
        time[row] = firstDay + day * dayMs + (7 + 12 * random.next()) * 3_600_000
        outcome[row] = random.next() < failing ? 1 : 0
        duration[row] = median * Math.exp(spread * normal())
      }
      const known = lists.map((list) => list.length)
      const dimensions = lists.map((list, i) => new Uint32Array(rows).fill(codeIn(list, sort.words?.[i])))
      columns.append({
        ...{ rows, rowid: new Float64Array(rows), time, outcome, duration, dimensions },
        ...{ kind: new Uint32Array(rows).fill(1), newKinds: columns.kinds.length === 1 ? ['event'] : [] },
        newWords: lists.map((list, i) => list.slice(known[i])),
        measures: [],
        tallies: [],
      })
    }
  }
  return columns
}

function codeIn(list: string[], word: string | undefined): number {
  if (word === undefined) return 0
  const at = list.indexOf(word)
  return (at >= 0 ? at : list.push(word) - 1) + 1
}

/** After Box and Muller, who give two at a time. */
export function normals(random: Random): () => number {
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const kept = spare
      spare = null
      return kept
    }
    const [length, angle] = [Math.sqrt(-2 * Math.log(1 - random.next())), 2 * Math.PI * random.next()]
    spare = length * Math.sin(angle)
    return length * Math.cos(angle)
  }
}

function poisson(random: Random, normal: () => number, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > limit; product *= random.next()) count++
  return count
}

/** Around 1, spread by `noise`. After Marsaglia and Tsang. */
function gamma(random: Random, normal: () => number, noise = 0): number {
  if (noise === 0) return 1
  const shape = noise ** -2
  const d = shape - 1 / 3
  for (;;) {
    const x = normal()
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return (d * v) / shape
  }
}
