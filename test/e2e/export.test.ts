// Rows are selected and taken out, as a person would: by mouse and key, to a file that is then looked into.
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { makeSmartAgentsFile } from './files.ts'
import { findViolations } from './looks.ts'
import { inWindow, withEvents } from './window.ts'

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Records' })
const line = (page: Page, row: number): Locator => grid(page).locator('[role=row]:not(.head)').nth(row)
const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'Export' })
const says = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor()

async function toRecords(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await page.getByRole('link', { name: 'Records' }).click()
  await line(page, 12).waitFor()
}
const linesOf = async (path: string): Promise<string[]> =>
  (await readFile(path, 'utf8')).split('\r\n').slice(0, -1)

describe('records', () => {
  it('are selected one by one, in stretches, all that are listed, and no more once others are listed', () =>
    inWindow(async ({ page }) => {
      await toRecords(page)
      await line(page, 2).click({ modifiers: ['ControlOrMeta'] })
      await says(page, '1 record selected')
      await line(page, 6).click({ modifiers: ['Shift'] })
      await says(page, '5 records selected')
      await line(page, 4).click({ modifiers: ['ControlOrMeta'] })
      await says(page, '4 records selected')
      expect(await grid(page).locator('[aria-selected=true]').count()).toBe(4)
      await grid(page).focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Space')
      await says(page, '3 records selected')
      await page.keyboard.press('Shift+ArrowUp')
      await page.keyboard.press('Shift+ArrowUp')
      await says(page, '5 records selected')
      await page.keyboard.press('Control+a')
      await says(page, '500 records selected')
      await page.keyboard.press('Escape')
      await expect.poll(() => grid(page).locator('.selected').count()).toBe(0)
      await line(page, 1).click({ modifiers: ['ControlOrMeta'] })
      await says(page, '1 record selected')
      await page.getByRole('button', { name: 'Failed only' }).click()
      await page.getByText('1 record selected').waitFor({ state: 'detached' })
    }, withEvents(500)))
})

describe('the export panel', () => {
  it('takes out the selected, what the filters show, or all, to where it says, and never over another file', () =>
    inWindow(async ({ page, folder }) => {
      await toRecords(page)
      await line(page, 0).click({ modifiers: ['ControlOrMeta'] })
      await line(page, 3).click({ modifiers: ['ControlOrMeta'] })
      await grid(page).focus()
      await page.keyboard.press('e')
      await panel(page).getByRole('radio', { name: 'Selected (2)' }).waitFor()
      expect(await findViolations(page, 'dialog')).toEqual([])
      expect(await panel(page).getByLabel('Folder').inputValue()).toBe(folder)
      await panel(page).getByLabel('File name').fill('two.csv')
      await panel(page).getByRole('button', { name: 'Export' }).click()
      await says(page, '2 rows written')
      await says(page, join(folder, 'two.csv'))
      const two = await linesOf(join(folder, 'two.csv'))
      expect(two.slice(1).map((one) => /^event-\d+/.exec(one)?.[0])).toEqual(['event-499', 'event-496'])

      await panel(page).getByRole('button', { name: 'Export more' }).click()
      await panel(page).getByRole('radio', { name: 'All rows' }).check()
      await panel(page).getByRole('radio', { name: 'JSON Lines' }).check()
      await panel(page).getByLabel('Pack it').check()
      await panel(page).getByLabel('File name').fill('two.csv')
      await panel(page).getByRole('button', { name: 'Export' }).click()
      await panel(page).getByRole('alert').getByText('is there already').waitFor()
      expect(await linesOf(join(folder, 'two.csv'))).toEqual(two)
      await panel(page).getByLabel('File name').fill('../two.jsonl.gz')
      await panel(page).getByRole('button', { name: 'Export' }).click()
      await panel(page).getByRole('alert').getByText("can't be the name").waitFor()
      await panel(page).getByLabel('File name').fill('all.jsonl.gz')
      await panel(page).getByRole('button', { name: 'Export' }).click()
      await says(page, '500 rows written')
      expect(
        gunzipSync(await readFile(join(folder, 'all.jsonl.gz')))
          .toString()
          .split('\n'),
      ).toHaveLength(503)
      await panel(page).getByRole('button', { name: 'Close' }).click()

      await page.getByRole('button', { name: 'Failed only' }).click()
      await page.getByRole('status').getByText('55 records').waitFor()
      await page.getByRole('button', { name: 'Export…' }).click()
      await panel(page).getByRole('radio', { name: 'What the filters show (55)' }).waitFor()
      await panel(page).getByRole('radio', { name: 'CSV' }).check()
      await panel(page).getByLabel('Pack it').uncheck()
      await panel(page).getByLabel('File name').fill('failed.csv')
      await panel(page).getByRole('button', { name: 'Export' }).click()
      await says(page, '55 rows written')
      expect(await linesOf(join(folder, 'failed.csv'))).toHaveLength(56)
      expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
    }, withEvents(500)))

  it('saves a file that was dropped on the page as a download of the browser', () =>
    inWindow(async ({ page, kind, folder }) => {
      if (kind !== 'web') return
      makeSmartAgentsFile(join(folder, 'dropped.db'), 30)
      const bytes = [...(await readFile(join(folder, 'dropped.db')))]
      const data = await page.evaluateHandle((content) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([new Uint8Array(content)], 'dropped.db'))
        return transfer
      }, bytes)
      await page.dispatchEvent('main', 'drop', { dataTransfer: data })
      await page.getByRole('button', { name: 'Export…' }).click()
      await panel(page).getByText('the browser saves it').waitFor()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        panel(page).getByRole('button', { name: 'Export' }).click(),
      ])
      expect(download.suggestedFilename()).toBe('dropped.csv')
      await says(page, '30 rows written')
      const lines = await linesOf(await download.path())
      expect(lines).toHaveLength(31)
      expect(lines[0]).toMatch(/^id,event_type,.*,time_iso$/)
    }))
})
