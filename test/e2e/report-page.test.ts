// The report as whoever gets it opens it: from the disk, without a network, without scripts; read aloud; on paper.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sightglass } from '../host/command-line.ts'
import { makeSlowRelease } from '../slow-release.ts'
import { launchChromium } from './chromium.ts'
import { makeSmartAgentsFile } from './files.ts'
import { findFlaws, findViolations, showAs } from './looks.ts'

let folder: string
let browser: Browser
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-page-'))
  makeSmartAgentsFile(join(folder, 'telemetry.db'), 900, Date.UTC(2026, 10, 20))
  const place = { data: join(folder, 'data'), folder }
  expect(await sightglass(['report', 'telemetry.db', '--html', 'report.html'], place)).toMatchObject({
    code: 0,
  })
  makeSlowRelease(join(folder, 'slow.db'))
  expect(await sightglass(['report', 'slow.db', '--html', 'slow.html'], place)).toMatchObject({ code: 0 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

interface Reader {
  readonly colorScheme?: 'light' | 'dark'
  readonly scripts?: boolean
  readonly width?: number
  readonly file?: string
}

async function opened(play: (page: Page) => Promise<void>, reader: Reader = {}): Promise<void> {
  const { colorScheme = 'light', scripts = false, width = 1280, file = 'report.html' } = reader
  const context = await browser.newContext({
    colorScheme,
    javaScriptEnabled: scripts,
    offline: true,
    viewport: { width, height: 800 },
    bypassCSP: scripts, // axe is a script: the page's own policy would keep it out
  })
  const asked: string[] = []
  const complaints: string[] = []
  const page = await context.newPage()
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => complaints.push(message.text()))
  try {
    const address = pathToFileURL(join(folder, file)).href
    await page.goto(address)
    await play(page)
    expect(asked).toEqual([address])
    expect(complaints).toEqual([])
  } finally {
    await context.close()
  }
}

describe('the report', () => {
  it('shows its figures and charts from the disk, without a network or scripts', () =>
    opened(async (page) => {
      expect(await page.locator('dl.figures dd').first().innerText()).toBe('900')
      expect(await page.getByRole('img', { name: 'Events per day' }).isVisible()).toBe(true)
      const bar = page.locator('svg rect.f-bar').first()
      expect((await bar.boundingBox())?.height).toBeGreaterThan(2)
      expect(await bar.evaluate((element) => getComputedStyle(element).fill)).toBe('rgb(42, 128, 155)')
      await page.getByText('Table', { exact: true }).first().click()
      const rows = page.locator('table').first().locator('tbody tr')
      expect(await rows.first().isVisible()).toBe(true)
      const counts = await rows.locator('td:nth-child(2)').allInnerTexts()
      expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(900)
    }))

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is sound for axe, and nothing of it is cut off or sideways, in the ${colorScheme} theme`, () =>
      opened(
        async (page) => {
          await page.locator('details').first().locator('summary').click()
          expect(await findViolations(page)).toEqual([])
          for (const width of [480, 700, 1280]) {
            await showAs(page, { width })
            expect(await findFlaws(page), `at ${width} px`).toEqual([])
          }
        },
        { colorScheme, scripts: true },
      ))

  it('tells what changed beside a small picture, and its days on demand', async () => {
    await opened(
      async (page) => {
        const change = page.locator('figure.change')
        expect(await change.count()).toBe(1)
        const picture = await change.locator('svg').boundingBox()
        const sentence = await change.locator('figcaption').boundingBox()
        expect(picture?.width).toBeCloseTo(208, 0)
        expect(sentence?.x ?? 0).toBeGreaterThan((picture?.x ?? 0) + 208)
        expect(await change.locator('figcaption').innerText()).toMatch(
          /^The median duration of agent reviewer rose/,
        )
        await change.getByText('Table', { exact: true }).click()
        expect(await change.locator('tbody tr').first().isVisible()).toBe(true)
        for (const width of [480, 1280]) {
          await showAs(page, { width })
          expect(await findFlaws(page), `at ${width} px`).toEqual([])
        }
      },
      { scripts: true, file: 'slow.html' },
    )
  })

  it('prints in the light theme on few pages, with no chart cut by an edge', () =>
    opened(
      async (page) => {
        const paper = await page.pdf({ format: 'A4', preferCSSPageSize: true })
        const pages = [...paper.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length
        expect(pages).toBeGreaterThanOrEqual(2)
        expect(pages).toBeLessThanOrEqual(4)
        await page.emulateMedia({ media: 'print' })
        const look = await page.evaluate(() => ({
          ink: getComputedStyle(document.body).color,
          breaks: [...document.querySelectorAll('figure')].map(
            (figure) => getComputedStyle(figure).breakInside,
          ),
          tables: [...document.querySelectorAll('details')].map((table) => getComputedStyle(table).display),
        }))
        expect(look.ink).toBe('rgb(24, 27, 30)')
        expect(new Set(look.breaks)).toEqual(new Set(['avoid']))
        expect(new Set(look.tables)).toEqual(new Set(['none']))
      },
      { colorScheme: 'dark' },
    ))

  it('is sound HTML: the browser has nothing to mend', () =>
    opened(
      async (page) => {
        const source = await readFile(join(folder, 'report.html'), 'utf8')
        const mended = await page.evaluate(() => `<!doctype html>\n${document.documentElement.outerHTML}\n`)
        const elements = (html: string): string[] =>
          [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([tag]) => tag)
        const selfClosed = (html: string): string => html.replace(/<(rect|path)([^>]*)\/>/g, '<$1$2></$1>')
        expect(elements(mended)).toEqual(elements(selfClosed(source)))
      },
      { scripts: true },
    ))
})
