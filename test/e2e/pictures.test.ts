// Taking a chart along from the window: as a picture, as a table, and the whole Overview as a page.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { events, inBrowser, inWindow, shows, withEvents } from './window.ts'

const until = Date.UTC(2026, 10, 20, 12)

interface Saved {
  readonly name: string
  readonly path: string
}

async function save(page: Page, folder: string, click: () => Promise<void>): Promise<Saved> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  return { name: download.suggestedFilename(), path }
}

async function saveAs(page: Page, folder: string, chart: string, kind: string): Promise<Saved> {
  await page.getByRole('button', { name: `Save: ${chart}` }).click()
  return save(page, folder, () => page.getByRole('button', { name: kind }).filter({ visible: true }).click())
}

describe.runIf(inBrowser)('a chart', () => {
  it('is saved as a picture that any program opens, sharp and with what it is of', () =>
    inWindow(
      async ({ page, folder }) => {
        await choosePlanner(page)
        const png = await saveAs(page, folder, 'Events per day', 'Picture (PNG)')
        expect(png.name).toBe('telemetry.db Events per day.png')
        const bytes = await readFile(png.path)
        expect(bytes.subarray(1, 4).toString()).toBe('PNG')
        const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
        expect(width).toBe(2 * 940)

        const svg = await saveAs(page, folder, 'Events per day', 'Picture (SVG)')
        const text = await readFile(svg.path, 'utf8')
        expect(Number(/ height="([\d.]+)"/.exec(text)?.[1])).toBeCloseTo(height / 2, 0)
        for (const part of ['Events per day', 'telemetry.db', 'All time', 'Agent is planner'])
          expect(text).toContain(part)
        expect(text).not.toContain('class=') // it stands alone
        expect(await drawsTheSame(page, text, bytes)).toBeLessThan(0.03)
      },
      withEvents(300, until),
    ))

  it('is saved as a table with every figure', () =>
    inWindow(
      async ({ page, folder }) => {
        const { path, name } = await saveAs(page, folder, 'Agent', 'Table (CSV)')
        expect(name).toBe('telemetry.db Agent.csv')
        const text = await readFile(path, 'utf8')
        expect(text.startsWith('\ufeffAgent,Events,Share,Failed,Error rate,Median (ms)\r\n')).toBe(true)
        const rows = text
          .trim()
          .split('\r\n')
          .slice(1)
          .map((line) => line.split(','))
        expect(rows.reduce((sum, [, events]) => sum + Number(events), 0)).toBe(300)
        expect(rows.map(([agent]) => agent)).toEqual(expect.arrayContaining(['planner', 'code-reviewer']))
      },
      withEvents(300, until),
    ))

  it('of each kind has the menu, reached by keys alone, also while charts are tables', () =>
    inWindow(
      async ({ page, folder }) => {
        await events(page, '300')
        const names = await page
          .getByRole('button', { name: /^Save: / })
          .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
        for (const chart of [
          'Events per day',
          'Kind of event',
          'Durations',
          'Hours of the week',
          'Days of the year',
        ])
          expect(names).toContain(`Save: ${chart}`)
        for (const [chart, kind] of [
          ['Durations', 'png'],
          ['Hours of the week', 'svg'],
          ['Days of the year', 'csv'],
        ] as const) {
          await page.getByRole('button', { name: `Save: ${chart}` }).focus()
          await page.keyboard.press('Enter')
          for (const _ of ['png', 'svg', 'csv'].slice(0, ['png', 'svg', 'csv'].indexOf(kind) + 1))
            await page.keyboard.press('Tab')
          const { name } = await save(page, folder, () => page.keyboard.press('Enter'))
          expect(name).toBe(`telemetry.db ${chart}.${kind}`)
        }
        expect(names.some((name) => name?.startsWith('Save: What ran when'))).toBe(true)
        await page.keyboard.press('t')
        await page.locator('table').first().waitFor()
        const later = await page.getByRole('button', { name: /^Save: / }).count()
        expect(later).toBe(names.length)
      },
      withEvents(300, until),
    ))
})

describe.runIf(inBrowser)('the Overview', () => {
  it('is saved as the page that the command line writes, with what is chosen', () =>
    inWindow(
      async ({ page, folder }) => {
        await choosePlanner(page)
        const { name, path } = await save(page, folder, () =>
          page.getByRole('button', { name: 'Save as a report' }).click(),
        )
        expect(name).toBe('telemetry.db report.html')
        const html = await readFile(path, 'utf8')
        expect(html).toContain('<dd>Agent is planner</dd>')
        expect(html).not.toContain(folder)
        const shown = await page.locator('dl > div', { hasText: 'events' }).first().locator('dd').innerText()
        expect(html).toContain(`<dt>events</dt><dd>${shown.split(/\s/)[0]}</dd>`)
        await page.keyboard.press('Control+k')
        await page.keyboard.type('save as')
        const again = await save(page, folder, () => page.keyboard.press('Enter'))
        expect(again.name).toBe(name)
        await shows(page, 'telemetry.db')
      },
      withEvents(300, until),
    ))
})

async function choosePlanner(page: Page): Promise<void> {
  await page
    .locator('section', { hasText: 'Agent' })
    .locator('button.row', { hasText: 'planner' })
    .first()
    .click()
  await page.getByRole('button', { name: 'Turn round: Agent is planner' }).waitFor()
}

/** Which part of the pixels differs clearly: letters are drawn by two engines, the rest must be the same. */
function drawsTheSame(page: Page, svg: string, png: Uint8Array): Promise<number> {
  return page
    .context()
    .newPage()
    .then(async (plain) => {
      const [a, b] = [
        `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
        `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
      ]
      const part = await plain.evaluate(
        async ([one, two]) => {
          const pixels = await Promise.all(
            [one, two].map(async (source) => {
              const image = new Image()
              image.src = source
              await image.decode()
              const canvas = new OffscreenCanvas(
                940,
                Math.round(940 * (image.naturalHeight / image.naturalWidth)),
              )
              const pen = canvas.getContext('2d')
              pen?.drawImage(image, 0, 0, canvas.width, canvas.height)
              return pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray()
            }),
          )
          let different = 0
          const [first = new Uint8ClampedArray(), second = new Uint8ClampedArray()] = pixels
          for (let i = 0; i < first.length; i++)
            if (Math.abs((first[i] ?? 0) - (second[i] ?? 0)) > 40) different++
          return different / first.length
        },
        [a, b] as const,
      )
      await plain.close()
      return part
    })
}
