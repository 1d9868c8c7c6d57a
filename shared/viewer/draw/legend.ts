import type { Ink, Mark } from './drawing.ts'
import { fitted, label, widthOf } from './drawing.ts'

export interface Key {
  readonly text: string
  readonly ink: Ink
  readonly sign: 'box' | 'line' | 'dashes'
}

const lineHeight = 18
const signWidth = 16
const between = 16
const longest = 220

/** Keys one after the other, on as many lines as they need. */
export function drawLegend(
  keys: readonly Key[],
  width: number,
): { readonly marks: readonly Mark[]; readonly height: number } {
  const marks: Mark[] = []
  let x = 0
  let line = 0
  for (const { text, ink, sign } of keys) {
    const said = fitted(text, Math.min(longest, width - signWidth))
    const needed = signWidth + widthOf(said)
    if (x > 0 && x + needed > width) {
      x = 0
      line++
    }
    const y = line * lineHeight
    marks.push(
      sign === 'box'
        ? { shape: 'box', x, y: y + 3, width: 9, height: 9, ink }
        : {
            shape: 'path',
            points: [
              [x, y + 8],
              [x + 11, y + 8],
            ],
            ink,
            width: 2,
            dashed: sign === 'dashes',
          },
      label(said, x + signWidth, y + 12, 'start', 'ink-2'),
    )
    x += needed + between
  }
  return { marks, height: keys.length === 0 ? 0 : (line + 1) * lineHeight + 4 }
}

export const moved = (marks: readonly Mark[], x: number, y: number): Mark[] =>
  marks.map((mark) =>
    mark.shape === 'path'
      ? { ...mark, points: mark.points.map(([px, py]) => [px + x, py + y] as const) }
      : { ...mark, x: mark.x + x, y: mark.y + y },
  )
