// The viewer as one file, as whoever gets it opens it: from the disk, without a network, with nothing beside it.
import { readFileSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium, listenForComplaints } from './chromium.ts'
import { dropFiles, makeInWal, makeSmartAgentsFile, saved } from './files.ts'
import { findBarriers, findFlaws, showAs } from './looks.ts'
import { root } from './options.ts'
import { events, figure, shows } from './shown.ts'

const built = join(root, 'dist/alone/sightglass.html')
let folder: string
let address: string
let browser: Browser
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-alone-'))
  const page = join(folder, 'any name.html')
  await copyFile(built, page)
  address = pathToFileURL(page).href
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
})

async function opened(
  play: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  const page = await context.newPage()
  const complaints = listenForComplaints(page)
  try {
    await page.goto(address)
    await page.locator('main').waitFor()
    await play(page)
    expect(complaints).toEqual([])
    expect(asked.filter((url) => !url.startsWith('blob:null/') && url !== address)).toEqual([])
  } finally {
    await context.close()
  }
}

async function isSound(page: Page, what: string): Promise<void> {
  expect(await findBarriers(page), what).toEqual([])
  for (const width of [700, 1280]) {
    await showAs(page, { width })
    expect(await findFlaws(page), `${what} at ${width} px`).toEqual([])
  }
}

describe('the page of one file, opened from the disk without a network', () => {
  it('shows a dropped file with its figures, filters, records, search, exports, report and pictures', () =>
    opened(async (page) => {
      const file = join(folder, 'mine.db')
      makeSmartAgentsFile(file, 90)
      await dropFiles(page, file)
      await events(page, '90')
      expect(await figure(page, 'error rate').textContent()).toBe('11.1%')
      await isSound(page, 'Overview')
      const report = await saved(page, () => page.getByRole('button', { name: 'Save as a report' }).click())
      expect(report.text).toContain('<dt>events</dt><dd>90</dd>')
      await page.getByRole('button', { name: 'Failed only' }).click()
      await events(page, '10')
      expect(new URL(page.url()).hash).toContain('failed=yes')
      await page.getByRole('button', { name: /^Save: Events per/ }).click()
      const picture = await saved(page, () =>
        page.getByRole('button', { name: 'Picture (SVG)' }).filter({ visible: true }).click(),
      )
      expect(picture.text).toMatch(/^<svg /)
      await page.goBack()
      await events(page, '90')

      await page.keyboard.press('3')
      await shows(page, '90 records')
      await page.locator('[role=grid] [role=row][aria-rowindex="3"]').click()
      await shows(page, 'duration_ms')
      await isSound(page, 'Records')
      expect(await page.getByRole('button', { name: /Delete/ }).count()).toBe(0)
      await page.keyboard.press('Delete')
      await page.keyboard.press('/')
      await page.keyboard.type('TimeoutError')
      await shows(page, '10 records')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')

      await page.keyboard.press('e')
      const panel = page.getByRole('dialog', { name: 'Export' })
      await panel.getByRole('radio', { name: 'All rows' }).check()
      const csv = await saved(page, () => panel.getByRole('button', { name: 'Export' }).click())
      expect(csv.name).toBe('mine.csv')
      expect(csv.text.split('\r\n').slice(0, -1)).toHaveLength(91)
    }))

  it('reads what lies in a -wal that is chosen with its database, and says when it may be missing', () =>
    opened(async (page) => {
      const file = makeInWal(folder)
      for (const [files, count] of [
        [[file, `${file}-wal`], '67'],
        [[file], '60'],
      ] as const) {
        await page.keyboard.press('1')
        const [chooser] = await Promise.all([
          page.waitForEvent('filechooser'),
          page.getByRole('button', { name: 'Choose a file…' }).click(),
        ])
        await chooser.setFiles([...files])
        await events(page, count)
      }
      await shows(page, /Rows may be missing/)
    }))

  it('makes sample data, speaks German, keeps the settings, and offers nothing that it can not do', () =>
    opened(
      async (page) => {
        await page.getByText('Nothing leaves this page').waitFor()
        await isSound(page, 'Files')
        await page.getByRole('button', { name: 'Open sample data' }).click()
        await events(page, '5,000')
        await page.keyboard.press('6')
        await shows(page, 'Corrected files')
        await page.getByRole('radio', { name: 'Deutsch' }).check()
        await page.locator('html[lang=de]').waitFor()
        await page.reload()
        await shows(page, 'Einstellungen')
        await page.keyboard.press('5')
        await shows(page, 'Trends aus einer gespeicherten Datei')
        expect(await page.locator('nav a').allTextContents()).toEqual([
          'Dateien',
          'Übersicht',
          'Datensätze',
          'Gemeinschaft',
          'Einstellungen',
        ])
        for (const key of ['4', 'l']) await page.keyboard.press(key)
        await page.keyboard.press('?')
        const keys = await page.getByRole('dialog').innerText()
        expect(keys).not.toMatch(/lösch|teilen|gesendet/i)
        await page.keyboard.press('Escape')
        await page.goto(`${address}#/sharing`)
        await page.getByRole('button', { name: 'Eine Datei wählen …' }).waitFor()
      },
      { colorScheme: 'dark' },
    ))

  it('reaches nobody, even if a script of it wanted to', async () => {
    const heard: string[] = []
    const server = createServer((request, response) => {
      heard.push(request.url ?? '')
      response.end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const at = server.address()
    const port = typeof at === 'object' && at !== null ? at.port : 0
    const context = await browser.newContext()
    try {
      const page = await context.newPage()
      await page.goto(address)
      await page.locator('main').waitFor()
      const refused = await page.evaluate(async (host) => {
        const breaches = new Set<string>()
        document.addEventListener('securitypolicyviolation', (event) =>
          breaches.add(event.effectiveDirective),
        )
        await fetch(`http://${host}/fetch`).catch(() => {})
        navigator.sendBeacon(`http://${host}/beacon`)
        const add = (name: string, change: Record<string, string>): void => {
          document.body.append(Object.assign(document.createElement(name), change))
        }
        add('img', { src: `http://${host}/image` })
        add('script', { src: `http://${host}/script` })
        add('script', { textContent: 'document.title = "it ran"' })
        add('iframe', { src: `http://${host}/frame` })
        add('link', { rel: 'stylesheet', href: `http://${host}/style` })
        try {
          new WebSocket(`ws://${host}/socket`)
        } catch {
          // refused at once
        }
        setTimeout(() => {
          try {
            Reflect.construct(Function, [''])
          } catch {
            breaches.add('eval')
          }
        }) // what the test's own hand does at once, it may
        for (let i = 0; i < 200 && breaches.size < 7; i++) await new Promise((go) => setTimeout(go, 20))
        return [...breaches].sort()
      }, `127.0.0.1:${port}`)
      expect(refused).toEqual([
        'connect-src',
        'eval',
        'frame-src',
        'img-src',
        'script-src',
        'script-src-elem',
        'style-src-elem',
      ])
      expect(await page.title()).not.toBe('it ran')
      expect(heard).toEqual([])
    } finally {
      await context.close()
      server.close()
    }
  })

  it('is one file of at most 2.1 MB, 830 kB packed, whose policy allows no eval and no other script', () => {
    const bytes = readFileSync(built)
    expect(bytes.length).toBeLessThanOrEqual(2_100_000)
    expect(gzipSync(bytes).length).toBeLessThanOrEqual(830_000)
    const [, policy = ''] =
      /http-equiv="content-security-policy" content="([^"]*)"/.exec(bytes.toString()) ?? []
    expect(policy.replaceAll(/sha256-[\w+/]{43}=/g, 'sha256')).toBe(
      "default-src 'none'; script-src 'sha256' 'wasm-unsafe-eval'; style-src 'sha256'; worker-src blob:; " +
        "img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'",
    )
  })
})
