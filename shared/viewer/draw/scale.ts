/** Round numbers from nothing to at least `most`, evenly apart; the last is where the axis ends. */
export function evenTicks(most: number, wanted = 4, whole = true): readonly number[] {
  const rough = (most > 0 ? most : 1) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(whole ? 1 : 0, ([1, 2, 5, 10].find((by) => by * power >= rough) ?? 10) * power)
  return Array.from({ length: Math.max(1, Math.ceil(most / step - 1e-9)) + 1 }, (_, i) => i * step)
}
