// `report --html`: the page says what `report --json` says, is closed to everything, and takes its place whole.
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeAgentEvents } from '../agents-file.ts'
import { makeSlowRelease } from '../slow-release.ts'
import { sightglass } from './command-line.ts'
import type { Ran } from './command-line.ts'
import { makeSmartAgents, stateOf } from './tool-files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-html-'))
  await mkdir(join(folder, 'private'))
  makeSmartAgents(join(folder, 'private', 'telemetry.db'), 1200)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const report = (...args: string[]): Promise<Ran> =>
  sightglass(['report', 'private/telemetry.db', ...args], { data: join(folder, 'data'), folder })
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&([\w#]+);/g, (_, name: string) => entities[name] ?? '?')

/** The rows of the table beneath a chart, by the chart's title. */
function tableOf(page: string, title: string): Record<string, string>[] {
  const figure = page.split(/<figure[^>]*>/).find((part) => part.startsWith(`<figcaption>${title}<`)) ?? ''
  const cells = (row: string, tag: string): string[] =>
    [...row.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, 'g'))].map(([, text = '']) => plain(text))
  const [head = '', ...rows] = [...figure.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => row)
  const names = cells(head, 'th')
  return rows.map((row) => Object.fromEntries(cells(row, 'td').map((text, i) => [names[i] ?? '', text])))
}
const number = (text: string | undefined): number => Number((text ?? '').replaceAll(',', ''))

interface Said {
  readonly events: number
  readonly failed: number
  readonly activeDays: number
  readonly kinds: Record<string, number>
  readonly timeline: { points: { start: string; count: number; failed: number }[] }
  readonly dimensions: {
    name: string
    values: number
    top: { label: string; count: number; failed: number }[]
  }[]
}

describe('the page', () => {
  it.each([
    ['of everything', []],
    ['of what failed', ['--failed']],
    [
      'of two agents in some weeks',
      [
        '--since',
        '2026-08-01',
        '--until',
        '2026-10-31',
        '--where',
        'agent=planner',
        '--where',
        'agent=debugger',
      ],
    ],
    [
      'of a kind, without a tool',
      ['--kind', 'agent_execution', '--where', 'tool!=bash', '--zone', 'Asia/Kathmandu'],
    ],
  ])('%s has the figures that --json has', async (_, filters) => {
    const json = JSON.parse((await report('--json', ...filters)).out) as Said // our own command's answer
    expect(await report('--html', 'a.html', '--force', ...filters)).toMatchObject({ code: 0, err: '' })
    const page = await read('a.html')
    const [, events] = /<dt>events<\/dt><dd>([\d,]+)<\/dd>/.exec(page) ?? []
    expect(number(events)).toBe(json.events)
    expect(page).toContain(`<dd>${json.activeDays} / `)

    const kinds = tableOf(page, 'Kind of event')
    if (Object.keys(json.kinds).length > 1)
      expect(Object.fromEntries(kinds.map((row) => [row['Kind of event'], number(row['Events'])]))).toEqual(
        json.kinds,
      )
    for (const { name, values, top } of json.dimensions.filter((one) => one.values > 1)) {
      const title = name.charAt(0).toUpperCase() + name.slice(1)
      const rows = tableOf(page, title)
      expect(rows, title).toHaveLength(values)
      expect(
        rows
          .slice(0, top.length)
          .map((row) => [row[title], number(row['Events']), number(row['Failed'] ?? '0')]),
      ).toEqual(top.map(({ label, count, failed }) => [label, count, failed]))
    }
    const [timeline] = page
      .split(/<figure[^>]*>/)
      .slice(1)
      .map((part) => /^<figcaption>([^<]*)/.exec(part)?.[1] ?? '')
    const steps = tableOf(page, timeline ?? '')
    expect(steps.map((row) => [number(row['Events']), number(row['Failed'])])).toEqual(
      json.timeline.points.slice(0, 200).map(({ count, failed }) => [count, failed]),
    )
  })

  it('forbids itself everything but its own style sheet, and asks for nothing', async () => {
    await report('--html', 'closed.html')
    const page = await read('closed.html')
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(
      `http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    )
    const asks =
      /<script|<link|<img|<iframe|<object|<base|\ssrc=|\shref=|\son\w+=|\sstyle=|@import|url\((?!#)|https?:\/\//
    expect(asks.exec(page)?.[0]).toBeUndefined()
  })

  it('says of the file its name only, and when, by what, of which period it was made', async () => {
    await report('--html', 'about.html', '--since', '2026-11-01', '--where', 'agent=planner', '--failed')
    const page = await read('about.html')
    expect(page).toContain('telemetry.db')
    expect(page).not.toContain(folder)
    expect(page).not.toContain('private')
    const text = plain(page.replace(/<\/(dt|dd)>/g, ' '))
    expect(text).toMatch(/Period Since 1 Nov 2026/)
    expect(text).toMatch(/Time zone UTC/)
    expect(text).toMatch(/Chosen Agent is planner; failed/)
    expect(text).toMatch(/Made \d+ \w+ \d{4}, \d\d:\d\d:\d\d, by Sightglass \d+\.\d+\.\d+/)
  })

  it('weighs little, and each chart has its table', async () => {
    await report('--html', 'light.html')
    const page = await read('light.html')
    expect(Buffer.byteLength(page)).toBeLessThan(400_000)
    const count = (what: RegExp): number => [...page.matchAll(what)].length
    expect(count(/<svg /g)).toBeGreaterThan(8)
    expect(count(/<table>/g)).toBe(count(/<svg /g))
    expect(count(/<title id/g)).toBe(count(/<svg /g))
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('tells what changed as the window does, each step with its picture and its days', async () => {
    makeSlowRelease(join(folder, 'slow.db'))
    const at = { data: join(folder, 'data'), folder }
    const ran = await sightglass(['report', 'slow.db', '--html', 'slow.html', '--zone', 'UTC'], at)
    expect(ran).toMatchObject({ code: 0 })
    const page = await read('slow.html')
    const section = page.split('<section>').find((part) => part.startsWith('<h2>What changed</h2>')) ?? ''
    const [sentence = ''] = [...section.matchAll(/<figcaption>(.*?)<\/figcaption>/g)].map(
      ([, text = '']) => text,
    )
    expect(plain(sentence)).toMatch(
      /^The median duration of agent reviewer rose from [\d.]+.(ms|s) to [\d.]+.s on 3 Apr 2026\. Version 2\.4\.0, first seen then, accounts for \d+% of it\.$/,
    )
    expect(section).toMatch(/<svg [^>]*viewBox="0 0 208 44"/)
    const days = tableOf(page, sentence)
    expect(days).toHaveLength(90)
    expect(days[0]?.['Day']).toBe('2026-02-02')
  })

  it('keeps a stranger’s names as words', async () => {
    const path = join(folder, 'hostile.db')
    const names = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '</style><b>',
      '\u202ereversed',
      'fine',
    ]
    writeAgentEvents(path, 50, (i) => ({
      id: String(i),
      kind: names[i % 5] ?? '',
      time: Date.UTC(2026, 9, 1 + (i % 25)),
      data: { agent_type: names[(i * 3) % 5] },
    }))
    const ran = await sightglass(
      ['report', path, '--html', 'hostile.html', '--where', `agent!=${names[0]}`],
      { data: join(folder, 'data'), folder },
    )
    expect(ran).toMatchObject({ code: 0 })
    const page = await read('hostile.html')
    expect(/<script|<img|<b>|\u202e/.exec(page)?.[0]).toBeUndefined()
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('of a file that has no events, or none that are asked for, says so', async () => {
    makeSmartAgents(join(folder, 'empty.db'), 0)
    const at = { data: join(folder, 'data'), folder }
    expect(await sightglass(['report', 'empty.db', '--html', 'empty.html'], at)).toMatchObject({ code: 0 })
    expect(
      await report('--html', 'none.html', '--since', '2019-01-01', '--until', '2019-02-01'),
    ).toMatchObject({ code: 0 })
    for (const name of ['empty.html', 'none.html'])
      expect(plain(await read(name))).toContain('Nothing to show.')
  })
})

describe('its file', () => {
  it('is never written over without --force, and then whole', async () => {
    await writeFile(join(folder, 'mine.html'), 'mine')
    const refused = await report('--html', 'mine.html')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('is there already')
    expect(await read('mine.html')).toBe('mine')
    expect(await report('--html', 'mine.html', '--force')).toMatchObject({ code: 0 })
    expect((await read('mine.html')).endsWith('</html>\n')).toBe(true)
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('can’t be the telemetry itself or what belongs to it, even with --force', async () => {
    const before = await stateOf(join(folder, 'private'))
    for (const end of ['', '-wal', '-shm', '-journal'])
      expect(await report('--html', `private/telemetry.db${end}`, '--force'), end).toMatchObject({
        code: 2,
        out: '',
      })
    expect(await stateOf(join(folder, 'private'))).toEqual(before)
  })

  it('stays away where it can’t be written, in a sentence', async () => {
    const ran = await report('--html', 'nowhere/a.html')
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toMatch(/^There is no folder .*nowhere/)
  })
})

describe('a filter', () => {
  it('of a name that the file doesn’t tell is refused, with the names it does', async () => {
    const ran = await report('--where', 'agnt=planner')
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toMatch(/no agnt of its events\. It tells: kind, agent, /)
  })

  it.each([
    [['--since', 'yesterday']],
    [['--since', '2026-02-30']],
    [['--since', '0d']],
    [['--until', '2026-11-01T25:00']],
    [['--since', '2026-11-02', '--until', '2026-11-01']],
    [['--where', 'planner']],
    [['--where', 'agent=']],
    [['--where', '=planner']],
  ])('that makes no sense is refused in a sentence: %s', async (args) => {
    const ran = await report(...args)
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toMatch(/^--[^\n]+\.\n$/)
  })
})
