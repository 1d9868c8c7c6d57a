// A drawing on a canvas: the marks that an SVG would have, for a PNG. The page's policy lets no picture in that isn't
// its own file, so an SVG can't be shown on a canvas; and painted this way, both have the same marks.
import type { Box, Drawing, Ink, Path, Words } from '../shared/viewer/draw/drawing.ts'
import { oneLine } from '../shared/viewer/draw/drawing.ts'
import type { Palette } from '../shared/viewer/draw/palette.ts'
import { colourOf } from '../shared/viewer/draw/palette.ts'

type Pen = OffscreenCanvasRenderingContext2D

export async function pngOf(drawing: Drawing, palette: Palette, scale: number, face: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(Math.ceil(drawing.width * scale), Math.ceil(drawing.height * scale))
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('no canvas')
  pen.scale(scale, scale)
  pen.fillStyle = colourOf(palette, 'paper')
  pen.fillRect(0, 0, drawing.width, drawing.height)
  const colour = (ink: Ink): string => colourOf(palette, ink)
  for (const mark of drawing.marks) {
    if (mark.shape === 'box') box(pen, mark, colour(mark.ink))
    else if (mark.shape === 'path') path(pen, mark, colour(mark.ink))
    else words(pen, mark, colour(mark.ink), face)
  }
  return canvas.convertToBlob({ type: 'image/png' })
}

function box(pen: Pen, { x, y, width, height, strength = 1, hatched = false }: Box, colour: string): void {
  pen.globalAlpha = strength
  pen.fillStyle = colour
  if (hatched) hatch(pen, x, y, width, height, colour)
  else pen.fillRect(x, y, width, height)
  pen.globalAlpha = 1
}

/** The same strokes as in the SVG, 6 pixels apart. */
function hatch(pen: Pen, x: number, y: number, width: number, height: number, colour: string): void {
  pen.save()
  pen.beginPath()
  pen.rect(x, y, width, height)
  pen.clip()
  pen.strokeStyle = colour
  pen.lineWidth = 1.8
  pen.beginPath()
  const first = Math.floor((x + y) / 6) * 6
  for (let at = first; at <= x + width + y + height; at += 6) {
    pen.moveTo(at - y, y)
    pen.lineTo(at - y - height, y + height)
  }
  pen.stroke()
  pen.restore()
}

function path(pen: Pen, { points, width, dashed = false }: Path, colour: string): void {
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.setLineDash(dashed ? [4, 3] : [])
  pen.beginPath()
  for (const [x, y] of points) pen.lineTo(x, y)
  pen.stroke()
}

function words(pen: Pen, { x, y, at, text, size, bold = false }: Words, colour: string, face: string): void {
  pen.fillStyle = colour
  pen.font = `${bold ? 600 : 400} ${size}px ${face}`
  pen.textAlign = at === 'middle' ? 'center' : at === 'start' ? 'left' : 'right'
  pen.fillText(oneLine(text), x, y)
}
