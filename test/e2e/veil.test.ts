// The privacy veil on the Overview: what a person wouldn't show a stranger is nowhere on the page, not in bars, chips,
// lanes, tables, tooltips or the palette, and can still be told apart and chosen.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { events, inWindow } from './window.ts'

const programs = ['git', 'hushhush', 'make']
const hour = 3_600_000

/** A shell's history: commands, folders and the computer are the person's own, the exit code is not. */
function makeHistory(path: string): void {
  const db = new DatabaseSync(path)
  db.exec(`CREATE TABLE history (id TEXT PRIMARY KEY, timestamp INTEGER NOT NULL, duration INTEGER NOT NULL,
    exit INTEGER NOT NULL, command TEXT NOT NULL, cwd TEXT NOT NULL, session TEXT NOT NULL,
    hostname TEXT NOT NULL, deleted_at INTEGER)`)
  const insert = db.prepare('INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)')
  const last = Date.now() - hour
  for (let i = 0; i < 120; i++)
    insert.run(
      `command-${i}`,
      BigInt(last - (120 - i) * hour) * 1_000_000n,
      BigInt(40 + (i % 7) * 30) * 1_000_000n,
      i % 9 === 0 ? 1 : 0,
      `${programs[i % 3] ?? ''} now`,
      `/home/me/quiet-${i % 2}`,
      's',
      'mymachine:me',
    )
  db.close()
}

const withHistory = (folder: string): { file: string } => {
  makeHistory(join(folder, 'history.db'))
  return { file: join(folder, 'history.db') }
}
const secret = /hushhush|quiet-\d|mymachine/
const list = (page: Page, name: string) =>
  page.locator('section', { has: page.getByRole('heading', { name, exact: true }) })
/** All that is on the page to be read, or read aloud; where links lead is the address, which tells what is chosen. */
const told = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('body, body *')]
      .flatMap(({ childNodes, attributes }) => [
        ...[...childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : '')),
        ...[...attributes].map(({ name, value }) => (name === 'href' ? '' : value)),
      ])
      .filter((text) => text.trim() !== '')
      .join('\n'),
  )
const tells = async (page: Page): Promise<boolean> => secret.test(await told(page))
const draw = async (page: Page): Promise<void> => {
  await page.keyboard.press('v')
  await expect.poll(() => tells(page)).toBe(false)
}

describe('under the veil', () => {
  it('bars have numbers for names and can be chosen, and the chip says no more', () =>
    inWindow(async ({ page }) => {
      await events(page, '120')
      expect(await tells(page)).toBe(true)
      await draw(page)
      const bars = list(page, 'Folder').locator('button.row')
      await expect.poll(() => bars.locator('.label').allTextContents()).toEqual(['veiled 1', 'veiled 2'])
      expect(await list(page, 'Exit code').locator('.label').allTextContents()).toEqual(['0', '1'])
      await bars.first().click()
      await events(page, '60')
      await page.getByRole('button', { name: 'Turn round: Folder is veiled 1' }).waitFor()
      expect(await tells(page)).toBe(false)
      await page.getByRole('button', { name: 'Turn round: Folder is veiled 1' }).click()
      await page.getByRole('button', { name: 'Turn round: Folder is not veiled 1' }).waitFor()
      await page.keyboard.press('v')
      await page.getByRole('button', { name: /^Turn round: Folder is not \/home\/me\/quiet-/ }).waitFor()
    }, withHistory))

  it('the keys of a divided timeline, its tooltip, the lanes and the palette say no more', () =>
    inWindow(async ({ page }) => {
      await events(page, '120')
      await draw(page)
      await list(page, 'Program').getByRole('button', { name: 'Divide the timeline by Program' }).click()
      await page.getByRole('list', { name: 'Colours' }).getByText('veiled 2').waitFor()
      const timeline = page.getByRole('application', { name: /^Events per/ })
      await timeline.focus()
      await page.keyboard.press('End')
      await page
        .locator('.tip')
        .getByText(/^veiled \d$/)
        .first()
        .waitFor()
      expect(await tells(page)).toBe(false)
      const lanes = page.locator('.lanes .field')
      await lanes.focus()
      await page.keyboard.press('ArrowRight')
      await page
        .locator('.tip')
        .getByText(/^veiled \d, /)
        .waitFor()
      expect(await tells(page)).toBe(false)
      await page.keyboard.press('f')
      await page.getByRole('option', { name: /Folder is veiled 1/ }).waitFor()
      expect(await tells(page)).toBe(false)
    }, withHistory))

  it('the tables have the same numbers for names', () =>
    inWindow(async ({ page }) => {
      await events(page, '120')
      await draw(page)
      await list(page, 'Program').getByRole('button', { name: 'Divide the timeline by Program' }).click()
      await page.keyboard.press('t')
      await page.getByRole('columnheader', { name: 'veiled 1' }).waitFor()
      await page.getByRole('cell', { name: 'veiled 1' }).first().waitFor()
      expect(await tells(page)).toBe(false)
    }, withHistory))
})
