// Runs in the browser: a timeline as the window draws it by Chart.js, and as pictures and the report draw it, each
// told by the geometry that it ended up with.
import { Chart } from 'chart.js'
import { createBars } from '../../renderer/chart.ts'
import { barsOf, linesOf } from '../../renderer/over-time.ts'
import type { Shown } from '../../renderer/over-time.ts'
import { light } from '../../shared/viewer/draw/palette.ts'
import { svgOf } from '../../shared/viewer/draw/svg.ts'
import { drawTimeline } from '../../shared/viewer/draw/timeline.ts'
import { inEnglish } from '../shared/viewer/draw/wording.ts'

/** Columns from left to right, in each what is drawn there, from below. */
export interface Marks {
  readonly boxes: readonly {
    readonly x: number
    readonly width: number
    readonly height: number
    readonly colour: string
  }[]
  /** Heights of a line's points over the axis. */
  readonly lines: readonly (readonly { readonly x: number; readonly height: number }[])[]
}
interface Both {
  readonly byChart: Marks
  readonly bySvg: Marks
}

const size = { width: 900, height: 260 }

function drawBoth(shown: Shown): Both {
  return { byChart: byChart(shown), bySvg: bySvg(shown) }
}

function byChart(shown: Shown): Marks {
  const box = document.createElement('div')
  box.style.cssText = `position: relative; width: ${size.width}px; height: ${size.height}px`
  const canvas = document.createElement('canvas')
  box.append(canvas)
  document.body.replaceChildren(box) // it is painted only in sight
  createBars(canvas).show(
    {
      columns: shown.spec.points.length,
      bars: barsOf(shown),
      lines: linesOf(shown),
      partial: null,
      ticks: () => [],
      write: String,
    },
    'light',
  )
  const chart = Chart.getChart(canvas)
  if (chart === undefined) throw new Error('Chart.js has drawn nothing')
  const boxes: Marks['boxes'][number][] = []
  const lines: Marks['lines'][number][] = []
  const bottom = chart.scales['y']?.getPixelForValue(0) ?? NaN
  chart.data.datasets.forEach(({ backgroundColor }, i) => {
    const meta = chart.getDatasetMeta(i)
    if (meta.type === 'line') lines.push(meta.data.map(({ x, y }) => ({ x, height: bottom - y })))
    else
      for (const element of meta.data) {
        const { x, y, base, width } = element.getProps(['x', 'y', 'base', 'width'], true) as Record<
          'x' | 'y' | 'base' | 'width',
          number
        >
        if (base !== y)
          boxes.push({
            x,
            width,
            height: base - y,
            colour: typeof backgroundColor === 'string' ? backgroundColor : '',
          })
      }
  })
  return { boxes, lines }
}

function bySvg(shown: Shown): Marks {
  const { spec, divided, compared } = shown
  const look = { ...size, top: divided?.top ?? [], comparedTop: compared?.top ?? [] }
  const text = svgOf(drawTimeline(spec, inEnglish(), look), light)
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml')
  if (svg.querySelector('parsererror') !== null) throw new Error(svg.documentElement.textContent)
  const number = (element: Element, name: string): number => Number(element.getAttribute(name))
  const all = [...svg.querySelectorAll('rect')].slice(1) // the first is the paper
  const boxes = all
    .filter((rect) => !(number(rect, 'width') === 9 && number(rect, 'height') === 9)) // a key
    .map((rect) => ({
      x: number(rect, 'x') + number(rect, 'width') / 2,
      width: number(rect, 'width'),
      height: number(rect, 'height'),
      colour: colourOf(rect.getAttribute('fill') ?? ''),
    }))
  const pointsOf = (path: Element): [number, number][] =>
    [...(path.getAttribute('d') ?? '').matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ])
  const paths = [...svg.querySelectorAll('svg > path')].map((path) => ({
    width: path.getAttribute('stroke-width'),
    points: pointsOf(path),
  }))
  const bottom = Math.max(
    ...paths.filter(({ width }) => width === '1').flatMap(({ points }) => points.map(([, y]) => y)),
  )
  const lines = paths
    .filter(({ width, points }) => width === '2' && points.length > 2)
    .map(({ points }) => points.map(([x, y]) => ({ x, height: bottom - y })))
  return { boxes, lines }
}

/** Any colour as the canvas shows it. */
function colourOf(colour: string): string {
  const pen = new OffscreenCanvas(1, 1).getContext('2d')
  if (pen === null) return ''
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  return [...pen.getImageData(0, 0, 1, 1).data].join(' ')
}

/** A token of the style sheet, as the theme in force has it. */
function tokenOf(token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(--${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return colourOf(color)
}

const harness = { drawBoth, colourOf, tokenOf }
export type Harness = typeof harness
Object.assign(globalThis, { harness })
