// A drawing with its title above and what it is of beneath, so that the picture speaks for itself wherever it goes.
import type { Drawing } from './drawing.ts'
import { fitted, label, oneLine, widthOf } from './drawing.ts'
import { moved } from './legend.ts'

const margin = 20
const titleSize = 14
const titleHeight = 32
const lineHeight = 16

export function framed(drawing: Drawing, caption: readonly string[]): Drawing {
  const { width, height, title } = drawing
  const lines = flow(caption.map(oneLine), width)
  const below = margin + titleHeight + height + 16
  return {
    ...drawing,
    width: width + 2 * margin,
    height: below + lines.length * lineHeight + margin - 8,
    marks: [
      {
        shape: 'words',
        x: margin,
        y: margin + titleSize,
        at: 'start',
        text: fitted(title, width, titleSize),
        ink: 'ink',
        size: titleSize,
        bold: true,
      },
      ...moved(drawing.marks, margin, margin + titleHeight),
      ...lines.map((line, i) => label(fitted(line, width), margin, below + 8 + i * lineHeight)),
    ],
  }
}

function flow(pieces: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const piece of pieces.filter((piece) => piece !== '')) {
    const last = lines.at(-1)
    const joined = last === undefined ? piece : `${last} · ${piece}`
    if (last === undefined || widthOf(joined) > width) lines.push(piece)
    else lines[lines.length - 1] = joined
  }
  return lines
}
