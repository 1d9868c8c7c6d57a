// A drawing as SVG. Standing alone it carries its colours, so that any program shows it; in a page of ours the
// marks carry classes, and the page's style sheet gives the colours of the theme.
import type { Box, Drawing, Ink, Mark, Path, Words } from './drawing.ts'
import { oneLine } from './drawing.ts'
import type { Palette } from './palette.ts'
import { colourOf } from './palette.ts'

/** Where one stands in a page, its parts need names that no other has. */
export interface InPage {
  readonly id: string
}

export function svgOf(drawing: Drawing, how: InPage | Palette): string {
  const { width, height, title, says, marks } = drawing
  const [id, paint] = 'id' in how ? [how.id, byClass] : ['chart', byColour(how)]
  const alone = 'id' in how ? '' : standalone(width, height)
  const inks = [
    ...new Set(marks.flatMap((mark) => (mark.shape === 'box' && mark.hatched === true ? [mark.ink] : []))),
  ]
  const hatches = inks.map((ink) => hatch(`${id}-${ink}`, ink, paint))
  return [
    `<svg${alone} viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-labelledby="${id}-title ${id}-says">`,
    `<title id="${id}-title">${escapeText(title)}</title><desc id="${id}-says">${escapeText(says)}</desc>`,
    ...(hatches.length === 0 ? [] : [`<defs>${hatches.join('')}</defs>`]),
    ...('id' in how ? [] : [box({ ...paper, width, height }, id, paint)]),
    ...marks.map((mark) => draw(mark, id, paint)),
    '</svg>',
  ].join('\n')
}

const standalone = (width: number, height: number): string =>
  ` xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"`

const paper = { shape: 'box', x: 0, y: 0, ink: 'paper' } as const

/** How a mark is told its colour: `fill` or `stroke` of an ink. */
type Paint = (what: 'fill' | 'stroke', ink: Ink) => string
const byClass: Paint = (what, ink) => `class="${what === 'fill' ? 'f' : 's'}-${ink}"`
const byColour =
  (palette: Palette): Paint =>
  (what, ink) =>
    `${what}="${colourOf(palette, ink)}"`

function draw(mark: Mark, id: string, paint: Paint): string {
  switch (mark.shape) {
    case 'box':
      return box(mark, id, paint)
    case 'path':
      return path(mark, paint)
    case 'words':
      return words(mark, paint)
  }
}

function box({ x, y, width, height, ink, strength, hatched }: Box, id: string, paint: Paint): string {
  const fill = hatched === true ? `fill="url(#${id}-${ink})"` : paint('fill', ink)
  const faint = strength === undefined ? '' : ` fill-opacity="${round(strength)}"`
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${fill}${faint}/>`
}

function path({ points, ink, width, dashed }: Path, paint: Paint): string {
  const d = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
  const dashes = dashed === true ? ' stroke-dasharray="4 3"' : ''
  return `<path d="${d}" fill="none" ${paint('stroke', ink)} stroke-width="${width}"${dashes}/>`
}

function words({ x, y, at, text, ink, size, bold }: Words, paint: Paint): string {
  const anchor = at === 'start' ? '' : ` text-anchor="${at}"`
  const weight = bold === true ? ' font-weight="600"' : ''
  return `<text x="${round(x)}" y="${round(y)}" ${paint('fill', ink)} font-size="${size}"${anchor}${weight}>${escapeText(text)}</text>`
}

const hatch = (name: string, ink: Ink, paint: Paint): string =>
  `<pattern id="${name}" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 7L7 -1M-4 4L4 -4M2 10L10 2" fill="none" ${paint('stroke', ink)} stroke-width="1.8"/></pattern>`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Safe in an element and in a quoted attribute. */
export const escapeText = (text: string): string =>
  oneLine(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? '')

/** Two digits are finer than any screen. */
const round = (value: number): string => String(Math.round(value * 100) / 100)
