// The records of a file that a tool writes to meanwhile.
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { inWindow, withEvents } from './window.ts'
import { addEvents, startWriter } from './writer.ts'
import type { Writer } from './writer.ts'

let writer: Writer | null = null
afterEach(async () => {
  await writer?.end()
  writer = null
})

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Records' })
const line = (page: Page, index: number): Locator =>
  grid(page).locator(`[role=row][aria-rowindex="${index}"]`)
const count = (page: Page, says: string): Promise<void> =>
  page.getByRole('status').getByText(says, { exact: true }).waitFor({ timeout: 10_000 })

it('new rows come without moving what is looked at, are found, put in order, and can be opened', () =>
  inWindow(async ({ page, folder }) => {
    const tool = (writer = await startWriter(join(folder, 'telemetry.db')))
    await page.locator('main h1').first().waitFor()
    await page.getByRole('link', { name: 'Records' }).click()
    await count(page, '400 records')
    await page.waitForTimeout(1200) // the first look at the file is past
    await grid(page).evaluate((element) => element.scrollTo(0, 28 * 100))
    await line(page, 102).waitFor()
    const seen = await line(page, 102).innerText()
    await line(page, 105).click()
    const record = page.getByRole('complementary', { name: 'Record' })
    await record.getByText('104 of 400').waitFor()
    const top = (await line(page, 102).boundingBox())?.y
    await tool.run(addEvents(25))
    await count(page, '425 records')
    await record.getByText('129 of 425').waitFor()
    expect(await line(page, 127).innerText()).toBe(seen)
    expect((await line(page, 127).boundingBox())?.y).toBe(top)
    expect(await line(page, 130).getAttribute('aria-selected')).toBe('true')

    await grid(page).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await record.getByText('1 of 425').waitFor()
    await record.getByText('duration_ms').waitFor() // a row that the image does not hold
    await tool.run(
      `INSERT INTO telemetry_events VALUES ('zz-last', 'skill_execution', '{"skill_name":"Needle"}', '2030-01-01T00:00:00Z')`,
    )
    await count(page, '426 records')
    await line(page, 2).getByText('skill_execution').waitFor()
    await page.getByLabel('Search in all text').fill('needle')
    await count(page, '1 record')
    await tool.run(
      `INSERT INTO telemetry_events VALUES ('zz-more', 'skill_execution', '{"skill_name":"needle"}', '2030-01-02T00:00:00Z')`,
    )
    await count(page, '2 records')
    await page.getByLabel('Search in all text').fill('')
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('dialog').getByLabel('id', { exact: true }).check()
    await page.keyboard.press('Escape')
    const id = page.getByRole('columnheader', { name: 'id', exact: true }).getByRole('button')
    await id.click()
    await id.click()
    await line(page, 2).getByText('zz-more').waitFor()
  }, withEvents(400)))
