// Pictures are judged by what stands in them: boxes as large as their numbers, words that are whole and in place,
// and nothing of a stranger's names that could mean more than letters.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { drawBars } from '../../../../shared/viewer/draw/bars.ts'
import type { Box, Drawing, Mark } from '../../../../shared/viewer/draw/drawing.ts'
import { fitted, widthOf } from '../../../../shared/viewer/draw/drawing.ts'
import { framed } from '../../../../shared/viewer/draw/framed.ts'
import { drawCalendar, drawHours } from '../../../../shared/viewer/draw/heat.ts'
import { drawHistogram } from '../../../../shared/viewer/draw/histogram.ts'
import { drawLanes } from '../../../../shared/viewer/draw/lanes.ts'
import { dark, light } from '../../../../shared/viewer/draw/palette.ts'
import { evenTicks } from '../../../../shared/viewer/draw/scale.ts'
import { svgOf } from '../../../../shared/viewer/draw/svg.ts'
import { drawTimeline } from '../../../../shared/viewer/draw/timeline.ts'
import { lanesTable } from '../../../../shared/viewer/tables.ts'
import type { BarsSpec, TimelineSpec } from '../../../../shared/viewer/specs.ts'
import { inEnglish } from './wording.ts'

const wording = inEnglish()
const dayLength = 86_400_000
const start = Date.UTC(2026, 9, 1)

const timeline = (counts: readonly number[], failed: readonly number[] = []): TimelineSpec => ({
  step: 'day',
  series: null,
  compare: null,
  points: counts.map((count, i) => ({
    start: start + i * dayLength,
    end: start + (i + 1) * dayLength,
    count,
    failed: failed[i] ?? 0,
    withOutcome: count,
    partial: i === counts.length - 1,
  })),
})
const bars = (counts: readonly (readonly [string, number, number?])[], values = counts.length): BarsSpec => ({
  name: 'agent',
  bars: counts.map(([label, count, failed = 0]) => ({ label, count, failed, withOutcome: count })),
  total: counts.reduce((sum, [, count]) => sum + count, 0),
  values,
  top: [],
})

const boxes = ({ marks }: Drawing, ...inks: string[]): Box[] =>
  marks.flatMap((mark) => (mark.shape === 'box' && inks.includes(mark.ink) && !isKey(mark) ? [mark] : []))
const isKey = ({ width, height }: Box): boolean => width === 9 && height === 9
const said = ({ marks }: Drawing): string[] =>
  marks.flatMap((mark) => (mark.shape === 'words' ? [mark.text.replaceAll('\u00a0', ' ')] : []))

/** Strict enough to refuse what a browser would mend: every element closed, every attribute quoted and escaped. */
function parse(svg: string): string[] {
  const open: string[] = []
  const texts: string[] = []
  let rest = svg
  while (rest !== '') {
    const tag = /^<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)(\/?)>/.exec(
      rest,
    )
    const text = /^(?:[^<&]|&(?:amp|lt|gt|quot|#39);)+/.exec(rest)
    if (tag !== null) {
      const [whole, closes, name = '', , alone] = tag
      if (closes === '/') expect(open.pop()).toBe(name)
      else if (alone !== '/') open.push(name)
      rest = rest.slice(whole.length)
    } else if (text !== null) {
      texts.push(text[0])
      rest = rest.slice(text[0].length)
    } else throw new Error(`not well-formed at ${rest.slice(0, 60)}`)
  }
  expect(open).toEqual([])
  return texts
}

describe('a timeline', () => {
  it('has a bar as high as its count for each day, failures on top, and none for days of nothing', () => {
    const drawing = drawTimeline(timeline([10, 0, 40, 20], [0, 0, 10, 20]), wording, { width: 600 })
    const [a, c, ...none] = boxes(drawing, 'bar')
    const failed = boxes(drawing, 'failed')
    expect(none).toEqual([])
    expect((c?.height ?? 0) / (a?.height ?? 1)).toBeCloseTo(3)
    expect((failed[0]?.height ?? 0) / (a?.height ?? 1)).toBeCloseTo(1)
    expect((failed[1]?.height ?? 0) / (a?.height ?? 1)).toBeCloseTo(2)
    expect((failed[0]?.y ?? 0) + (failed[0]?.height ?? 0)).toBeCloseTo(c?.y ?? NaN)
    expect(failed[1]?.hatched).toBe(true)
    expect(boxes(drawing, 'bar').some(({ hatched }) => hatched === true)).toBe(false)
  })

  it('divides its bars by the values of a dimension, each in its own colour, all others grey', () => {
    const spec = {
      ...timeline([5, 7]),
      series: [
        { label: 'planner', counts: [3, 0] },
        { label: 'debugger', counts: [1, 6] },
        { label: null, counts: [1, 1] },
      ],
    }
    const drawing = drawTimeline(spec, wording, { width: 600, top: ['debugger', 'tester', 'planner'] })
    const heights = (ink: string): number[] => boxes(drawing, ink).map(({ height }) => height)
    const [unit = 1] = heights('series-rest')
    expect(heights('series-3').map((height) => Math.round(height / unit))).toEqual([3])
    expect(heights('series-1').map((height) => Math.round(height / unit))).toEqual([1, 6])
    expect(said(drawing)).toEqual(expect.arrayContaining(['planner', 'debugger', 'all other']))
  })

  it('shows a gap of a line as a gap', () => {
    const overlay = {
      name: 'p95',
      values: [1, null, 3, 4, null],
      text: String,
      ink: 'ink',
      scale: 'even',
    } as const
    const drawing = drawTimeline(timeline([1, 1, 1, 1, 1]), wording, { width: 600, overlay })
    const lines = drawing.marks.filter((mark) => mark.shape === 'path' && mark.ink === 'ink')
    expect(lines.map((mark) => (mark.shape === 'path' ? mark.points.length : 0))).toEqual([2, 2, 2]) // key, dot, line
  })

  it('marks the chosen stretch by making the rest faint', () => {
    const range = { from: start + dayLength, to: start + 2 * dayLength, not: false }
    const drawing = drawTimeline(timeline([1, 1, 1]), wording, { width: 600, range })
    expect(boxes(drawing, 'bar').map(({ strength }) => strength)).toEqual([0.35, undefined, 0.35])
  })
})

describe('a list of bars', () => {
  it('draws to one scale, and says how much there is beyond the last bar', () => {
    const many = Array.from({ length: 3000 }, (_, i) => [`value ${i}`, 3000 - i] as const)
    const drawing = drawBars(bars(many), wording, { width: 450, most: 10, title: 'Agent' })
    const drawn = boxes(drawing, 'bar')
    expect(drawn).toHaveLength(10)
    expect((drawn[9]?.width ?? 0) / (drawn[0]?.width ?? 1)).toBeCloseTo(2991 / 3000)
    const rest = many.slice(10).reduce((sum, [, count]) => sum + count, 0)
    expect(said(drawing).at(-1)).toBe(`and 2,990 more values, ${rest.toLocaleString('en')} events`)
  })

  it('counts what was cut off before it came here among the rest', () => {
    const spec = {
      ...bars(
        [
          ['a', 10],
          ['b', 5],
        ],
        5000,
      ),
      total: 90_000,
    }
    expect(said(drawBars(spec, wording, { width: 450, title: 'Agent' })).at(-1)).toContain(
      '4,998 more values, 89,985 events',
    )
  })

  it('shows a single value, and says where there is none', () => {
    expect(boxes(drawBars(bars([['only', 1]]), wording, { width: 300, title: 'Agent' }), 'bar')).toHaveLength(
      1,
    )
    expect(said(drawBars(bars([]), wording, { width: 300, title: 'Agent' }))).toEqual(['Nothing to show.'])
  })
})

describe('a histogram', () => {
  it('marks the median where it falls among the bars', () => {
    const spec = { edges: [1, 10, 100, 1000], counts: [4, 8, 2], failed: [0, 1, 2] }
    const drawing = drawHistogram(spec, wording, { width: 400, marked: { median: 100, p95: null } })
    const [first, second, third] = boxes(drawing, 'bar', 'failed').sort((a, b) => a.x - b.x || b.y - a.y)
    const line = drawing.marks.find(
      (mark): mark is Extract<Mark, { shape: 'path' }> => mark.shape === 'path' && mark.ink === 'ink',
    )
    const [x = 0] = line?.points[0] ?? []
    expect(x).toBeCloseTo((second?.x ?? 0) + (second?.width ?? 0) + 1)
    expect((second?.height ?? 0) / (first?.height ?? 1)).toBeCloseTo(7 / 4)
    expect((third?.height ?? 0) / (first?.height ?? 1)).toBeCloseTo(1 / 4)
    expect(said(drawing)).toContain('median duration 100 ms')
  })
})

describe('a day, event by event', () => {
  const bar = (from: number, to: number, track = 0, failed = false) => ({
    from: start + from,
    to: start + to,
    track,
    failed,
  })
  const spec = {
    name: 'agent',
    day: Math.round(start / dayLength),
    lanes: [
      { label: 'planner', tracks: 2, bars: [bar(0, 60_000), bar(30_000, 90_000, 1, true)] },
      { label: null, tracks: 1, bars: [bar(90_000, 90_000)] },
    ],
    rest: 0,
    previous: null,
    next: null,
  }

  it('has a bar for each, as long as it took, below another where both ran at once', () => {
    const drawing = drawLanes(spec, wording, { width: 800 })
    const [first, last] = boxes(drawing, 'bar')
    const [failed] = boxes(drawing, 'failed')
    expect(boxes(drawing, 'bar', 'failed')).toHaveLength(3)
    expect(failed?.width).toBeCloseTo(first?.width ?? NaN)
    expect(failed?.x).toBeCloseTo((first?.x ?? NaN) + (first?.width ?? NaN) / 2)
    expect(failed?.y).toBeGreaterThanOrEqual((first?.y ?? 0) + (first?.height ?? 0))
    expect(last?.width).toBeGreaterThan(1) // what took no time is still to be seen
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(800)
    expect(said(drawing)).toEqual(expect.arrayContaining(['planner', 'all other']))
  })

  it('is told by its table to the second and the millisecond', () => {
    expect(lanesTable(spec, inEnglish('Europe/Berlin')).rows).toEqual([
      ['2026-10-01 02:00:00', 'planner', 60_000, ''],
      ['2026-10-01 02:00:30', 'planner', 60_000, 'failed'],
      ['2026-10-01 02:01:30', 'all other', 0, ''],
    ])
  })
})

describe('the hours and the days', () => {
  it('begin with the person’s own first day, and are the darker the more events', () => {
    const counts = Array.from({ length: 168 }, () => 0)
    counts[6 * 24 + 5] = 100 // Sunday
    counts[7] = 25 // Monday
    const drawing = drawHours({ counts, failed: counts }, inEnglish('UTC', 7), { width: 500 })
    const [sunday, monday, ...none] = boxes(drawing, 'heat-1', 'heat-2', 'heat-3', 'heat-4')
    expect(none).toEqual([])
    expect(sunday).toMatchObject({ y: 0, ink: 'heat-4' })
    expect(monday?.ink).toBe('heat-3')
    expect(said(drawing)[0]).toBe('Sun')
  })

  it('put each day of the year in the row of its weekday', () => {
    const first = Math.round(Date.UTC(2026, 0, 1) / dayLength) // a Thursday
    const counts = Array.from({ length: 365 }, (_, i) => (i === 0 || i === 364 ? 1 : 0))
    const drawing = drawCalendar({ first, counts, failed: counts, years: [2026] }, wording, 900)
    const [newYear, last] = boxes(drawing, 'heat-4')
    const rows = [...new Set(boxes(drawing, 'heat-4', 'ink').map(({ y }) => y))].sort((a, b) => a - b)
    expect(rows).toHaveLength(7)
    expect(rows.indexOf(newYear?.y ?? NaN)).toBe(3)
    expect(rows.indexOf(last?.y ?? NaN)).toBe(3) // it ends on a Thursday, too
    expect(boxes(drawing, 'heat-4', 'ink')).toHaveLength(365)
    expect(said(drawing)).toEqual(expect.arrayContaining(['2026', 'Feb', 'Dec']))
  })
})

const hostile = [
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "'&amp;&#x3c;",
  ']]><!--',
  '\u202egpj.exe\u2066',
  '\u0000\u0008\ufffe',
  '\ud83d',
  'a\nb\u2028c',
  'نوع الخطأ',
  '👩‍👩‍👧'.repeat(40),
  'W'.repeat(5000),
  '',
]

const ours = new Set(['svg', 'title', 'desc', 'defs', 'pattern', 'rect', 'path', 'text'])

describe('names from a file', () => {
  const spec = bars(hostile.map((name, i) => [name, 100 - i, i]))
  const points = { ...timeline([3]), series: hostile.slice(0, 8).map((label) => ({ label, counts: [1] })) }
  const drawings = [
    drawBars(spec, wording, { width: 300, most: 20, title: hostile[0] ?? '' }),
    drawTimeline(points, wording, { width: 500, top: hostile }),
    framed(drawBars(spec, wording, { width: 300, title: 'Agent' }), hostile),
  ]

  it('stay words, whatever they hold', () => {
    for (const drawing of drawings)
      for (const svg of [svgOf(drawing, light), svgOf(drawing, { id: 'x' })]) {
        parse(svg)
        const elements = [...svg.matchAll(/<([^\s/>]+)/g)].map(([, name]) => name)
        expect(elements.filter((name) => !ours.has(name ?? ''))).toEqual([])
        expect(svg.replace(/[\n\u200c]|\u200d/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\ufffe\uffff\p{Cs}]/u)
      }
  })

  it('are cut to their room, and a nameless one is said to be so', () => {
    const [drawing] = drawings
    for (const mark of drawing?.marks ?? [])
      if (mark.shape === 'words' && mark.at === 'start')
        expect(mark.x + widthOf(mark.text)).toBeLessThanOrEqual(300)
    expect(said(drawings[0] ?? drawBars(spec, wording, { width: 300, title: '' }))).toContain('(blank)')
    expect(fitted('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 39)).toBe('👩‍👩‍👧👩‍👩‍👧…')
  })
})

describe('every picture', () => {
  const pictures = (width: number): Drawing[] => {
    const zeros = Array.from({ length: 168 }, () => 0)
    return [
      drawTimeline(timeline([]), wording, { width }),
      drawTimeline(timeline([1]), wording, { width }),
      drawTimeline(timeline([0, 0, 0]), wording, { width }),
      drawTimeline(timeline(Array.from({ length: 120 }, (_, i) => i * 99_999)), wording, { width }),
      drawLanes({ name: 'agent', day: 0, lanes: [], rest: 0, previous: null, next: null }, wording, {
        width,
      }),
      drawBars(bars([['a', 0]]), wording, { width, title: 'Agent' }),
      drawBars(bars([['a name that is long enough to be cut', 123_456_789]]), wording, {
        width,
        title: 'Agent',
      }),
      drawHours({ counts: zeros, failed: zeros }, wording, { width }),
      drawCalendar({ first: 0, counts: [], failed: [], years: [] }, wording, width),
      drawHistogram({ edges: [0, 1], counts: [1], failed: [0] }, wording, {
        width,
        marked: { median: 0.2, p95: 0.9 },
      }),
      drawHistogram({ edges: [1e11, Number.MAX_SAFE_INTEGER], counts: [0], failed: [0] }, wording, {
        width,
        marked: null,
      }),
    ]
  }

  it.each([240, 450, 932])('stays within its %i pixels, with whole numbers', (width) => {
    for (const drawing of pictures(width)) {
      expect(svgOf(drawing, light)).not.toMatch(/NaN|Infinity|undefined/)
      for (const mark of drawing.marks) {
        if (mark.shape === 'box') {
          expect(mark.x).toBeGreaterThanOrEqual(-0.01)
          expect(mark.x + mark.width).toBeLessThanOrEqual(width + 0.01)
          expect(mark.height).toBeGreaterThanOrEqual(0)
        }
        if (mark.shape === 'words') {
          const shift = { start: 0, middle: 0.5, end: 1 }[mark.at]
          const left = mark.x - shift * widthOf(mark.text)
          expect(left, mark.text).toBeGreaterThanOrEqual(-0.01)
          expect(left + widthOf(mark.text), `${drawing.title}: ${mark.text}`).toBeLessThanOrEqual(
            width + 0.01,
          )
        }
      }
    }
  })

  it('carries its title and what is to be seen in it', () => {
    for (const drawing of pictures(450)) {
      const [title, says] = parse(svgOf(drawing, dark)).filter((text) => text.trim() !== '')
      expect(title).toBe(drawing.title)
      expect(says).toBe(drawing.says)
      expect(says?.length).toBeGreaterThan(8)
    }
  })

  it('has its colours from the style sheet of the window', () => {
    const css = readFileSync(new URL('../../../../renderer/styles/tokens.css', import.meta.url), 'utf8')
    const tokens = new Map(
      [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name = '', ...pair]) => [
        name,
        pair,
      ]),
    )
    expect(light.series.map((colour, i) => [colour, dark.series[i]])).toEqual(
      light.series.map((_, i) => tokens.get(`series-${i + 1}`)),
    )
    expect([light.colours['series-rest'], dark.colours['series-rest']]).toEqual(tokens.get('series-rest'))
    for (const ink of ['paper', 'ink', 'ink-2', 'ink-3', 'accent', 'bar', 'failed'] as const)
      expect([light.colours[ink], dark.colours[ink]], ink).toEqual(tokens.get(ink))
  })
})

it('axes end at round numbers, not below the highest bar', () => {
  expect(evenTicks(0)).toEqual([0, 1])
  expect(evenTicks(1)).toEqual([0, 1])
  expect(evenTicks(7)).toEqual([0, 2, 4, 6, 8])
  expect(evenTicks(40)).toEqual([0, 10, 20, 30, 40])
  expect(evenTicks(0.3, 4, false).at(-1)).toBeCloseTo(0.3)
})
