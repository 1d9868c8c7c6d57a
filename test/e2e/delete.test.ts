// Records are deleted for good, as a person would: found, looked at, confirmed, taken back in time, and proved gone.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { inWindow, withEvents } from './window.ts'

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Records' })
const line = (page: Page, row: number): Locator => grid(page).locator('[role=row]:not(.head)').nth(row)
const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'Delete for good' })
const button = (page: Page, name: string): Locator => panel(page).getByRole('button', { name, exact: true })
const says = (page: Page, text: string): Promise<void> => panel(page).getByText(text).first().waitFor()

async function toRecords(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await page.getByRole('link', { name: 'Records' }).click()
  await line(page, 12).waitFor()
}
function idsIn(path: string): string[] {
  const db = new DatabaseSync(path, { readOnly: true })
  const rows = db.prepare('SELECT id FROM telemetry_events ORDER BY rowid').all()
  db.close()
  return rows.map(({ id }) => String(id))
}

describe('deleting', () => {
  it('is previewed, asked once more, held back, and can be taken back before anything has happened', () =>
    inWindow(async ({ page, folder }) => {
      const path = join(folder, 'telemetry.db')
      await toRecords(page)
      await line(page, 0).click({ modifiers: ['ControlOrMeta'] })
      await line(page, 3).click({ modifiers: ['ControlOrMeta'] })
      await grid(page).focus()
      await page.keyboard.press('Delete')
      await says(page, '2 events would go')
      await says(page, '498 events stay')
      expect((await new AxeBuilder({ page }).include('dialog[open]').analyze()).violations).toEqual([])
      await button(page, 'Delete 2 events…').click()
      await says(page, 'Delete 2 events for good?')
      await button(page, 'Keep them').click()
      await says(page, '2 events would go')
      await button(page, 'Delete 2 events…').click()
      await button(page, 'Delete 2 events').click()
      await says(page, 'Nothing has happened yet')
      expect(idsIn(path)).toHaveLength(500)
      await button(page, 'Take it back').click()
      await says(page, '2 events would go')
      await page.waitForTimeout(11_000) // longer than it is held back
      expect(idsIn(path)).toHaveLength(500)
    }, withEvents(500)))

  it('P6: takes what the filters show out of the file for good, proves it, and the charts show the rest', () =>
    inWindow(async ({ page, folder }) => {
      const path = join(folder, 'telemetry.db')
      await toRecords(page)
      await page.getByRole('button', { name: 'Failed only' }).click()
      await page.getByText('55 records', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Delete…' }).click()
      await says(page, '55 events would go')
      await button(page, 'Delete 55 events…').click()
      await button(page, 'Delete 55 events').click()
      await says(page, '55 events are deleted')
      await says(page, 'Proved gone')
      const left = idsIn(path)
      expect(left).toHaveLength(445)
      expect(left.filter((id) => Number(id.slice(6)) % 9 === 8)).toEqual([])
      const bytes = await readFile(path, 'latin1')
      expect(bytes).toContain('event-495')
      expect(bytes).not.toContain('TimeoutError')
      expect(bytes).not.toMatch(/event-494(?!\d)/)
      await button(page, 'Close').click()
      await page.keyboard.press('Escape') // lets the filter go
      await page.getByRole('link', { name: 'Overview' }).click()
      await expect.poll(() => page.locator('main dl div').first().getAttribute('title')).toContain('445')
    }, withEvents(500)))

  it('of a span of days takes what lies in it, and says how much that is as soon as it is given', () =>
    inWindow(
      async ({ page, folder }) => {
        const path = join(folder, 'telemetry.db')
        await page.locator('main dl div').first().waitFor()
        await page.getByRole('heading', { name: 'Agent', exact: true }).waitFor()
        await page.keyboard.press('Delete')
        await says(page, 'Give at least one of the two days.')
        await panel(page).getByLabel('To, with that day').fill('2026-03-04')
        await says(page, '96 events would go')
        await panel(page).getByRole('radio', { name: 'All of the file' }).check()
        await says(page, '240 events would go')
        expect(idsIn(path)).toHaveLength(240)
      },
      withEvents(240, Date.UTC(2026, 2, 11)),
    ))
})

describe('the settings', () => {
  it('show the receipts of deletions, and search again on demand', () =>
    inWindow(async ({ page }) => {
      await toRecords(page)
      await line(page, 0).click({ modifiers: ['ControlOrMeta'] })
      await page.keyboard.press('Delete')
      await button(page, 'Delete 1 event…').click()
      await button(page, 'Delete 1 event').click()
      await says(page, 'Proved gone')
      await button(page, 'Close').click()
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByText('1 row deleted').waitFor()
      await page.getByRole('button', { name: 'Search again' }).click()
      await page.getByText('Still gone: none of').waitFor()
    }, withEvents(60)))

  it('delete by age only after showing what that takes now, and stop when they are told to', () =>
    inWindow(async ({ page, folder }) => {
      await page.getByRole('heading', { name: 'Agent', exact: true }).waitFor()
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByLabel('Of telemetry.db, keep the last').fill('5')
      await page.getByRole('button', { name: 'Show what would go' }).click()
      await page.getByText(/^Now 3\d\d events would be deleted/).waitFor()
      expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([])
      expect(idsIn(join(folder, 'telemetry.db'))).toHaveLength(480)
      await page.getByRole('button', { name: 'Switch it on' }).click()
      await page.getByText('The last 5 days are kept').waitFor()
      await page.getByRole('button', { name: 'Switch off' }).click()
      await page.getByRole('button', { name: 'Show what would go' }).waitFor()
    }, withEvents(480)))
})
