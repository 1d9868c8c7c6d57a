// The only import of Chart.js, with the parts in use and no others. A chart is made once for its canvas; after that
// only what it shows changes, never how. Its plot has fixed margins, so that what moves with the hand can lie over
// it without asking where the plot is. Colours are read from the style sheet, so that a theme has one home.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
} from 'chart.js'
import type { ChartDataset, ChartOptions, Plugin, Scale } from 'chart.js'
import { Palette } from './chart/colours.ts'
import type { Colour } from './chart/colours.ts'
import { drawLabels, hatch } from './chart/labels.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)
Chart.register(LineController, LineElement, LogarithmicScale, PointElement)

/** Around the plot, in pixels; the right one only where there is a second axis. */
export const chartInset = { left: 44, right: 56, top: 8, bottom: 24 } as const

export interface BarSeries {
  readonly values: readonly number[]
  readonly colour: Colour
}
export interface LineSeries {
  readonly values: readonly (number | null)[]
  readonly colour: Colour
  readonly axis: 'count' | 'share' | 'duration'
  readonly dashed?: boolean
}

/** Bars are stacked, in their order from below; lines lie over them. */
export interface Drawn {
  readonly columns: number
  readonly bars: readonly BarSeries[]
  readonly lines: readonly LineSeries[]
  /** The column that is still growing. */
  readonly partial: number | null
  /** Labels below, at most so many; an index of 0.5 lies between the first two columns. */
  ticks(most: number): readonly { readonly index: number; readonly text: string }[]
  write(value: number, axis: LineSeries['axis']): string
}

export interface BarChart {
  show(drawn: Drawn, theme: string): void
  destroy(): void
}

/** A canvas so close to the window's edge is painted before it comes into sight. */
const nearby = 200
type Mixed = Chart<'bar' | 'line', (number | null)[], number>
type MixedDataset = ChartDataset<'bar' | 'line', (number | null)[]>

/** `above`: room between the canvas and its plot, in pixels. */
export function createBars(canvas: HTMLCanvasElement, above: number = chartInset.top): BarChart {
  const palette = new Palette(canvas)
  let drawn: Drawn | null = null
  let chart: Mixed | null = null
  const current = (): Drawn | null => drawn
  let seen = canvas.getBoundingClientRect().top < innerHeight + nearby
  /** What is to be painted once the canvas comes into sight. */
  let waiting: (() => void) | null = null
  const sight = new IntersectionObserver(
    (entries) => {
      seen = entries.at(-1)?.isIntersecting ?? true
      if (!seen) return
      waiting?.()
      waiting = null
    },
    { rootMargin: `${nearby}px` },
  )
  sight.observe(canvas)
  return {
    show(next, theme) {
      const paintNext = (): void => paint(next, theme)
      if (seen) paintNext()
      else waiting = paintNext
    },
    destroy() {
      sight.disconnect()
      chart?.destroy()
    },
  }

  function paint(next: Drawn, theme: string): void {
    drawn = next
    const repainted = palette.use(theme)
    const labels = Array.from({ length: next.columns }, (_, i) => i)
    const datasets = [
      ...next.lines.map((line, i) => lineOf(line, i, palette)),
      ...next.bars.map((bar) => barOf(bar, next, palette)),
    ]
    const axes = new Set(next.lines.map(({ axis }) => axis))
    if (chart === null) {
      const options = optionsOf(palette, above)
      showAxes(options, axes)
      const plugins = [ownMarks(palette, current)]
      // with all it shows: made empty, it would be laid out and drawn twice
      chart = new Chart<'bar' | 'line', (number | null)[], number>(canvas, {
        type: 'bar',
        data: { labels, datasets },
        options,
        plugins,
      })
      return
    }
    if (repainted) chart.options = { ...chart.options, ...optionsOf(palette, above) }
    showAxes(chart.options, axes)
    if (chart.data.labels?.length !== next.columns) chart.data.labels = labels
    chart.data.datasets = datasets
    chart.update('none')
  }
}

/**
 * Draws a chart that nobody sees, when there is nothing else to do: code that runs for the first time is slow, and
 * the first chart of a file is what a person waits for.
 */
export function warmUp(): void {
  const place = document.createElement('div')
  place.style.cssText = 'position: fixed; width: 600px; height: 200px; visibility: hidden; contain: strict'
  place.ariaHidden = 'true'
  const canvas = document.createElement('canvas')
  place.append(canvas)
  document.body.append(place)
  const values = Array.from({ length: 60 }, (_, i) => i + 1)
  const chart = createBars(canvas)
  chart.show(
    {
      columns: values.length,
      bars: [
        { values, colour: '--bar' },
        { values, colour: '--failed' },
      ],
      lines: [],
      partial: values.length - 1,
      ticks: () => [{ index: 0, text: '1' }],
      write: String,
    },
    '',
  )
  chart.destroy()
  place.remove()
}

/** Axes on the right are there where a line needs them. */
function showAxes({ scales }: ChartOptions<'bar' | 'line'>, axes: ReadonlySet<LineSeries['axis']>): void {
  for (const axis of ['share', 'duration'] as const) {
    const scale = scales?.[axis]
    if (scale && scale.display !== axes.has(axis)) scale.display = axes.has(axis)
  }
}

function barOf({ values, colour }: BarSeries, { columns }: Drawn, palette: Palette): MixedDataset {
  return {
    type: 'bar',
    order: 1,
    data: [...values],
    backgroundColor: palette.of(colour),
    barPercentage: 1,
    categoryPercentage: columns > 60 ? 0.86 : 0.78,
    maxBarThickness: 48,
  }
}

function lineOf(
  { values, colour, axis, dashed = false }: LineSeries,
  i: number,
  palette: Palette,
): MixedDataset {
  const alone = values.map(
    (value, at) => value !== null && (values[at - 1] ?? values[at + 1] ?? null) === null,
  )
  return {
    type: 'line',
    order: 0,
    data: [...values],
    yAxisID: axis === 'count' ? 'y' : axis,
    stack: `line ${i}`,
    borderColor: palette.of(colour),
    backgroundColor: palette.of(colour),
    borderWidth: 2,
    borderDash: dashed ? [4, 3] : [],
    pointRadius: alone.includes(true) ? alone.map((one) => (one ? 2.5 : 0)) : 0,
    pointBorderWidth: 0,
  }
}

function optionsOf(palette: Palette, above: number): ChartOptions<'bar' | 'line'> {
  const ticks = { display: false, maxTicksLimit: 5 }
  const second = {
    position: 'right',
    display: false,
    grid: { display: false },
    border: { display: false },
    afterFit: (axis: Scale) => void (axis.width = axis.options.display === false ? 0 : chartInset.right),
  } as const
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    normalized: true,
    events: [],
    layout: { padding: { top: above } },
    scales: {
      x: {
        stacked: true,
        grid: { display: false },
        border: { color: palette.of('--rule') },
        ticks,
        afterBuildTicks: (axis) => void (axis.ticks = []),
        afterFit: (axis) => {
          axis.height = chartInset.bottom
          axis.paddingLeft = 0
          axis.paddingRight = 0
        },
      },
      y: {
        stacked: true,
        beginAtZero: true,
        grid: { color: palette.of('--rule'), drawTicks: false },
        border: { display: false },
        ticks: { ...ticks, precision: 0 },
        afterFit: (axis) => void (axis.width = chartInset.left),
      },
      share: {
        ...second,
        type: 'linear',
        beginAtZero: true,
        ticks,
      },
      duration: {
        ...second,
        type: 'logarithmic',
        afterBuildTicks: (axis) => void (axis.ticks = roundTicks(axis.min, axis.max)),
        ticks,
      },
    },
  }
}

/** On a logarithmic scale: powers of ten, and between them where there are few. */
function roundTicks(min: number, max: number): { value: number }[] {
  const strides = [[1], [1, 3], [1, 2, 5]]
  let found: number[] = []
  for (const steps of strides) {
    found = []
    for (let power = Math.floor(Math.log10(Math.max(min, 1e-3))); 10 ** power <= max; power++)
      found.push(...steps.map((step) => step * 10 ** power).filter((value) => value >= min && value <= max))
    if (found.length >= 3) break
  }
  return found.map((value) => ({ value }))
}

/** Labels and hatching are drawn by ourselves: see there why. */
const ownMarks = (palette: Palette, current: () => Drawn | null): Plugin<'bar' | 'line'> => ({
  id: 'ownMarks',
  afterDraw(chart) {
    const drawn = current()
    if (drawn !== null) drawLabels(chart, palette, drawn)
  },
  afterDatasetDraw({ ctx }, { meta }) {
    const column = current()?.partial ?? null
    const bar = column === null ? null : meta.data[column]
    if (!(bar instanceof BarElement)) return
    const { x, y, base, width } = bar.getProps(['x', 'y', 'base', 'width'], true)
    if (x !== null && y !== null) hatch(ctx, palette, { x, y, base, width })
  },
})
