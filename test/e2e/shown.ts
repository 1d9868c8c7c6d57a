// What a spec waits to see on a page, whoever opened it.
import type { Locator, Page } from 'playwright-core'

export const figure = (page: Page, label: string): Locator =>
  page.locator('dl > div', { has: page.locator('dt', { hasText: label }) }).locator('dd')

/** Waits until the Overview counts so many events, and all its parts are there. */
export async function events(page: Page, count: string): Promise<void> {
  await figure(page, 'events').getByText(count, { exact: true }).waitFor()
  await allMade(page)
}

export async function charted(page: Page): Promise<void> {
  await page.locator('canvas').first().waitFor()
  await allMade(page)
}

/** The parts of a screen are made one after the other; until then it says that it is busy. */
const allMade = (page: Page): Promise<void> => page.locator('main[aria-busy=false]').waitFor()

/** Playwright's own waiting, put as an expectation. */
export async function shows(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('main').getByText(text).filter({ visible: true }).first().waitFor({ timeout: 10_000 })
}
