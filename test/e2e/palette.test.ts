// The palette of commands: everything from the keyboard, and the focus where it was.
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { events, inBrowser, inWindow, shows, withEvents } from './window.ts'

const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Commands' })
const chosen = (page: Page): Promise<string | null> =>
  palette(page).getByRole('option', { selected: true }).textContent()
const hasFocus = (of: Locator): Promise<boolean> => of.evaluate((element) => element.matches(':focus'))

async function command(page: Page, typed: string, key = 'Enter'): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(typed)
  await palette(page).getByRole('option', { selected: true }).waitFor()
  await page.keyboard.press(key)
  await palette(page).waitFor({ state: 'hidden' })
}

/** One right after another: no frame comes between them, in which the browser would move the focus. */
const pressAtOnce = (page: Page, ...keys: readonly string[]): Promise<void> =>
  page.evaluate((pressed) => {
    for (const key of pressed)
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      )
  }, keys)

describe('the palette', () => {
  it('goes to a screen, changes the period, filters, draws and sets, by a few letters each', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      await command(page, 'sett')
      await expect.poll(() => page.title()).toContain('Settings')
      await command(page, 'theme dark')
      await page.getByLabel('Dark').and(page.locator(':checked')).waitFor()
      await command(page, 'time zone')
      expect(await hasFocus(page.getByRole('combobox'))).toBe(true)
      await command(page, 'overv')
      await command(page, 'agent planner')
      await expect.poll(() => page.url()).toContain('where=agent')
      await command(page, 'last 7')
      await expect.poll(() => page.url()).toContain('period=7d')
      await command(page, 'as tables')
      await page.locator('table').first().waitFor()
      await command(page, 'divide agent')
      await expect.poll(() => page.url()).toContain('by=agent')
      await command(page, 'compare period')
      await expect.poll(() => page.url()).toContain('compare=')
    }, withEvents(40)))

  it('is a combobox: the arrow keys choose in its list, which says so, and Escape gives the focus back', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      const opener = page.getByRole('button', { name: /^Commands/ })
      await opener.focus()
      await page.keyboard.press('Enter')
      const field = palette(page).getByRole('combobox')
      expect(await hasFocus(field)).toBe(true)
      expect(await chosen(page)).toContain('Files')
      await page.keyboard.press('ArrowDown')
      expect(await chosen(page)).toContain('Overview')
      const active = await field.getAttribute('aria-activedescendant')
      const selected = palette(page).getByRole('option', { selected: true })
      expect(await selected.getAttribute('id')).toBe(active)
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('ArrowUp')
      expect(await chosen(page)).not.toContain('Files')
      await page.keyboard.type('zzzz')
      await palette(page).getByText('No command fits').waitFor()
      await page.keyboard.press('Escape')
      await palette(page).waitFor({ state: 'hidden' })
      expect(await hasFocus(opener)).toBe(true)
    }, withEvents(40)))

  it('opens with / where a screen has no search, and with f to filter only; letters rest in it', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      await page.keyboard.press('/')
      await palette(page).waitFor()
      await page.keyboard.type('1')
      expect(await page.title()).toContain('Overview')
      await pressAtOnce(page, 'Escape', 'f')
      await palette(page).getByPlaceholder('Filter to a value').waitFor()
      await page.keyboard.type('reviewer')
      await page.keyboard.press('Shift+Enter')
      await page.getByRole('button', { name: /Turn round: Agent is not code-reviewer/ }).waitFor()
    }, withEvents(40)))

  it('opens a file of the lists', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      await command(page, 'go files')
      await page.getByRole('button', { name: /^Take telemetry\.db/ }).waitFor()
      await command(page, 'open telemetry')
      await events(page, '40')
    }, withEvents(40)))
})

describe('Escape', () => {
  it('lets the newest choice go, one after another, and nothing else', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      await command(page, 'agent planner')
      await command(page, 'filter failed')
      await expect.poll(() => page.url()).toContain('failed=yes')
      await page.keyboard.press('Escape')
      await expect.poll(() => page.url()).not.toContain('failed')
      expect(page.url()).toContain('where=agent')
      await page.keyboard.press('Escape')
      await expect.poll(() => page.url()).not.toContain('where')
      await page.keyboard.press('Escape')
      await events(page, '40')
    }, withEvents(40)))
})

describe('the focus', () => {
  it('goes to the screen when what had it is gone', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      await page.getByRole('link', { name: 'Files' }).click()
      await page.getByRole('button', { name: /^Take telemetry\.db/ }).focus()
      await page.keyboard.press('Enter')
      await page.getByText('Opened lately').waitFor({ state: 'detached' })
      await expect.poll(() => hasFocus(page.locator('main'))).toBe(true)
      await page.keyboard.press('6')
      await shows(page, 'Time zone')
    }, withEvents(40)))
})

describe('Sharing and Community', () => {
  it('say that nothing leaves and nothing is fetched, and show the bytes that would leave', () =>
    inWindow(async ({ page }) => {
      await events(page, '40')
      await page.keyboard.press('4')
      await shows(page, 'Nothing leaves this machine')
      await shows(page, 'Sharing is off, until you switch it on.')
      const bytes = page.getByRole('region', { name: 'Bytes of the report' })
      await bytes.filter({ hasText: 'planner' }).waitFor()
      await page.getByRole('button', { name: 'Show it for basic' }).click()
      await bytes.filter({ hasNotText: 'planner' }).waitFor()
      await page.keyboard.press('5')
      await shows(page, 'Nothing is fetched')
    }, withEvents(40)))
})

if (inBrowser)
  describe('a link to this view', () => {
    it('is copied with what is chosen', () =>
      inWindow(async ({ page }) => {
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
        await events(page, '40')
        await command(page, 'agent planner')
        await command(page, 'copy link')
        await page.getByText('The link is copied').waitFor()
        const copied = await page.evaluate(() => navigator.clipboard.readText())
        expect(copied).toBe(page.url())
        expect(copied).toContain('planner')
      }, withEvents(40)))
  })
