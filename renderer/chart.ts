// The only import of Chart.js, with the parts in use and no others. A chart is made once for its canvas and shown
// new specs after that; its colours are read from the style sheet, so that a theme has one home.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js'
import type { TooltipItem } from 'chart.js'
import type { TimelineSpec } from '../shared/viewer/charts.ts'
import type { Tick } from '../shared/viewer/ticks.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)

export interface TimelineWords {
  /** Labels below the bars, at most so many. */
  ticks(most: number): readonly Tick[]
  title(index: number): string
  lines(index: number): readonly string[]
  number(value: number): string
}

export interface TimelineChart {
  show(spec: TimelineSpec, words: TimelineWords): void
  /** Marks one bar and its tooltip as the pointer would; null marks none. */
  point(index: number | null): void
  destroy(): void
}

interface Colours {
  readonly text: string
  readonly rule: string
  readonly ok: string
  readonly accent: string
  readonly failed: string
  readonly paper: string
  readonly ink: string
}

const roomForTick = 64

type BarChart = Chart<'bar', number[], number>

export function createTimeline(canvas: HTMLCanvasElement): TimelineChart {
  let chart: BarChart | null = null
  return {
    show(spec, words) {
      chart ??= new Chart<'bar', number[], number>(canvas, {
        type: 'bar',
        data: { labels: [], datasets: [] },
        options: { animation: false, responsive: true, maintainAspectRatio: false, events: hoverEvents },
      })
      draw(chart, spec, words, readColours(canvas))
    },
    point(index) {
      if (chart === null) return
      const marked = index === null ? [] : [{ datasetIndex: 0, index }]
      chart.setActiveElements(marked)
      const bar = index === null ? undefined : chart.getDatasetMeta(0).data[index]
      chart.tooltip?.setActiveElements(marked, { x: bar?.x ?? 0, y: bar?.y ?? 0 })
      chart.update()
    },
    destroy: () => chart?.destroy(),
  }
}

const hoverEvents: ('mousemove' | 'mouseout' | 'click' | 'touchstart' | 'touchmove')[] = [
  'mousemove',
  'mouseout',
  'click',
  'touchstart',
  'touchmove',
]

function draw(chart: BarChart, spec: TimelineSpec, words: TimelineWords, colours: Colours): void {
  const { points } = spec
  const font = { family: getComputedStyle(chart.canvas).fontFamily, size: 12 }
  const paint = (solid: string) =>
    points.map(({ partial }) => (partial ? (hatched(chart.ctx, solid) ?? solid) : solid))
  const bars = { barPercentage: 1, categoryPercentage: points.length > 60 ? 0.86 : 0.78, maxBarThickness: 48 }
  chart.data = {
    labels: points.map((_, index) => index),
    datasets: [
      {
        data: points.map(({ count, failed }) => count - failed),
        backgroundColor: paint(colours.ok),
        hoverBackgroundColor: colours.accent,
        ...bars,
      },
      {
        data: points.map(({ failed }) => failed),
        backgroundColor: paint(colours.failed),
        hoverBackgroundColor: colours.failed,
        ...bars,
      },
    ],
  }
  const ticks = { color: colours.text, font }
  const onlyOk = (item: TooltipItem<'bar'>): boolean => item.datasetIndex === 0
  chart.options = {
    ...chart.options,
    interaction: { mode: 'index', intersect: false },
    layout: { padding: { top: 4 } },
    scales: {
      x: {
        stacked: true,
        grid: { display: false },
        border: { color: colours.rule },
        afterBuildTicks: (axis) => {
          axis.ticks = words
            .ticks(Math.floor(axis.width / roomForTick))
            .map(({ index, text }) => ({ value: index, label: text }))
        },
        ticks: {
          ...ticks,
          maxRotation: 0,
          autoSkip: false,
          callback: (_value, i, all) => all[i]?.label,
        },
      },
      y: {
        stacked: true,
        beginAtZero: true,
        grid: { color: colours.rule, drawTicks: false },
        border: { display: false },
        ticks: {
          ...ticks,
          maxTicksLimit: 5,
          precision: 0,
          padding: 8,
          callback: (value) => words.number(Number(value)),
        },
      },
    },
    plugins: {
      tooltip: {
        animation: false,
        displayColors: false,
        backgroundColor: colours.ink,
        titleColor: colours.paper,
        bodyColor: colours.paper,
        titleFont: { ...font, weight: 600 },
        bodyFont: font,
        padding: 8,
        cornerRadius: 4,
        caretSize: 0,
        caretPadding: 8,
        filter: onlyOk,
        callbacks: {
          title: ([item]) => (item === undefined ? '' : words.title(item.dataIndex)),
          label: (item) => [...words.lines(item.dataIndex)],
        },
      },
    },
  }
  chart.update()
}

/** The step that is still running: drawn as unfinished. */
function hatched(context: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const tile = new OffscreenCanvas(6, 6)
  const pen = tile.getContext('2d')
  if (pen === null) return null
  pen.strokeStyle = colour
  pen.lineWidth = 1.8
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift - 1, 7)
    pen.lineTo(shift + 7, -1)
  }
  pen.stroke()
  return context.createPattern(tile, 'repeat')
}

/** Colours by their names in tokens.css, as the theme in force resolves them. */
function readColours(canvas: HTMLCanvasElement): Colours {
  const probe = document.createElement('span')
  canvas.before(probe)
  const read = (name: string): string => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const colours = {
    text: read('--ink-3'),
    rule: read('--rule'),
    ok: read('--bar'),
    accent: read('--accent'),
    failed: read('--failed'),
    paper: read('--paper'),
    ink: read('--ink'),
  }
  probe.remove()
  return colours
}
