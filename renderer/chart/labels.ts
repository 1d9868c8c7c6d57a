// Labels of the axes, and the hatching of the column that still grows. Chart.js measures every label anew at each update,
// which takes longer than drawing the bars, and gives each bar options of its own where one of them looks different;
// and the first and the last label are to stay within the canvas, which no scale of Chart.js knows how to do.
import type { Palette } from './colours.ts'

type Axis = 'count' | 'share' | 'duration'

export interface Labelled {
  readonly columns: number
  ticks(most: number): readonly { readonly index: number; readonly text: string }[]
  write(value: number, axis: Axis): string
}

interface Scale {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly ticks: readonly { readonly value: number }[]
  readonly options: { readonly display?: unknown }
  getPixelForValue(value: number): number
}
interface Painted {
  readonly ctx: CanvasRenderingContext2D
  readonly width: number
  readonly canvas: HTMLCanvasElement
  readonly scales: Readonly<Record<string, Scale>>
}

const roomForTick = 64
const gap = 8
const sides = { y: 'count', share: 'share', duration: 'duration' } as const satisfies Record<string, Axis>

export function drawLabels({ ctx, width, canvas, scales }: Painted, palette: Palette, drawn: Labelled): void {
  ctx.save()
  ctx.font = `12px ${palette.font(canvas)}`
  ctx.fillStyle = palette.of('--ink-3')
  const below = scales['x']
  if (below !== undefined) drawBelow(ctx, below, width, drawn)
  ctx.textBaseline = 'middle'
  for (const [name, axis] of Object.entries(sides)) {
    const scale = scales[name]
    if (scale === undefined || scale.options.display === false) continue
    ctx.textAlign = axis === 'count' ? 'right' : 'left'
    const x = axis === 'count' ? scale.left + scale.width - gap : scale.left + gap
    for (const { value } of scale.ticks)
      ctx.fillText(drawn.write(value, axis), x, scale.getPixelForValue(value))
  }
  ctx.restore()
}

function drawBelow(ctx: CanvasRenderingContext2D, scale: Scale, width: number, drawn: Labelled): void {
  ctx.textBaseline = 'top'
  let end = -Infinity
  for (const { index, text } of drawn.ticks(Math.floor(scale.width / roomForTick))) {
    const wide = ctx.measureText(text).width
    const middle = scale.left + ((index + 0.5) * scale.width) / drawn.columns
    const left = Math.min(width - wide, Math.max(0, middle - wide / 2))
    if (left < end) continue
    ctx.fillText(text, left, scale.top + 7)
    end = left + wide + gap
  }
}

/** Stripes of paper over a bar that is drawn already. */
export function hatch(
  ctx: CanvasRenderingContext2D,
  palette: Palette,
  { x, y, base, width }: { x: number; y: number; base: number; width: number },
): void {
  const stripes = palette.stripes()
  if (stripes === null) return
  ctx.save()
  ctx.fillStyle = stripes
  ctx.fillRect(x - width / 2 - 0.5, Math.min(y, base), width + 1, Math.abs(base - y))
  ctx.restore()
}
