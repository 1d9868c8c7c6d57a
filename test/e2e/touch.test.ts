// By finger, as on a tablet or a touch screen: a tap is a click, a stroke across a chart draws a stretch, a stroke up
// or down scrolls the page as everywhere. The touches come from the browser itself, so that its own rules hold of
// what is a stroke, a scroll or a click.
import type { CDPSession, Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { events, figure, inWindow, withEvents } from './window.ts'

interface Finger {
  tap(on: Locator): Promise<void>
  /** From one place of an element to another, both in parts of its width and height. */
  stroke(on: Locator, from: Spot, to: Spot): Promise<void>
  down(on: Locator, at: Spot): Promise<void>
  move(on: Locator, to: Spot): Promise<void>
  up(): Promise<void>
}
type Spot = readonly [x: number, y: number]

async function fingerOn(page: Page): Promise<Finger> {
  const browser: CDPSession = await page.context().newCDPSession(page)
  await browser.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 })
  const touch = async (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    on: Locator | null,
    [x, y]: Spot,
  ): Promise<void> => {
    const box = (await on?.boundingBox()) ?? null
    const touchPoints = box === null ? [] : [{ x: box.x + x * box.width, y: box.y + y * box.height }]
    await browser.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
  const finger: Finger = {
    tap: async (on) => {
      await on.scrollIntoViewIfNeeded()
      await touch('touchStart', on, [0.5, 0.5])
      await touch('touchEnd', null, [0, 0])
    },
    stroke: async (on, from, to) => {
      await finger.down(on, from)
      for (let step = 1; step <= 8; step++)
        await finger.move(on, [
          from[0] + ((to[0] - from[0]) * step) / 8,
          from[1] + ((to[1] - from[1]) * step) / 8,
        ])
      await finger.up()
    },
    down: (on, at) => touch('touchStart', on, at),
    move: (on, to) => touch('touchMove', on, to),
    up: () => touch('touchEnd', null, [0, 0]),
  }
  return finger
}

const field = (page: Page, name: RegExp): Locator => page.getByRole('application', { name })
const chips = (page: Page): Promise<string[]> =>
  page.getByRole('list', { name: 'What is chosen' }).locator('.turn').allTextContents()

it('a tap on a bar chooses it, a second one lets it go', () =>
  inWindow(async ({ page }) => {
    await events(page, '180')
    const finger = await fingerOn(page)
    const bar = page.locator('button.row', { hasText: 'skill_execution' })
    await finger.tap(bar)
    await events(page, '45')
    expect(await chips(page)).toEqual(['Kind of event is skill_execution'])
    await finger.tap(bar)
    await events(page, '180')
  }, withEvents(180)))

it('a stroke across the timeline chooses the time it was drawn over, and shows it while the finger is down', () =>
  inWindow(async ({ page }) => {
    await events(page, '180')
    const finger = await fingerOn(page)
    const timeline = field(page, /^Events per/)
    await finger.down(timeline, [0.25, 0.5])
    for (const x of [0.3, 0.4, 0.5]) await finger.move(timeline, [x, 0.5])
    await page.locator('.field .stretch').waitFor()
    expect(await page.locator('.tip').isVisible()).toBe(true)
    await expect.poll(() => figure(page, 'events').first().textContent()).not.toBe('180')
    expect(await chips(page)).toEqual([])
    await finger.up()
    await expect.poll(() => chips(page)).toHaveLength(1)
    await page.locator('.tip').waitFor({ state: 'detached' })
    await page.reload()
    await expect.poll(() => chips(page)).toHaveLength(1)
  }, withEvents(180)))

it('strokes and taps choose durations, hours and days as well', () =>
  inWindow(async ({ page }) => {
    await events(page, '400')
    const finger = await fingerOn(page)
    const durations = field(page, /^Durations/)
    await durations.scrollIntoViewIfNeeded()
    await finger.stroke(durations, [0.2, 0.5], [0.6, 0.5])
    await expect.poll(() => chips(page)).toHaveLength(1)
    await page.goBack()
    await events(page, '400')
    const hours = field(page, /^Hours/)
    await hours.scrollIntoViewIfNeeded()
    await finger.stroke(hours, [0.3, 0.1], [0.6, 0.1])
    await expect.poll(() => chips(page)).toHaveLength(1)
  }, withEvents(400)))

it('a stroke up over a chart scrolls the page and chooses nothing', () =>
  inWindow(async ({ page }) => {
    await events(page, '180')
    const finger = await fingerOn(page)
    const top = (): Promise<number> => page.locator('main').evaluate((main) => main.scrollTop)
    expect(await top()).toBe(0)
    await finger.stroke(field(page, /^Events per/), [0.5, 0.9], [0.5, -0.6])
    await expect.poll(top).toBeGreaterThan(50)
    expect(await chips(page)).toEqual([])
    await events(page, '180')
  }, withEvents(180)))
