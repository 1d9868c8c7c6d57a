/** Round numbers from nothing to at least `most`, evenly apart; the last is where the axis ends. */
export function evenTicks(most: number, wanted = 4, whole = true): readonly number[] {
  const rough = (most > 0 ? most : 1) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(whole ? 1 : 0, ([1, 2, 5, 10].find((by) => by * power >= rough) ?? 10) * power)
  return Array.from({ length: Math.max(1, Math.ceil(most / step - 1e-9)) + 1 }, (_, i) => i * step)
}

/** Powers of ten around all values, the last where the axis ends; between two of them also 3 times the lower. */
export function powerTicks(values: readonly number[]): readonly number[] {
  const known = values.filter((value) => value > 0)
  const [low, high] = [Math.min(...known, Infinity), Math.max(...known, 0)]
  if (low > high) return [1, 10]
  const from = Math.floor(Math.log10(low))
  const to = Math.max(from + 1, Math.ceil(Math.log10(high)))
  const powers = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i))
  return powers.length > 3
    ? powers
    : powers.flatMap((power, i) => (i < powers.length - 1 ? [power, 3 * power] : [power]))
}
