// People who work with agents, each in a way of their own: when they open the program and for how long, on which system,
// how much they do and with what. The same seed gives the same person.
import { createRandom } from '../../shared/sample/random.ts'
import type { Random } from '../../shared/sample/random.ts'

export const hour = 3_600_000
export const day = 24 * hour

export interface Habits {
  readonly seed: number
  readonly platform: 'linux' | 'darwin' | 'win32'
  /** How many times the usual work they do. */
  readonly volume: number
  /** Of the tools' words, how gladly they are used: 0 never, 1 always. */
  likes(word: string): number
  /** When they open the program on a day, and close it again; null on a day without it. */
  opens(midnight: number): { readonly at: number; readonly until: number } | null
  /** Of the few who use an agent that hardly anybody knows. */
  readonly isInGuild: boolean
}

const platforms = ['linux', 'linux', 'darwin', 'win32'] as const

export function habitsOf(seed: number, isInGuild: boolean): Habits {
  const own = createRandom(seed)
  const opensAt = 5 + own.next() * 14
  const staysFor = 0.3 + own.next() * 9
  const skips = own.next() * 0.4
  const liked = new Map<string, number>()
  return {
    seed,
    isInGuild,
    platform: platforms[Math.floor(own.next() * platforms.length)] ?? 'linux',
    volume: 1 + Math.floor(own.next() * 3),
    likes: (word) => liked.get(word) ?? keep(liked, word, createRandom(seed ^ hashOf(word))),
    opens: (midnight) => {
      const today = createRandom(seed + midnight / day)
      if (today.chance(skips)) return null
      const at = Math.floor(midnight + (opensAt + today.normal() * 0.4) * hour)
      return { at, until: at + staysFor * hour }
    },
  }
}

function keep(liked: Map<string, number>, word: string, random: Random): number {
  const likes = random.next() < 0.25 ? 0.1 : 0.4 + random.next() * 0.6
  liked.set(word, likes)
  return likes
}

const hashOf = (word: string): number =>
  new TextEncoder().encode(word).reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 7)
