// Made-up lives, drawn by their number: several agents of different weight, each with a week, failures and durations
// of its own, and days that differ, all together and each agent for itself.
import type { Change } from '../../../shared/viewer/insights.ts'
import { createRandom } from '../../oracle/random.ts'
import type { Random } from '../../oracle/random.ts'
import { normals } from './usage.ts'
import type { Usage } from './usage.ts'

const providers = ['near', 'far', 'own']

interface Life {
  readonly usage: Usage
  /** The day from which on there is more, or less, of what is planted. */
  readonly at: number
}

/** How long, how busy, how even, how many agents; and, if one is planted, a step up or down for all of them. */
export function drawLife(seed: number, planted: Change['metric'] | null): Life {
  const random = createRandom(seed)
  const days = random.whole(42, 240)
  const at = random.whole(14, days - 14)
  const volume = 40 * 25 ** random.next()
  const failing = 0.01 + 0.09 * random.next()
  const up = random.chance(0.5)
  const agents = shared(
    Array.from({ length: random.whole(2, 6) }, (_, i) => ({
      weight: (0.3 + random.next()) / (i + 1),
      week: drawWeek(random),
      failing: failing * (0.4 + 1.2 * random.next()),
      median: 800 * Math.exp(2 * random.next() - 1),
      words: [`agent ${i}`, '1.0', random.of(providers)],
    })),
  )
  const usage: Usage = {
    seed: seed + 500_000,
    days,
    on: (day) => {
      const more = day >= at === up ? planted : null
      return agents.map(({ share, week, words, ...agent }) => ({
        perDay: volume * share * (week[day % 7] ?? 1) * (more === 'rate' ? 1.5 : 1),
        median: agent.median * (more === 'latency' ? 1.3 : 1),
        failing: agent.failing + (more === 'error rate' ? 0.05 : 0),
        words,
      }))
    },
    noise: { rate: 0.25 * random.next(), failing: 0.2 * random.next(), median: 0.1 * random.next() },
    apart: { rate: 0.2 * random.next(), failing: 0.15 * random.next(), median: 0.06 * random.next() },
    spread: 0.4 + 0.7 * random.next(),
  }
  return { usage, at }
}

/** Agents are used more and less, from one day to the next and slowly; they fail as often as ever, and take as long. */
export function drawComings(seed: number): Usage {
  const random = createRandom(700_000 + seed)
  const days = random.whole(42, 240)
  const volume = 20 * 25 ** random.next()
  const sort = { failing: 0.01 + 0.09 * random.next(), median: 800 }
  const agents = shared(
    Array.from({ length: random.whole(4, 9) }, (_, i) => ({
      weight: (i + 1) ** -1.3,
      week: drawWeek(random),
      use: drawUse(random, days),
      words: [`agent ${i}`, '1.0', providers[i % 3] ?? ''],
    })),
  )
  return {
    seed: seed + 800_000,
    days,
    on: (day) =>
      agents.map(({ share, week, use, words }) => ({
        ...sort,
        perDay: volume * share * (week[day % 7] ?? 1) * (use[day] ?? 1),
        words,
      })),
    noise: { rate: 0.2 * random.next(), failing: 0.15 * random.next(), median: 0.07 * random.next() },
    apart: { rate: 0.3 * random.next(), failing: 0.15 * random.next(), median: 0.05 * random.next() },
    spread: 0.4 + 0.7 * random.next(),
  }
}

function shared<A extends { readonly weight: number }>(
  agents: readonly A[],
): (A & { readonly share: number })[] {
  const all = agents.reduce((sum, { weight }) => sum + weight, 0)
  return agents.map((agent) => ({ ...agent, share: agent.weight / all }))
}

/** Seven parts of 1 on average, with less on weekends. */
function drawWeek(random: Random): number[] {
  const weekend = 0.05 + 0.95 * random.next()
  const week = [1, 1.1, 1.15, 1.05, 0.85, weekend, weekend * 1.1]
  const mean = week.reduce((sum, part) => sum + part) / 7
  return week.map((part) => part / mean)
}

/** From a twentieth to seven times the usual. */
function drawUse(random: Random, days: number): number[] {
  const normal = normals(random)
  let [at, towards] = [0, 0]
  return Array.from({ length: days }, () => {
    if (random.chance(0.02)) towards = 1.2 * normal()
    at = random.chance(0.5) ? towards : at + 0.1 * (towards - at) + 0.1 * normal()
    return Math.exp(Math.max(-3, Math.min(2, at)))
  })
}
