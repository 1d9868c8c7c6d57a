// The map of the week, the year and the durations under the hand. The file holds an event every hour of seventy days,
// which lasts 200 to 1,199 ms; every ninth failed.
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { events, figure, inWindow, withEvents } from './window.ts'

const hour = 3_600_000
const all = 70 * 24
const today = Math.floor(Date.now() / (24 * hour)) * 24 * hour
const seventyDays = withEvents(all, today)
const lasts = (i: number): number => 200 + ((i * 37) % 1000)

const map = (page: Page, name: RegExp): Locator => page.getByRole('application', { name })

async function clickCell(field: Locator, column: number, row: number, columns: number): Promise<void> {
  const box = (await field.boundingBox()) ?? { width: 0, height: 0 }
  const position = { x: ((column + 0.5) * box.width) / columns, y: ((row + 0.5) * box.height) / 7 }
  await field.click({ position })
}

describe('the hours of the week', () => {
  it('are chosen by a click, as a patch by dragging, and say how many and how many failed', () =>
    inWindow(async ({ page }) => {
      await events(page, '1,680')
      const hours = map(page, /^Hours of the week/)
      await clickCell(hours, 14, 2, 24)
      await events(page, '10')
      expect(await page.locator('.tip').textContent()).toMatch(/Tue 14:00\s*events\s*10/)
      await page.getByRole('button', { name: 'Turn round: Tue 14:00' }).waitFor()
      await clickCell(hours, 14, 2, 24)
      await events(page, '1,680')
      await hours.scrollIntoViewIfNeeded()
      const box = (await hours.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      await page.mouse.move(box.x + (9.5 * box.width) / 24, box.y + (1.5 * box.height) / 7)
      await page.mouse.down()
      await page.mouse.move(box.x + (11.5 * box.width) / 24, box.y + (2.5 * box.height) / 7, { steps: 4 })
      await events(page, '60')
      await page.mouse.up()
      await page
        .getByRole('button', { name: /6 hours of the week/ })
        .first()
        .waitFor()
      await events(page, '60')
    }, seventyDays))

  it('are walked along and chosen by keys', () =>
    inWindow(async ({ page }) => {
      await events(page, '1,680')
      await map(page, /^Hours of the week/).focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowDown')
      await page.getByRole('status').getByText('Mon 00:00: 10 events').waitFor()
      await page.keyboard.press('Enter')
      await events(page, '10')
    }, seventyDays))
})

describe('the days of the year', () => {
  it('are chosen by a click also outside the period, which then is all', () =>
    inWindow(async ({ page }) => {
      await page.getByRole('link', { name: '7 d', exact: true }).click()
      await events(page, '144')
      const year = map(page, /^Days of the year/)
      await clickCell(year, 48, 3, 53)
      await events(page, '24')
      await expect.poll(() => page.url()).not.toContain('period=')
      await page.goBack()
      await events(page, '144')
    }, seventyDays))

  it('are those of another year where the file has one', () =>
    inWindow(
      async ({ page }) => {
        await events(page, '960')
        await page.getByRole('button', { name: '2024' }).click()
        await map(page, /^Days of the year, most on Sun, Dec 22, 2024: 24 events/).waitFor()
        expect(page.url()).toContain('year=2024')
      },
      withEvents(40 * 24, Date.UTC(2025, 0, 31)),
    ))
})

describe('the histogram of durations', () => {
  it('chooses by keys and by dragging, and marks median and 95th percentile', () =>
    inWindow(async ({ page }) => {
      await events(page, '1,680')
      const durations = map(page, /^Durations, median \d{3}.ms, 95% within/)
      await durations.waitFor()
      await durations.focus()
      await page.keyboard.press('Home')
      for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      const within = Array.from({ length: all }, (_, i) => lasts(i)).filter((ms) => ms >= 562.3 && ms < 749.9)
      await events(page, within.length.toLocaleString('en'))
      const bars = Array.from({ length: all }, (_, i) => lasts(i)).filter((ms) => ms >= 562.3)
      await page.keyboard.down('Shift')
      await page.keyboard.press('End')
      await page.keyboard.up('Shift')
      await events(page, bars.length.toLocaleString('en'))
      expect(await page.locator('.stretch').count()).toBe(1)
    }, seventyDays))
})

describe('what ran when', () => {
  it('shows the newest day, goes to the one before, and chooses an event by a click or by keys', () =>
    inWindow(async ({ page }) => {
      await events(page, '1,680')
      const lanes = map(page, /^What ran when on .*, 24 events$/)
      await lanes.waitFor()
      const newest = await page.getByRole('heading', { name: /^What ran when/ }).textContent()
      await page.getByRole('button', { name: '← Day before' }).click()
      await expect
        .poll(() => page.getByRole('heading', { name: /^What ran when/ }).textContent())
        .not.toBe(newest)
      expect(page.url()).toMatch(/day=\d{4}-\d\d-\d\d/)
      await lanes.focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await figure(page, 'event').getByText('1', { exact: true }).waitFor()
      await page.keyboard.down('Shift')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.up('Shift')
      await events(page, '3')
    }, seventyDays))
})

it('every chart has a table with the same counts', () =>
  inWindow(async ({ page }) => {
    await events(page, '1,680')
    await page.keyboard.press('t')
    const sumOf = async (name: string, cells: string): Promise<number> => {
      const texts = await page.getByRole('region', { name, exact: true }).locator(cells).allTextContents()
      return texts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)
    }
    for (const name of ['Events per day', 'Durations', 'Days of the year'])
      expect(await sumOf(name, 'tbody td:nth-child(2)'), name).toBe(all)
    expect(await sumOf('Hours of the week', 'tbody td.number')).toBe(all)
  }, seventyDays))
