// Files of programs that no format knows: what they are taken for is said, and can be put right.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dropFiles, makeVisits } from './files.ts'
import { events, inWindow, shows } from './window.ts'

const prepare = (folder: string): { file: string } => {
  makeVisits(join(folder, 'History'), 90)
  mkdirSync(join(folder, 'other'))
  makeVisits(join(folder, 'other/History.db'), 70)
  return { file: join(folder, 'History') }
}
const change = (page: Page): Locator => page.getByRole('button', { name: 'Change' })
const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'What are its events?' })
const hasFocus = (locator: Locator): Promise<boolean> => locator.evaluate((one) => one.matches(':focus'))

async function openAgain(page: Page, path: string): Promise<void> {
  await page.evaluate((file) => {
    location.hash = `#/overview?${new URLSearchParams({ file }).toString()}`
  }, path)
}

describe('a file of an unknown format', () => {
  it('says what it was taken for, how sure that is and why', () =>
    inWindow(async ({ page }) => {
      await events(page, '90')
      await shows(
        page,
        /the rows of visits, timed by visit_time \(microseconds since 1601\)\. Sure: no other/,
      )
    }, prepare))

  it('can be taken for something else by keys alone, and Escape gives that up', () =>
    inWindow(async ({ page }) => {
      await change(page).focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => hasFocus(panel(page).getByLabel('Table'))).toBe(true)
      await page.keyboard.press('6') // letter keys rest meanwhile
      await panel(page).getByText('Group by').waitFor()
      await page.keyboard.press('Escape')
      await panel(page).waitFor({ state: 'hidden' })
      expect(await hasFocus(change(page))).toBe(true)
      expect(page.url()).toContain('overview')
      await events(page, '90')
    }, prepare))

  it('shows what another way of writing times would make of the values', () =>
    inWindow(async ({ page }) => {
      await change(page).click()
      const written = panel(page).getByLabel('Written as')
      await panel(page).getByText('First Nov 16, 2026, 06:00:00, last Nov 19, 2026, 23:00:00.').waitFor()
      await written.selectOption('seconds')
      await panel(page).getByText('Read like this, the values are no times.').waitFor()
      await panel(page).getByLabel('Table').selectOption('notes')
      await panel(page).getByText('First Nov 18, 2026, 13:00:00, last Nov 20, 2026, 00:00:00.').waitFor()
      await written.selectOption('cocoa')
      await panel(page)
        .getByText(/First Nov \d+, 2057/)
        .waitFor()
    }, prepare))

  it('is read as chosen, at once and whenever its like is opened, until it is guessed again', () =>
    inWindow(async ({ page, folder }) => {
      await events(page, '90')
      await change(page).click()
      await panel(page).getByLabel('Table').selectOption('notes')
      await panel(page).getByRole('button', { name: 'Apply' }).click()
      await events(page, '8')
      await shows(page, /the rows of notes, timed by written \(seconds since 1970\)\. Chosen by you\./)
      expect(await hasFocus(change(page))).toBe(true)
      await openAgain(page, join(folder, 'other/History.db'))
      await page.getByText('History.db').first().waitFor()
      await shows(page, 'Chosen by you')
      await events(page, '8')
      await change(page).click()
      await panel(page).getByRole('button', { name: 'Guess again' }).click()
      await events(page, '70')
      await shows(page, 'the rows of visits')
      await openAgain(page, join(folder, 'History'))
      await events(page, '90')
    }, prepare))

  it('groups by and adds up what is ticked', () =>
    inWindow(async ({ page }) => {
      await page.getByRole('heading', { name: 'Site' }).waitFor()
      await change(page).click()
      await panel(page).getByRole('group', { name: 'Group by' }).getByLabel('site').uncheck()
      await panel(page).getByRole('button', { name: 'Apply' }).click()
      await page.getByRole('heading', { name: 'Site' }).waitFor({ state: 'detached' })
      await page.getByRole('heading', { name: 'Transition' }).waitFor()
      await change(page).click()
      expect(await panel(page).getByLabel('site').isChecked()).toBe(false)
    }, prepare))

  it('that was dropped is read again as chosen, from what was dropped', () =>
    inWindow(async ({ page, folder }) => {
      makeVisits(join(folder, 'dropped.db'), 33)
      await dropFiles(page, join(folder, 'dropped.db'))
      await events(page, '33')
      await change(page).click()
      await panel(page).getByLabel('Table').selectOption('notes')
      await panel(page).getByRole('button', { name: 'Apply' }).click()
      await events(page, '8')
      await shows(page, 'Chosen by you')
    }))
})
