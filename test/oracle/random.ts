// Randomness for test files: the same seed makes the same file.
export interface Random {
  /** 0 to 1. */
  next(): number
  whole(from: number, to: number): number
  of<T>(list: readonly T[]): T
  chance(share: number): boolean
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    of: (list) => {
      const found = list[whole(0, list.length - 1)]
      if (found === undefined) throw new Error('nothing to choose from')
      return found
    },
    chance: (share) => next() < share,
  }
}

/**
 * Moments of 4 to 90 days, now and then of two years, before December 2026, in no order, some in the last and first second of a day. The first
 * and the last of them end in a fraction that rounding would carry into the next second.
 */
export function moments(random: Random, count: number): number[] {
  const until = Date.UTC(2026, 11, 1)
  const days = random.chance(0.2) ? random.whole(200, 700) : random.whole(4, 90)
  const times = Array.from({ length: count }, () => {
    const time = until - Math.floor(random.next() * days * 86_400_000) - 1
    if (!random.chance(0.1)) return time
    return Math.floor(time / 86_400_000) * 86_400_000 + random.of([0, 1, 999, 86_399_999, 86_399_500])
  })
  const early = until - (days + 1) * 86_400_000
  return [early - (early % 1000) + 43_200_700, ...times, until + 3_600_900]
}
