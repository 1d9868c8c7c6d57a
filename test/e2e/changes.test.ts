// What changed, on a file in which one agent's new version made it slower: the sentence says who, when, how much and
// why, and a click chooses just that.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { makeSlowRelease } from '../slow-release.ts'
import { events, figure, inWindow, withEvents } from './window.ts'

const slowRelease = (folder: string) => {
  const file = join(folder, 'slow.db')
  makeSlowRelease(file)
  return { file }
}
const sentence =
  /^The median duration of agent reviewer rose from [\d.]+\s(ms|s) to 1\.[\d]+\ss on Apr 3, 2026\. Version 2\.4\.0, first seen then, accounts for \d+% of it\.$/
const found = (page: Page) => page.getByRole('link', { name: sentence })
const chips = (page: Page): Promise<string[]> =>
  page.getByRole('list', { name: 'What is chosen' }).locator('.turn').allTextContents()

describe('what changed', () => {
  it('names the agent that became slower, the day and the version, and a click shows just these', () =>
    inWindow(async ({ page }) => {
      await found(page).waitFor()
      expect(await page.getByRole('region', { name: 'What changed' }).getByRole('listitem').count()).toBe(1)
      expect(await page.getByRole('img', { name: /^90 days, Feb 2 – May 2, 2026: about / }).count()).toBe(1)
      await found(page).click()
      await events(page, '300')
      expect(await chips(page)).toEqual([
        expect.stringMatching(/^Apr 3 – .*2026$/),
        'Agent is reviewer',
        'Version is 2.4.0',
      ])
      const median = await figure(page, 'median duration').first().textContent()
      expect(Number(/[\d.]+/.exec(median ?? '')?.[0])).toBeCloseTo(1.6, 0)
      await page.reload()
      await events(page, '300')
      await page.goBack()
      await events(page, '3,600')
      await found(page).waitFor()
    }, slowRelease))

  it('stays when it is chosen, marked, and a second click lets it go; by keys alike', () =>
    inWindow(async ({ page }) => {
      await found(page).focus()
      await page.keyboard.press('Enter')
      await events(page, '300')
      await page.waitForTimeout(700) // what is chosen has been searched as well by then
      expect(await found(page).getAttribute('aria-current')).toBe('true')
      await page.keyboard.press('Enter')
      await events(page, '3,600')
      expect(await chips(page)).toEqual([])
    }, slowRelease))

  it('says so where there is nothing in what is chosen, and has its days as a table', () =>
    inWindow(async ({ page }) => {
      await found(page).waitFor()
      await page.keyboard.press('t')
      const table = page.getByRole('region', { name: sentence }).getByRole('row')
      expect(await table.first().textContent()).toMatch(/Day\s*Median duration/)
      expect(await table.count()).toBe(91)
      await page.keyboard.press('t')
      await page
        .locator('section', { has: page.getByRole('heading', { name: 'Agent' }) })
        .getByRole('button', { name: /^planner/ })
        .click()
      await page.getByText('Nothing changed lastingly in what is chosen.').waitFor()
      const section = page.getByRole('region', { name: 'What changed' })
      const height = async (): Promise<number> => (await section.boundingBox())?.height ?? NaN
      expect(await height(), 'the lists keep their place under the hand').toBeGreaterThan(80)
      await page.evaluate(() => void (location.hash += '&period=2026-02-10..2026-02-20'))
      await expect.poll(height, { message: 'no room is kept for another period' }).toBeLessThan(60)
    }, slowRelease))

  it('is not spoken of where nothing changed', () =>
    inWindow(async ({ page }) => {
      await events(page, '180')
      await page.waitForTimeout(1000)
      expect(await page.getByText('What changed').count()).toBe(0)
    }, withEvents(180)))
})
