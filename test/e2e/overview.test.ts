import { describe, expect, it } from 'vitest'
import { charted, events, figure, inWindow, shows, withEvents } from './window.ts'

const day = 86_400_000

describe('the Overview', () => {
  it('counts events, days, failures and durations of the opened file', () =>
    inWindow(async ({ page }) => {
      await events(page, '90')
      expect(await figure(page, 'error rate').textContent()).toBe('11.1%')
      expect(await figure(page, 'active days').textContent()).toMatch(/^[45] \/ [45]$/)
      expect(await figure(page, 'median').textContent()).toMatch(/^\d{3}\sms$/)
      const kinds = page.locator('section', { has: page.getByRole('heading', { name: 'Kind of event' }) })
      expect(await kinds.locator('li').allTextContents()).toEqual([
        expect.stringMatching(/agent_execution\s*68/),
        expect.stringMatching(/skill_execution\s*22/),
      ])
      await shows(page, 'TimeoutError')
    }, withEvents(90)))

  it('turns every chart into its table with t, and back, and keeps that over a reload', () =>
    inWindow(async ({ page }) => {
      await charted(page)
      await page.keyboard.press('t')
      await page.getByRole('cell', { name: 'skill_execution' }).waitFor()
      expect(await page.locator('canvas').count()).toBe(0)
      const rows = await page.getByRole('region', { name: 'Events per day' }).locator('tbody tr').all()
      const counts = await Promise.all(rows.map((row) => row.locator('td').nth(1).textContent()))
      expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(90)
      await page.reload()
      await page.getByRole('cell', { name: 'skill_execution' }).waitFor()
      await page.keyboard.press('t')
      await charted(page)
    }, withEvents(90)))

  it('counts only the chosen period, which back, forward and reload keep', () =>
    inWindow(
      async ({ page }) => {
        await events(page, '2,000')
        await page.getByRole('link', { name: '30 d' }).click()
        await figure(page, 'active days').getByText('30 / 30').waitFor()
        const inMonth = await figure(page, 'events').textContent()
        expect(Number(inMonth)).toBeLessThan(721)
        await page.reload()
        await figure(page, 'events')
          .getByText(inMonth ?? '', { exact: true })
          .waitFor()
        await page.goBack()
        await events(page, '2,000')
        await page.goForward()
        await figure(page, 'events')
          .getByText(inMonth ?? '', { exact: true })
          .waitFor()
      },
      withEvents(2000, Date.now() + 3_600_000),
    )) // the newest of now: today is active from its first minute on

  it('says when a period holds nothing, where the newest event is, and offers all', () =>
    inWindow(
      async ({ page }) => {
        await figure(page, 'events').waitFor()
        await page.getByRole('link', { name: '7 d', exact: true }).click()
        await shows(page, 'No events in the last 7 days')
        await shows(page, /The newest event of this file is from .*2024/)
        await page.getByRole('link', { name: 'Show all' }).click()
        await events(page, '50')
      },
      withEvents(50, Date.UTC(2024, 3, 2)),
    ))

  it('says in a sentence what a timeline of one bar would not', () =>
    inWindow(
      async ({ page }) => {
        await shows(page, /The one event is from .*2026, \d\d:\d\d:\d\d\./)
        expect(await page.locator('canvas').count()).toBe(0)
      },
      withEvents(1, Date.UTC(2026, 2, 4, 12)),
    ))

  it('says that a file without events holds none yet', () =>
    inWindow(async ({ page }) => shows(page, 'The file holds no events yet'), withEvents(0)))

  it('lets arrow keys walk along the timeline and says each bar', () =>
    inWindow(
      async ({ page }) => {
        await charted(page)
        await page.getByRole('application', { name: /^Events per day/ }).focus()
        await page.keyboard.press('Home')
        await page
          .getByRole('status')
          .getByText(/Feb 1, 2026: 1 event, /)
          .waitFor()
        await page.keyboard.press('ArrowRight')
        await page
          .getByRole('status')
          .getByText(/Feb 2, 2026: 24 events, \d failed, /)
          .waitFor()
      },
      withEvents(4 * 24 + 1, Date.UTC(2026, 1, 6)),
    ))

  it('shows the bar under the pointer with its exact count', () =>
    inWindow(
      async ({ page }) => {
        await charted(page)
        const field = page.getByRole('application', { name: /^Events per day/ })
        const box = (await field.boundingBox()) ?? { width: 0, height: 0 }
        await field.hover({ position: { x: box.width / 2, y: box.height / 2 } })
        await page.locator('.tip').getByText('24', { exact: true }).waitFor()
        await page.mouse.move(0, 0)
        await page.locator('.tip').waitFor({ state: 'detached' })
      },
      withEvents(10 * 24, Date.now() - day),
    ))
})
