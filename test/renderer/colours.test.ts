// The colours of values, by the style sheet itself: each stands out from the paper, in both themes, and no two of
// them, nor the red of failure, look alike to eyes that lack one kind of cone (after Viénot, Brettel and Mollon).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

type Light = readonly [number, number, number]
const css = readFileSync(join(import.meta.dirname, '../../renderer/styles/tokens.css'), 'utf8')

function token(name: string, theme: 0 | 1): Light {
  const pair = new RegExp(`${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css)
  const hex = pair?.[theme + 1] ?? ''
  const part = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}
const luminance = ([red, green, blue]: Light): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue
const contrast = (one: Light, other: Light): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}
const eyes: Readonly<Record<string, (light: Light) => Light>> = {
  'all cones': (light) => light,
  'no red cones': ([r, g, b]) => [0.112 * r + 0.888 * g, 0.112 * r + 0.888 * g, 0.004 * r - 0.004 * g + b],
  'no green cones': ([r, g, b]) => [0.293 * r + 0.707 * g, 0.293 * r + 0.707 * g, -0.021 * r + 0.021 * g + b],
}
function lab([red, green, blue]: Light): Light {
  const bend = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)
  const [x, y, z] = [
    bend((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505),
    bend(0.2126 * red + 0.7152 * green + 0.0722 * blue),
    bend((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0888),
  ]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

for (const [theme, name] of ['light', 'dark'].entries())
  it(`the eight colours of values are told apart on paper, in the ${name} theme`, () => {
    const at = theme === 0 ? 0 : 1
    const paper = token('--paper', at)
    const values = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => token(`--series-${i}`, at))
    for (const colour of [...values, token('--series-rest', at)])
      expect(contrast(colour, paper)).toBeGreaterThanOrEqual(3)
    const all = [...values, token('--failed', at)]
    for (const [eye, seen] of Object.entries(eyes))
      all.forEach((one, i) =>
        all.slice(i + 1).forEach((other, j) => {
          const far = Math.hypot(...lab(seen(one)).map((value, k) => value - (lab(seen(other))[k] ?? 0)))
          expect(far, `${i + 1} and ${i + j + 2} to ${eye}`).toBeGreaterThan(12)
        }),
      )
  })
