import { describe, expect, it } from 'vitest'
import { drawReport } from '../../host/cli/draw-report.ts'
import { clean, cleanJson, columnsOf, cut, fit, painter } from '../../host/cli/terminal.ts'
import { everything } from '../../shared/viewer/filter.ts'
import type { Summary } from '../../shared/viewer/summary.ts'

const bar = (label: string, count: number, failed = 0) => ({ label, count, failed, withOutcome: count })
const day = (n: number): string => new Date(Date.UTC(2026, 9, 1) + n * 86_400_000).toISOString()

const change = (explanation: Summary['changes'][number]['explanation']): Summary['changes'][number] => ({
  metric: 'error rate',
  part: null,
  day: '2026-11-02',
  before: 0.031,
  after: 0.104,
  confidence: 0.999,
  series: { from: '2026-10-01', values: [] },
  explanation,
  filter: { ...everything, since: Date.UTC(2026, 10, 1, 23) },
})

const summary = {
  format: 'smart-agents' as const,
  file: 'telemetry.db',
  events: 12_840,
  first: '2026-10-01T08:00:01Z',
  last: '2026-11-20T16:15:12Z',
  kinds: { agent_execution: 12_000, error: 840 },
  failed: 840,
  withOutcome: 9600,
  warnings: ['3 events have no readable time'],
  zone: 'Europe/Berlin',
  activeDays: 27,
  medianDuration: 820,
  p95Duration: 6200,
  timeline: {
    step: 'day',
    points: Array.from({ length: 50 }, (_, i) => ({
      start: day(i),
      count: (i * 37) % 90,
      failed: i === 20 ? 9 : 0,
    })),
  },
  tallies: [{ name: 'hours', counts: { '0-1': 12, '1-2': 3 } }],
  measures: [
    { name: 'cost', unit: 'dollars' as const, count: 900, sum: 1234.567 },
    { name: 'input tokens', unit: 'tokens' as const, count: 900, sum: 5_000_000 },
  ],
  changes: [
    change({ dimension: 'version', value: '2.4.0', share: 0.93, how: 'new' }),
    { ...change(null), metric: 'rate' as const, before: 63.4, after: 4.21 },
    {
      ...change({
        dimension: 'error type',
        value: 'a-very-long-name-that-nobody-reads',
        share: 0.6,
        how: 'mix',
      }),
      ...{ metric: 'latency' as const, before: 820, after: 1130 },
    },
  ],
  dimensions: [
    {
      name: 'agent',
      values: 9,
      top: [bar('code-reviewer', 5000, 150), bar('デバッガー（日本語）', 3000), bar('🧪 tests 👩‍🔬', 20, 20)],
    },
    { name: 'error type', values: 2, top: [bar('TimeoutError', 500, 500), bar('نوع', 340, 340)] },
    {
      name: 'model',
      values: 1,
      top: [bar('a-very-long-model-name-that-nobody-would-want-to-read-in-full-2026', 7)],
    },
  ],
}

const draw = (width: number, changes: Partial<Summary> = {}): string[] =>
  drawReport({ ...summary, ...changes }, width, painter(false)).split('\n')

describe('the page that report prints', () => {
  it('never has a line wider than the terminal, whatever its width', () => {
    for (let width = 24; width <= 130; width++)
      expect(
        draw(width).filter((line) => columnsOf(line) > width),
        `at ${width}`,
      ).toEqual([])
  })

  it('says how much, when, in which zone, how fast and what fails', () => {
    const page = draw(80).join('\n')
    for (const part of [
      'Smart Agents',
      'telemetry.db',
      '12,840',
      '27',
      '840 (8.8 %)', // of those that can fail, as the window says it
      '820 ms',
      '6.2 s',
      'cost $1,234.57',
      'input tokens 5,000,000',
      '0-1',
    ])
      expect(page).toContain(part)
    expect(page).toContain('1 Oct 2026, 10:00 – 20 Nov 2026, 17:15 Europe/Berlin')
    expect(page).toContain('3 events have no readable time')
  })

  it('says what changed, in a sentence each, with its cause', () => {
    const page = draw(100).join(' ').replace(/ +/g, ' ')
    for (const sentence of [
      '↑ The error rate rose from 3.1 % to 10 % on 2 Nov 2026. Version 2.4.0, first seen then, accounts for 93 % of it.',
      '↓ Events fell from 63 to 4.2 a day on 2 Nov 2026.',
      '↑ The median duration rose from 820 ms to 1.1 s on 2 Nov 2026. The changed part of error type a-very-long-name-th… in all events accounts for 60 % of it.',
    ])
      expect(page).toContain(sentence)
    expect(draw(80, { changes: [] }).join()).not.toContain('what changed')
  })

  it('is the same page with colours, once they are taken away', () => {
    const coloured = drawReport(summary, 80, painter(true))
    expect(coloured).toContain('\u001b[')
    // eslint-disable-next-line no-control-regex -- what is looked for
    const plain = coloured.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '')
    expect(plain).toBe(draw(80).join('\n'))
  })

  it('sets figures under each other, also beside wide characters', () => {
    const lines = draw(60).filter((line) => /code-reviewer|デバッガー|🧪/u.test(line))
    const ends = lines.map((line) => {
      const [start = ''] = /^.*?[\d,]+ {2,}[\d.]+ %/.exec(line) ?? []
      return columnsOf(start)
    })
    expect(lines).toHaveLength(3)
    expect(new Set(ends).size, ends.join()).toBe(1)
  })

  it('draws bars to one scale, and the smallest is still to be seen', () => {
    const lines = draw(60, {
      dimensions: [{ name: 'agent', values: 3, top: [bar('a', 1000), bar('b', 500), bar('c', 1)] }],
    })
    const [a = 0, b = 0, c = 0] = ['a', 'b', 'c'].map((name) => {
      const line = lines.find((candidate) => candidate.startsWith(`${name} `)) ?? ''
      return (line.match(/━/g) ?? []).length * 2 + (line.endsWith('╸') ? 1 : 0)
    })
    expect(Math.abs(a / 2 - b)).toBeLessThanOrEqual(1)
    expect(c).toBe(1)
  })

  it('doesn’t say of a list of errors that each one failed', () => {
    const lines = draw(60)
    expect(lines.find((line) => line.startsWith('error type'))).toBe('error type')
    expect(lines.find((line) => line.startsWith('agent '))).toContain('failed')
  })

  it('tells a timeline of years by its years', () => {
    const points = ['2001', '2002', '2003', '2004'].map((year) => ({
      start: `${year}-01-01T00:00:00Z`,
      count: 1,
      failed: 0,
    }))
    expect(draw(80, { timeline: { step: 'year', points }, zone: 'UTC' }).join('\n')).toMatch(
      /^ +2001 +2004$/m,
    )
  })

  it('leaves out what the format does not tell', () => {
    const page = draw(80, {
      failed: null,
      medianDuration: null,
      p95Duration: null,
      timeline: null,
      changes: [],
    }).join('\n')
    expect(page).not.toContain('median')
    expect(page).not.toContain('events by')
  })
})

describe('names from a file', () => {
  it.each([
    ['an escape sequence', '\u001b[2J\u001b[31mred\u001b[0m', 'red'],
    ['a title of the window', '\u001b]0;owned\u0007name', 'name'],
    ['a link', '\u001b]8;;https://evil.test\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['one byte escapes', '\u009b31mred', 'red'],
    ['nested escapes', '\u001b\u001b[31m[31mred', '[31mred'],
    ['a line break', 'one\r\ntwo\u2028three', 'one two three'],
    ['backspaces', 'rm\b\bls', 'rmls'],
    ['turned writing', 'a\u202egpj.exe\u2066x\u200f', 'agpj.exex'],
    ['invisible letters', 'a\u200bb\u{e0041}c\ufeffd', 'abc d'],
    ['half a character', '\ud83da', '\ufffda'],
  ])('lose %s', (_, given, safe) => {
    expect(clean(given)).toBe(safe)
  })

  it('stay as they are where they are only foreign', () => {
    for (const name of ['naïve ✓ 日本', '👩‍👩‍👧', 'فارسی‌ها', 'हिन्दी', 'e\u0301']) expect(clean(name)).toBe(name)
  })

  it('can’t command the terminal from any place of the page', () => {
    const evil = '\u001b[2J\u202e\u0007\nx'
    const lines = drawReport(
      {
        ...summary,
        file: evil,
        kinds: { [evil]: 1 },
        warnings: [evil],
        dimensions: [{ name: evil, values: 1, top: [bar(evil, 1)] }],
        changes: [change({ dimension: evil, value: evil, share: 1, how: 'gone' })],
      },
      80,
      painter(false),
    )
    expect(lines).not.toMatch(/[^\n\P{C}]/u)
    const json = cleanJson({ [evil]: '\u009b\u2066\u{e0041}' })
    expect(json).not.toMatch(/[^\n\P{C}]/u)
    expect(JSON.parse(json)).toEqual({ [evil]: '\u009b\u2066\u{e0041}' })
  })
})

describe('the room a text takes', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['한글', 4],
    ['ﾊﾝ', 2],
    ['🧪', 2],
    ['👩‍🔬', 2],
    ['❤️', 2],
    ['🇩🇪', 2],
    ['e\u0301', 1],
    ['—…', 2],
  ])('%s: %i columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns)
  })

  it('is kept exactly, also where a wide character would stand half outside', () => {
    expect(cut('日本語', 4)).toBe('日…')
    expect(columnsOf(fit('日本語', 4))).toBe(4)
    expect(fit('日本語', 4)).toBe('日… ')
    expect(fit('12', 5, 'right')).toBe('   12')
  })
})
