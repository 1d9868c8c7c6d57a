// The timeline under the hand: a stretch is drawn on it, and it is divided, lined and compared. The file holds 24
// events a day; every ninth failed, every fourth is a skill_execution.
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { events, inWindow, withEvents } from './window.ts'

const firstDay = Date.UTC(2026, 1, 2)
const days = 10
const tenDays = withEvents(days * 24, firstDay + days * 86_400_000)

const field = (page: Page): Locator => page.getByRole('application', { name: /^Events per day/ })

/** The middle of a column, by its place among all. */
async function middle(page: Page, column: number): Promise<[number, number]> {
  const box = (await field(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  return [box.x + ((column + 0.5) * box.width) / days, box.y + box.height / 2]
}
async function drag(page: Page, from: number, to: number): Promise<void> {
  await page.mouse.move(...(await middle(page, from)))
  await page.mouse.down()
  await page.mouse.move(...(await middle(page, to)), { steps: 4 })
}
const chip = (page: Page): Locator => page.getByRole('button', { name: /^Turn round: Feb/ })

/** Runs in the page: whether percentiles have come of what was counted last. */
function hasPercentiles(): boolean {
  const [counts, percentiles] = ['counts', 'percentiles'].map(
    (what) => performance.getEntriesByName(`sightglass ${what}`)[0]?.startTime,
  )
  return counts !== undefined && counts === percentiles
}

describe('a stretch of the timeline', () => {
  it('is drawn with the mouse: figures follow while it is drawn, and keep it when it is let go', () =>
    inWindow(async ({ page }) => {
      await events(page, '240')
      await drag(page, 2, 4)
      await events(page, '72')
      expect(await chip(page).count()).toBe(0)
      await page.waitForFunction(hasPercentiles)
      await page.mouse.up()
      expect(await chip(page).textContent()).toMatch(/Feb 4 – 6, 2026/)
      await page.reload()
      await events(page, '72')
      await page.goBack()
      await events(page, '240')
    }, tenDays))

  it('is one bar by a click, which lets it go again, and reaches further with Ctrl', () =>
    inWindow(async ({ page }) => {
      await events(page, '240')
      await page.mouse.click(...(await middle(page, 1)))
      await events(page, '24')
      await page.keyboard.down('Control')
      await page.mouse.click(...(await middle(page, 3)))
      await page.keyboard.up('Control')
      await events(page, '72')
      await page.mouse.click(...(await middle(page, 3)))
      await events(page, '24')
      await page.mouse.click(...(await middle(page, 3)))
      await events(page, '240')
    }, tenDays))

  it('is drawn by keys, and Escape takes it back', () =>
    inWindow(async ({ page }) => {
      await events(page, '240')
      await field(page).focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.down('Shift')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await events(page, '72')
      await page.keyboard.press('Escape')
      await events(page, '240')
      await page.keyboard.up('Shift')
      await page.keyboard.press('End')
      await page.keyboard.down('Shift')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.up('Shift')
      await chip(page).waitFor()
      await events(page, '48')
      await page.getByRole('button', { name: 'Zoom in' }).click()
      expect(page.url()).toContain('period=2026-02-10..2026-02-11')
      await chip(page).waitFor({ state: 'detached' })
      await events(page, '48')
    }, tenDays))
})

describe('the timeline', () => {
  const tip = (page: Page): Locator => page.locator('.tip')
  it('is divided by a dimension from its own head or from the list, and says every part', () =>
    inWindow(async ({ page }) => {
      await events(page, '240')
      await page.getByLabel('Divide by').selectOption('kind')
      await page.mouse.move(...(await middle(page, 5)))
      await tip(page).getByRole('row', { name: 'agent_execution 18', includeHidden: true }).waitFor()
      await tip(page).getByRole('row', { name: 'skill_execution 6', includeHidden: true }).waitFor()
      const kinds = page.locator('section', { has: page.getByRole('heading', { name: 'Kind of event' }) })
      const colours = await kinds
        .locator('.part:not(.bad)')
        .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).backgroundColor))
      expect(new Set(colours).size).toBe(2)
      await page.getByRole('button', { name: 'Divide the timeline by agent' }).click()
      await page.mouse.move(...(await middle(page, 4)))
      await tip(page)
        .getByRole('row', { name: /^planner \d+$/, includeHidden: true })
        .waitFor()
    }, tenDays))

  it('has lines for rates and durations, and stands beside a period or two values', () =>
    inWindow(async ({ page }) => {
      await events(page, '240')
      await page.getByRole('combobox', { name: 'Line', exact: true }).selectOption('errors')
      await page.getByRole('combobox', { name: 'Compare with', exact: true }).selectOption('days')
      await page.getByLabel('First day to compare with').fill('2026-02-01')
      await page.mouse.move(...(await middle(page, 0)))
      const row = (name: RegExp): Promise<void> =>
        tip(page).getByRole('row', { name, includeHidden: true }).waitFor()
      await row(/^error rate [\d.]+%$/)
      await row(/^Sun, Feb 1, 2026 0$/)
      await page.mouse.move(...(await middle(page, 1)))
      await row(/^Mon, Feb 2, 2026 24$/)
      await page.getByRole('combobox', { name: 'Compare with', exact: true }).selectOption('values')
      await page.getByLabel('Values of').selectOption('agent')
      await page.getByLabel('First value').selectOption('code-reviewer')
      await page.keyboard.press('t')
      const region = page.getByRole('region', { name: 'Events per day' })
      expect(await region.locator('thead th').allTextContents()).toEqual([
        'From',
        'Events',
        'Failed',
        expect.stringMatching(/\w/),
        expect.stringMatching(/\w/),
        'error rate',
      ])
    }, tenDays))
})
