// Choosing on the charts, as a person would: every other chart and figure answers. What must be counted is told by
// the rule by which the file was made: event i is i hours before the last, every ninth failed, every fourth is a
// skill_execution.
import type { Locator, Page } from 'playwright-core'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { events, inWindow, shows, withEvents } from './window.ts'

const hour = 3_600_000
const day = 24 * hour
const list = (page: Page, name: string): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name }) })
const bar = (page: Page, name: string, value: string): Locator =>
  list(page, name).locator('button.row', { hasText: value })

describe('figures', () => {
  it('say how they changed against the period before, failures in points', () =>
    inWindow(async ({ page }) => {
      await events(page, '250')
      expect(await page.locator('.change').count()).toBe(0)
      await page.getByRole('link', { name: '7 d', exact: true }).click()
      await page.locator('.change').first().waitFor()
      const now = Date.now()
      const since = Math.floor(now / day) * day - 6 * day
      const times = Array.from({ length: 250 }, (_, i) => now - (250 - i) * hour - 3000)
      const within = (from: number, to: number) => times.filter((time) => time >= from && time < to).length
      const ratio = within(since, now) / within(since - 7 * day, now - 7 * day) - 1
      const said = await page.locator('dl > div').first().locator('.change').textContent()
      expect(said).toBe(`▲ ${Math.round(100 * ratio)}%`)
      await shows(page, /Changes are against/)
      // the head names the days that are counted, also those before the first event
      await page.getByRole('link', { name: '90 d', exact: true }).click()
      const first = new Date((Math.floor(now / day) - 89) * day)
      const said90 = first.toLocaleDateString('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric' })
      await page.locator('header .span', { hasText: `${said90} – ` }).waitFor()
    }, withEvents(250)))
})

describe('a list of bars', () => {
  it('shows count, share, error rate and median of each value, and is sorted by any of them', () =>
    inWindow(async ({ page }) => {
      await events(page, '180')
      const kinds = list(page, 'Kind of event')
      await expect
        .poll(() => kinds.locator('li').allTextContents())
        .toEqual([
          expect.stringMatching(/^agent_execution\s*135\s*75%\s*11%\s*\d+\sms/),
          expect.stringMatching(/^skill_execution\s*45\s*25%\s*11%\s*\d+\sms/),
        ])
      await kinds.getByRole('button', { name: 'Kind of event', exact: true }).click()
      await list(page, 'Agent').getByRole('button', { name: 'Errors' }).click()
      const rates = await list(page, 'Agent').locator('li').allTextContents()
      const shares = rates.map((text) => Number(/(\d+(?:\.\d)?)%\s*\d+\sms/.exec(text)?.[1]))
      expect(shares).toEqual(shares.toSorted((a, b) => b - a))
    }, withEvents(180)))

  it('takes a second choice that comes before the first is counted, and keeps both', () =>
    inWindow(async ({ page }) => {
      await events(page, '180')
      await bar(page, 'Agent', 'planner').waitFor()
      await page.evaluate(() => {
        for (const name of ['planner', 'skill_execution']) {
          const bars = [...document.querySelectorAll<HTMLElement>('button.row')]
          bars.find(({ textContent }) => textContent.includes(name))?.click()
        }
      })
      await page.getByRole('button', { name: /Turn round: Agent is planner/ }).waitFor()
      await page.getByRole('button', { name: /Turn round: Kind of event is skill_execution/ }).waitFor()
      expect(page.url()).toMatch(/where=.*where=/)
    }, withEvents(180)))

  it('chooses by a click, adds with Ctrl, leaves out with Shift, and lets go by the same click', () =>
    inWindow(async ({ page }) => {
      await events(page, '180')
      await bar(page, 'Kind of event', 'skill_execution').click()
      await events(page, '45')
      await page.getByRole('button', { name: 'Turn round: Kind of event is skill_execution' }).waitFor()
      await bar(page, 'Kind of event', 'agent_execution').click({ modifiers: ['Control'] })
      await events(page, '180')
      await bar(page, 'Kind of event', 'agent_execution').click({ modifiers: ['Shift'] })
      await events(page, '45')
      await page.goBack()
      await page.goBack()
      await events(page, '45')
      await bar(page, 'Kind of event', 'skill_execution').click()
      await events(page, '180')
    }, withEvents(180)))

  it('of thousands of values opens what is not shown, page by page, and finds one by a word', () =>
    inWindow(
      async ({ page }) => {
        await events(page, '3,000')
        const tools = list(page, 'Tool')
        expect(await tools.locator('li').count()).toBe(8)
        await tools.getByRole('button', { name: /^1,492 other values/ }).click()
        expect(await tools.locator('li').count()).toBe(108)
        await tools.getByRole('button', { name: 'Show 100 more values' }).click()
        expect(await tools.locator('li').count()).toBe(208)
        const search = tools.getByRole('searchbox')
        await search.fill('tool-1234')
        expect(await tools.locator('li').count()).toBe(1)
        await search.press('Enter')
        await events(page, '2')
        await search.fill('')
        await tools.getByRole('button', { name: 'Show fewer' }).click()
        expect(await tools.locator('li').allTextContents()).toContainEqual(
          expect.stringContaining('tool-1234'),
        )
      },
      (folder) => {
        const file = join(folder, 'many.db')
        const db = new DatabaseSync(file)
        db.exec('CREATE TABLE telemetry_events (id, event_type, event_data, timestamp)')
        const insert = db.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?)')
        db.exec('BEGIN')
        for (let i = 0; i < 3000; i++) {
          const data = JSON.stringify({ tool_name: `tool-${i % 1500}` })
          insert.run(i, 'agent_execution', data, new Date(Date.UTC(2026, 4, 1) + i * hour).toISOString())
        }
        db.exec('COMMIT')
        db.close()
        return { file }
      },
    ))
})

describe('the period', () => {
  it('is chosen by days, the panel closes with Escape, and the focus goes back', () =>
    inWindow(
      async ({ page }) => {
        await events(page, '480')
        const opener = page.getByRole('button', { name: 'Choose days' })
        await opener.click()
        await page.getByRole('dialog').getByLabel('From').waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').getByLabel('From').waitFor({ state: 'hidden' })
        expect(await opener.evaluate((button) => button.matches(':focus'))).toBe(true)
        await opener.click()
        await page.getByRole('button', { name: /^First event: Mar 1, 2026/ }).click()
        await page.getByRole('dialog').getByLabel('To').fill('2026-03-05')
        await page.getByRole('button', { name: 'Show', exact: true }).click()
        await events(page, '120')
        await page.getByRole('button', { name: 'Mar 1 – 5, 2026' }).waitFor()
        await page.reload()
        await events(page, '120')
      },
      withEvents(480, Date.UTC(2026, 2, 21)),
    ))
})

it('only what failed, or any value, is chosen from the head of the screen', () =>
  inWindow(async ({ page }) => {
    await events(page, '180')
    await page.getByRole('button', { name: 'Failed only' }).click()
    await events(page, '20')
    await page.getByRole('button', { name: 'Turn round: failed' }).click()
    await events(page, '160')
    await page.getByRole('button', { name: '+ Filter' }).click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('skill_ex')
    await page.keyboard.press('Enter')
    await events(page, '40')
  }, withEvents(180)))

describe('percentiles', () => {
  it('are worked out when the counts are painted, which would else have to share the processor', () =>
    inWindow(async ({ page }) => {
      await events(page, '180')
      const framesBetween = await page.evaluate(clockChoices, 12)
      expect(framesBetween.length).toBeGreaterThan(5)
      expect(framesBetween.filter((frames) => frames === 0)).toEqual([])
    }, withEvents(180)))
})

/**
 * Runs in the page: for each of so many choices, how many frames began between its counts and its percentiles. Where
 * frames are late, percentiles no longer wait for them; those choices are left out.
 */
async function clockChoices(choices: number): Promise<number[]> {
  const late = 90
  const entry = (what: string): PerformanceEntry | undefined =>
    performance.getEntriesByName(`sightglass ${what}`)[0]
  const found: number[] = []
  for (let i = 0; i < choices; i++) {
    const began = performance.now()
    location.hash = location.hash.replace(/&failed=[^&]*/, '') + (i % 2 === 0 ? '&failed=yes' : '')
    const frames: number[] = []
    while ((entry('percentiles')?.startTime ?? 0) < began)
      frames.push(await new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now()))))
    const [counts, percentiles] = [entry('counts'), entry('percentiles')]
    if (counts === undefined || percentiles === undefined) continue
    const [from, to] = [counts, percentiles].map(({ startTime, duration }) => startTime + duration)
    if (from !== undefined && to !== undefined && to - from < late)
      found.push(frames.filter((time) => time > from && time < to).length)
  }
  return found
}
