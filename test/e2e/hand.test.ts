// Keys, the address, and the settings: what the hand does everywhere.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { makeVisits } from './files.ts'
import { charted, events, inWindow, shows, withEvents } from './window.ts'

const background = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
const screenTitle = (page: Page): Promise<string> => page.title()

describe('keys', () => {
  it('go to the screens by number, rest in fields, and are listed by ?', () =>
    inWindow(async ({ page, kind }) => {
      await page.keyboard.press('6')
      await expect.poll(() => screenTitle(page)).toContain('Settings')
      await page.keyboard.press('2')
      await shows(page, 'No file is open')
      await page.keyboard.press('1')
      await shows(page, 'Found on this machine')
      if (kind === 'web') {
        await page.keyboard.press('o')
        await expect
          .poll(() => page.getByRole('combobox').evaluate((field) => field.matches(':focus')))
          .toBe(true)
        await page.keyboard.type('4')
        expect(await screenTitle(page)).toContain('Files')
        await page.keyboard.press('Escape')
        await page.locator('main').focus()
      }
      const opener = page.getByRole('button', { name: 'Keys' })
      await opener.click()
      await page.getByRole('dialog').getByText('Go to Overview').waitFor()
      await page.keyboard.press('6')
      expect(await screenTitle(page)).toContain('Files')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      expect(await opener.evaluate((button) => button.matches(':focus'))).toBe(true)
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    }))

  it('can be switched off', () =>
    inWindow(async ({ page }) => {
      await page.keyboard.press('6')
      await page.getByLabel('Use letter keys').click()
      await page.getByLabel('Use letter keys').blur()
      await page.keyboard.press('1')
      await page.keyboard.press('?')
      expect(await screenTitle(page)).toContain('Settings')
      expect(await page.getByRole('dialog').count()).toBe(0)
    }))
})

describe('the address', () => {
  it('keeps screen and file over back, forward and reload', () =>
    inWindow(async ({ page }) => {
      await events(page, '20')
      await page.getByRole('link', { name: 'Settings' }).click()
      await shows(page, 'Time zone')
      await page.goBack()
      await events(page, '20')
      await page.goForward()
      await shows(page, 'Time zone')
      await page.reload()
      await shows(page, 'Time zone')
      await page.getByRole('link', { name: 'Overview' }).click()
      await events(page, '20')
    }, withEvents(20)))
})

describe('settings', () => {
  it('change the theme at once, keep it over a reload, and can be reset', () =>
    inWindow(async ({ page }) => {
      const light = await background(page)
      await page.keyboard.press('6')
      await page.getByLabel('Dark').click()
      await expect.poll(() => background(page)).not.toBe(light)
      const dark = await background(page)
      await page.reload()
      await page.getByLabel('Dark').waitFor()
      expect(await background(page)).toBe(dark)
      await page.getByRole('button', { name: 'Reset theme' }).click()
      await expect.poll(() => background(page)).toBe(light)
    }))

  it('move the days of every chart with the time zone', () =>
    inWindow(
      async ({ page }) => {
        await shows(page, /Mar 4, 2026, 22:30:00/)
        await page.keyboard.press('6')
        await page.getByRole('combobox').selectOption('Asia/Tokyo')
        await page.getByRole('link', { name: 'Overview' }).click()
        await shows(page, /Mar 5, 2026, 07:30:00 · Asia\/Tokyo/)
      },
      async (folder) => {
        const prepared = await withEvents(1, Date.UTC(2026, 2, 4, 23, 30))(folder)
        return prepared
      },
    ))

  it('begin the weeks of the timeline on the chosen day', () =>
    inWindow(
      async ({ page }) => {
        await charted(page)
        await page.keyboard.press('6')
        await page.getByLabel('Monday').click()
        await page.getByRole('link', { name: 'Overview' }).click()
        await page.keyboard.press('t')
        const firstDays = page
          .getByRole('region', { name: 'Events per week' })
          .locator('tbody td:first-child')
        await firstDays.first().waitFor()
        await expect.poll(() => firstDays.first().textContent()).toMatch(/^Mon/)
      },
      withEvents(24 * 130),
    ))
})

describe('the Settings screen', () => {
  it('finds a setting by a few letters, after / as everywhere, and says when there is none', () =>
    inWindow(async ({ page }) => {
      await page.keyboard.press('6')
      await shows(page, 'Time zone')
      await page.keyboard.press('/')
      await page.keyboard.type('dark')
      await page.getByText('Where days begin').waitFor({ state: 'detached' })
      await shows(page, 'Light, dark, or as the system has it')
      await page.keyboard.type('nonsense')
      await shows(page, 'No setting is about')
      await page.keyboard.press('Escape')
      await shows(page, 'Time zone')
    }))

  it('resets all settings at once', () =>
    inWindow(async ({ page }) => {
      const light = await background(page)
      await page.keyboard.press('6')
      await page.getByLabel('Dark').click()
      await page.getByRole('combobox').selectOption('Asia/Tokyo')
      await expect.poll(() => background(page)).not.toBe(light)
      await page.getByRole('button', { name: 'Reset all settings' }).click()
      await expect.poll(() => background(page)).toBe(light)
      expect(await page.getByRole('combobox').inputValue()).toBe('')
      await page.getByRole('button', { name: 'Reset all settings' }).waitFor({ state: 'detached' })
    }))

  it('lists what was said of guessed files, and forgets it', () =>
    inWindow(
      async ({ page }) => {
        await page.getByRole('button', { name: 'Change' }).click()
        const panel = page.getByRole('dialog')
        await panel.getByLabel('Table').selectOption({ index: 1 })
        await panel.getByRole('button', { name: 'Apply' }).click()
        await panel.waitFor({ state: 'hidden' })
        await page.keyboard.press('6')
        await shows(page, /^notes, timed by written/)
        await page.getByRole('button', { name: /^Forget what was said of notes/ }).click()
        await shows(page, 'You have corrected no file yet')
        await page.keyboard.press('2')
        await shows(page, /the rows of visits/)
      },
      (folder) => {
        makeVisits(join(folder, 'History'), 90)
        return { file: join(folder, 'History') }
      },
    ))

  it('empties the list of files opened lately, and leaves the files alone', () =>
    inWindow(async ({ page, folder }) => {
      await events(page, '20')
      await page.keyboard.press('6')
      await shows(page, join(folder, 'telemetry.db'))
      await page.getByRole('button', { name: 'Empty the list' }).click()
      await shows(page, 'The list is empty')
      expect(existsSync(join(folder, 'telemetry.db'))).toBe(true)
    }, withEvents(20)))
})
