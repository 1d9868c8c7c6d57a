// Every chart is drawn twice: by Chart.js in the window, and as marks for pictures, the report and paper. Here one is
// laid over the other. Axes may end elsewhere, so heights are compared among themselves, and places along the width.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Shown } from '../../renderer/over-time.ts'
import { dark, light } from '../../shared/viewer/draw/palette.ts'
import type { Series, TimelineSpec } from '../../shared/viewer/specs.ts'
import { launchChromium } from './chromium.ts'
import type { Harness, Marks } from './marks-page.ts'
import { root } from './options.ts'

declare const harness: Harness // in the page

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchChromium()
  page = await (
    await browser.newContext({ viewport: { width: 1000, height: 700 }, colorScheme: 'light' })
  ).newPage()
  await page.setContent(`<style>${await readFile(join(root, 'renderer/styles/tokens.css'), 'utf8')}</style>`)
  await page.addScriptTag({ content: await bundled() })
})
afterAll(() => browser.close())

async function bundled(): Promise<string> {
  const entry = join(root, 'test/e2e/marks-page.ts')
  const lib = { entry, formats: ['iife' as const], name: 'marks' }
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { write: false, minify: false, lib },
  })
  const [first] = [built].flat()
  if (first === undefined || !('output' in first)) throw new Error('nothing was built')
  return first.output[0].code
}

const start = Date.UTC(2026, 8, 1)
const day = 86_400_000
const wave = (i: number, size: number): number =>
  Math.round(size * (1 + Math.sin(i * 1.7) + Math.cos(i * 0.6)))

function timeline(columns: number, change: Partial<TimelineSpec> = {}): TimelineSpec {
  const points = Array.from({ length: columns }, (_, i) => {
    const count = i % 7 === 5 ? 0 : Math.max(0, wave(i, 40))
    const failed = Math.min(count, i % 4 === 0 ? Math.max(0, wave(i + 3, 6)) : 0)
    return {
      start: start + i * day,
      end: start + (i + 1) * day,
      count,
      failed,
      withOutcome: count,
      partial: false,
    }
  })
  return { step: 'day', points, series: null, compare: null, ...change }
}
const parts = (columns: number, ...labels: (string | null)[]): Series[] =>
  labels.map((label, n) => ({
    label,
    counts: Array.from({ length: columns }, (_, i) => Math.max(0, wave(i + n * 5, 12))),
  }))
const listOf = (...top: string[]) => ({ name: 'agent', bars: [], total: 0, values: 9, top })

const cases: Readonly<Record<string, Partial<Shown> & { readonly spec: TimelineSpec }>> = {
  'few columns': { spec: timeline(5) },
  'many columns': { spec: timeline(110) },
  'one column': { spec: timeline(1) },
  'divided by a dimension': {
    spec: timeline(30, { series: parts(30, 'debugger', 'planner', 'tester', null) }),
    divided: listOf('planner', 'other', 'debugger'),
  },
  'beside the period before': {
    spec: timeline(30, {
      compare: {
        starts: Array.from({ length: 30 }, (_, i) => start - (30 - i) * day),
        series: parts(30, null),
      },
    }),
  },
  'two values compared': {
    spec: timeline(30, { compare: { starts: null, series: parts(30, 'planner', 'tester') } }),
    compared: listOf('planner', 'tester'),
  },
}

/** Along the width from the first mark to the last, and in parts of the highest column. */
function relative({ boxes, lines }: Marks): Marks {
  const xs = boxes.map(({ x }) => x)
  const [from, to] = [Math.min(...xs), Math.max(...xs)]
  const along = (x: number): number => (to === from ? 0 : (x - from) / (to - from))
  const columns = Map.groupBy(boxes, ({ x }) => Math.round(x))
  const highest = Math.max(
    ...[...columns.values()].map((column) => column.reduce((sum, { height }) => sum + height, 0)),
  )
  return {
    boxes: boxes
      .map(({ x, width, height, colour }) => ({
        x: along(x),
        width: to === from ? 0 : width / (to - from),
        height: height / highest,
        colour,
      }))
      .sort((a, b) => Math.round(1000 * (a.x - b.x)) || a.colour.localeCompare(b.colour)),
    lines: lines.map((points) => points.map(({ x, height }) => ({ x: along(x), height: height / highest }))),
  }
}

const nearly = (a: number, b: number, what: string): void =>
  expect(Math.abs(a - b), `${what}: ${a} and ${b}`).toBeLessThan(0.004)

describe('the timeline of Chart.js and the drawn one', () => {
  for (const [name, given] of Object.entries(cases))
    it(`have the same marks: ${name}`, async () => {
      const anyFailed = given.spec.points.some(({ failed }) => failed > 0)
      const shown: Shown = {
        percentiles: null,
        divided: null,
        compared: null,
        line: 'none',
        ...given,
        anyFailed,
      }
      const both = await page.evaluate((one) => {
        const { byChart, bySvg } = harness.drawBoth(one)
        const boxes = byChart.boxes.map((box) => ({ ...box, colour: harness.colourOf(box.colour) }))
        return { byChart: { ...byChart, boxes }, bySvg }
      }, shown)
      const [chart, svg] = [relative(both.byChart), relative(both.bySvg)]
      expect(svg.boxes.length).toBe(chart.boxes.length)
      expect(svg.boxes.length).toBeGreaterThan(0)
      svg.boxes.forEach((box, i) => {
        const other = chart.boxes[i] ?? { x: NaN, width: NaN, height: NaN, colour: '' }
        nearly(box.x, other.x, `place of box ${i}`)
        if (other.width > 0) expect(box.width / other.width, `width of box ${i}`).toBeCloseTo(1, 1.5)
        nearly(box.height, other.height, `height of box ${i}`)
        closeTo(box.colour, other.colour)
      })
      expect(svg.lines.map(({ length }) => length)).toEqual(chart.lines.map(({ length }) => length))
      expect(svg.lines).toHaveLength(given.spec.compare?.series.length ?? 0)
      svg.lines.forEach((line, n) =>
        line.forEach(({ x, height }, i) => {
          nearly(x, chart.lines[n]?.[i]?.x ?? NaN, `place of point ${i}`)
          nearly(height, chart.lines[n]?.[i]?.height ?? NaN, `height of point ${i}`)
        }),
      )
    })
})

/** Rounding of mixed colours may differ by one. */
function closeTo(a: string, b: string): void {
  const [one, two] = [a, b].map((colour) => colour.split(' ').map(Number))
  one?.forEach((value, i) =>
    expect(Math.abs(value - (two?.[i] ?? NaN)), `${a} and ${b}`).toBeLessThanOrEqual(1),
  )
}

it.each([
  ['light', light],
  ['dark', dark],
] as const)(
  'every colour of a picture is that of the style sheet, in the %s theme',
  async (colorScheme, palette) => {
    await page.emulateMedia({ colorScheme })
    const inks = [
      ...Object.entries(palette.colours),
      ...palette.series.map((colour, i) => [`series-${i + 1}`, colour] as const),
    ]
    for (const [ink, colour] of inks.filter(([name]) => name !== 'rule')) {
      const [token, drawn] = await page.evaluate(
        (one) => [harness.tokenOf(one.ink), harness.colourOf(one.colour)] as const,
        { ink, colour },
      )
      closeTo(token, drawn)
    }
  },
)
