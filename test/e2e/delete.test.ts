// Records are deleted for good, as a person would: found, looked at, confirmed, taken back in time, and proved gone.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { deleteAtOnce } from './delete-at-once.ts'
import { makeEarlyexit, makeVoiceMode } from './files.ts'
import { findViolations } from './looks.ts'
import { events, inWindow, withEvents } from './window.ts'

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
  it('is previewed, asked once more, held back, and taken back by a click or a closed window before anything has happened', () =>
    inWindow(async ({ page, folder }) => {
      const path = join(folder, 'telemetry.db')
      await toRecords(page)
      await line(page, 0).click({ modifiers: ['ControlOrMeta'] })
      await line(page, 3).click({ modifiers: ['ControlOrMeta'] })
      await grid(page).focus()
      await page.keyboard.press('Delete')
      await says(page, '2 events would go')
      await says(page, '498 events stay')
      expect(await findViolations(page, 'dialog[open]')).toEqual([])
      await button(page, 'Delete 2 events…').click()
      await says(page, 'Delete 2 events for good?')
      await button(page, 'Keep them').click()
      await says(page, '2 events would go')
      await button(page, 'Delete 2 events…').click()
      await button(page, 'Delete 2 events').click()
      await says(page, 'Nothing has happened yet')
      expect(idsIn(path)).toHaveLength(500)
      await button(page, 'Take it back').click()
      await says(page, 'Taken back: nothing was deleted.')
      await button(page, 'Delete 2 events…').click()
      await page.keyboard.press('Escape')
      await button(page, 'Delete 2 events…').click()
      await button(page, 'Delete 2 events').click()
      await says(page, 'Nothing has happened yet')
      await page.keyboard.press('Escape')
      await says(page, 'Taken back: nothing was deleted.')
      await panel(page).locator('input:focus').waitFor()
      expect(idsIn(path)).toHaveLength(500)
      await button(page, 'Delete 2 events…').click()
      await button(page, 'Delete 2 events').click()
      await says(page, 'Nothing has happened yet')
      await page.close() // who closes the window has taken it back as well
      await new Promise((resolve) => setTimeout(resolve, 11_000)) // longer than it is held back
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
        await events(page, '240')
        await page.keyboard.press('Delete')
        await says(page, 'Give at least one of the two days.')
        await panel(page).getByLabel('To, with that day').fill('2026-03-04')
        await says(page, '96 events would go')
        await panel(page).getByLabel('From').fill('2026-03-05')
        await says(page, 'The first of the two days comes after the last.')
        await panel(page).getByLabel('From').fill('')
        await says(page, '96 events would go')
        await button(page, 'Export them first…').click()
        const exporting = page.getByRole('dialog', { name: 'Export' })
        const given = exporting.getByRole('radio', { name: 'What was to be deleted (96)' })
        expect(await given.isChecked()).toBe(true)
        await exporting.getByLabel('Folder').fill(folder)
        await exporting.getByLabel('File name').fill('first.csv')
        await exporting.getByRole('button', { name: 'Export', exact: true }).click()
        await exporting.getByText('96 rows written').waitFor()
        expect((await readFile(join(folder, 'first.csv'), 'utf8')).split('\r\n')).toHaveLength(98)
        await exporting.getByRole('button', { name: 'Close' }).click()
        await page.keyboard.press('Delete')
        await panel(page).getByRole('radio', { name: 'All of the file' }).check()
        await says(page, '240 events would go')
        expect(idsIn(path)).toHaveLength(240)
      },
      withEvents(240, Date.UTC(2026, 2, 11)),
    ))

  it('shows the new truth at once, under the same filter and at the same place, and says nothing of a file that became smaller', () =>
    inWindow(async ({ page }) => {
      await toRecords(page)
      await page.getByRole('button', { name: 'Failed only' }).click()
      await page.getByText('222 records', { exact: true }).waitFor()
      await grid(page).focus()
      for (let i = 0; i < 4; i++) await page.keyboard.press('PageDown')
      await page.keyboard.press('Space')
      const top = () =>
        page.evaluate(() => Math.max(...[...document.querySelectorAll('main *')].map((one) => one.scrollTop)))
      const before = await top()
      expect(before).toBeGreaterThan(400)
      await page.keyboard.press('Delete')
      await deleteAtOnce(page)
      await button(page, 'Delete 1 event…').click()
      await button(page, 'Delete 1 event').click()
      await says(page, 'Proved gone')
      await page.getByText('221 records', { exact: true }).waitFor({ timeout: 2000 })
      await button(page, 'Close').click()
      expect(Math.abs((await top()) - before)).toBeLessThan(100)
      await page.getByRole('link', { name: 'Overview' }).click()
      await expect.poll(() => page.locator('main dl div').first().getAttribute('title')).toContain('221')
      await page.waitForTimeout(1500) // so long the file is looked at
      expect(await page.getByText('became smaller').count()).toBe(0)
    }, withEvents(2000)))
})

const rowsIn = (path: string, ...tables: readonly string[]): number[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  const counts = tables.map((table) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']))
  db.close()
  return counts
}

describe('of a tool’s own file', () => {
  it('an earlyexit run goes from the record that is looked at, with its matches', () =>
    inWindow(
      async ({ page, folder }) => {
        const path = join(folder, 'telemetry.db')
        await page.locator('main h1').first().waitFor()
        await page.getByRole('link', { name: 'Records' }).click()
        await line(page, 1).click()
        const record = page.getByRole('complementary', { name: 'Record' })
        await record.getByText('command number 8').first().waitFor()
        await record.getByRole('button', { name: 'Delete…' }).click()
        expect(await panel(page).getByRole('radio', { name: 'This record' }).isChecked()).toBe(true)
        await says(page, '1 event would go')
        await says(page, '1 row of 10')
        await says(page, '3 rows of 30')
        await panel(page).getByText('match_events', { exact: true }).waitFor()
        await button(page, 'Export them first…').click()
        const whole = page.getByRole('dialog', { name: 'Export' }).getByRole('radio', { name: 'SQLite' })
        expect(await whole.isChecked()).toBe(true) // the other forms would leave the matches out
        await page.keyboard.press('Escape')
        await record.getByRole('button', { name: 'Delete…' }).click()
        await deleteAtOnce(page)
        await button(page, 'Delete 1 event…').click()
        await button(page, 'Delete 1 event').click()
        await says(page, 'Proved gone')
        expect(rowsIn(path, 'executions', 'match_events')).toEqual([9, 27])
        const bytes = await readFile(path, 'latin1')
        expect(bytes).not.toMatch(/number 8|line 8 of/)
        expect(bytes).toMatch(/number 7/)
        await button(page, 'Close').click()
        await record.waitFor({ state: 'detached' }) // what is deleted doesn't stay on the screen
        await page.getByText('9 records', { exact: true }).waitFor()
      },
      (folder) => {
        const file = join(folder, 'telemetry.db')
        makeEarlyexit(file, 10)
        return { file }
      },
    ))

  it('a VoiceMode exchange goes by a key, out of the full-text index too, and no row number changes', () =>
    inWindow(
      async ({ page, folder }) => {
        const path = join(folder, 'conversations.db')
        await page.locator('main h1').first().waitFor()
        await page.getByRole('link', { name: 'Records' }).click()
        await line(page, 2).waitFor()
        await grid(page).focus()
        for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Delete')
        expect(await panel(page).getByRole('radio', { name: 'This record' }).isChecked()).toBe(true)
        await says(page, '1 event would go')
        await says(page, 'exchanges_fts')
        await deleteAtOnce(page)
        await button(page, 'Delete 1 event…').click()
        await button(page, 'Delete 1 event').click()
        await says(page, 'Proved gone')
        const db = new DatabaseSync(path, { readOnly: true })
        const found = (word: string): unknown[] =>
          db
            .prepare('SELECT rowid FROM exchanges_fts WHERE exchanges_fts MATCH ?')
            .all(word)
            .map(({ rowid }) => rowid)
        expect([found('whisper10'), found('whisper9'), found('aloud').length]).toEqual([[], [9], 11])
        db.close()
        expect(await readFile(path, 'latin1')).not.toContain('whisper10')
      },
      (folder) => {
        const file = join(folder, 'conversations.db')
        makeVoiceMode(file, 12)
        return { file }
      },
    ))
})

describe('the settings', () => {
  it('show the receipts of deletions, and search again on demand', () =>
    inWindow(async ({ page }) => {
      await toRecords(page)
      await line(page, 0).click({ modifiers: ['ControlOrMeta'] })
      await page.keyboard.press('Delete')
      await deleteAtOnce(page)
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
      expect(await findViolations(page, 'main')).toEqual([])
      expect(idsIn(join(folder, 'telemetry.db'))).toHaveLength(480)
      await page.getByRole('button', { name: 'Switch it on' }).click()
      await page.getByText('The last 5 days are kept').waitFor()
      await page.getByRole('button', { name: 'Switch off' }).click()
      await page.getByRole('button', { name: 'Show what would go' }).waitFor()
    }, withEvents(480)))
})
