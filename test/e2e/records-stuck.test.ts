// A record that SQLite never finishes reading: the worker that holds the file is ended, the window says so and stays,
// and other records are read by another worker, of a file of the host's and of one that was dropped alike.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dropFiles, makeSmartAgentsFile } from './files.ts'
import { events, figure, inWindow } from './window.ts'

/** One value of the newest row takes hours to work out, in one call that nothing can interrupt. */
function makeOneEndless(path: string): void {
  makeSmartAgentsFile(path, 30)
  const db = new DatabaseSync(path)
  db.exec(`ALTER TABLE telemetry_events ADD COLUMN endless INTEGER GENERATED ALWAYS AS (CASE id WHEN 'event-29'
    THEN instr(zeroblob(8000000), CAST(zeroblob(4000000) || x'01' AS BLOB)) END) VIRTUAL`)
  db.close()
}

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Record' })
const row = (page: Page, index: number) =>
  page.getByRole('grid', { name: 'Records' }).locator('[role=row]:not(.head)').nth(index)
const stopped = (page: Page) =>
  inspector(page).getByText('Reading was stopped because it did not end by itself')

async function survives(page: Page): Promise<void> {
  await events(page, '30')
  await page.getByRole('link', { name: 'Records' }).click()
  await row(page, 1).click()
  await inspector(page).getByText('event-28', { exact: true }).waitFor()
  await row(page, 0).click()
  await stopped(page).waitFor({ timeout: 25_000 })
  await row(page, 2).click()
  await inspector(page).getByText('event-27', { exact: true }).waitFor({ timeout: 10_000 })
  expect(await stopped(page).count()).toBe(0)
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('button', { name: 'Failed only' }).click()
  await expect.poll(() => figure(page, 'events').first().textContent()).not.toBe('30')
}

describe('a record that can’t be read to its end', () => {
  it('is given up, and said to be; all others and the charts go on', () =>
    inWindow(
      ({ page }) => survives(page),
      (folder) => {
        makeOneEndless(join(folder, 'telemetry.db'))
        return { file: join(folder, 'telemetry.db') }
      },
    ))

  it('of a dropped file as well, which is read once more from where it was dropped', () =>
    inWindow(async ({ page, folder }) => {
      makeOneEndless(join(folder, 'telemetry.db'))
      await dropFiles(page, join(folder, 'telemetry.db'))
      await survives(page)
    }))
})
