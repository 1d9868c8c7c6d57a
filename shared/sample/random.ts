// A small seeded generator (sfc32): the same seed gives the same numbers on every machine, which Math.random
// can't promise. Good enough for believable data; never for secrets.

export interface Random {
  /** 0 up to, but not, 1. */
  next(): number
  /** 32 random bits. */
  bits(): number
  /** Around 0 with a spread of 1. */
  normal(): number
  /** True with this probability. */
  chance(probability: number): boolean
}

export function createRandom(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0]
  const bits = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  for (let i = 0; i < 16; i++) bits() // the first numbers of neighbouring seeds still resemble each other
  const next = (): number => bits() / 0x1_0000_0000
  return {
    next,
    bits,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
  }
}

/** Picks by weight, in one step for each draw: the weights are summed once. */
export function choice<T>(entries: readonly (readonly [T, number])[]): (random: Random) => T {
  const [first] = entries
  if (first === undefined) throw new Error('nothing to choose from')
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
  return (random) => {
    let left = random.next() * total
    for (const [value, weight] of entries) {
      left -= weight
      if (left < 0) return value
    }
    return first[0]
  }
}
