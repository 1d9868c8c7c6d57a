// The records as a person goes through them: by wheel and key, sorted, searched, filtered, one by one.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { makeSmartAgentsFile } from './files.ts'
import { bigNumber, makeEarlyexitFile, makeOddFile } from './record-files.ts'
import { events, inWindow, shows, withEvents } from './window.ts'

const many = 120_000
const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Records' })
const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Record' })
const rows = (page: Page): Locator => grid(page).locator('[role=row]:not(.head)')
const cells = (page: Page, row: number): Promise<string[]> =>
  rows(page).nth(row).getByRole('gridcell').allInnerTexts()
const count = (page: Page, says: string): Promise<void> =>
  page.getByRole('status').getByText(says, { exact: true }).waitFor({ timeout: 10_000 })

/** A sort takes a moment. */
const poll = (look: () => Promise<string | undefined>) => expect.poll(look, { timeout: 15_000 })

async function toRecords(page: Page, says: string): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await page.getByRole('link', { name: 'Records' }).click()
  await count(page, says)
}
async function showColumn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('dialog').getByLabel(name, { exact: true }).check()
  await page.keyboard.press('Escape')
}
const withOdd =
  (events: number) =>
  (folder: string): { file: string } => {
    makeOddFile(join(folder, 'odd.db'), events)
    return { file: join(folder, 'odd.db') }
  }

describe('the table of records', () => {
  it('shows the newest first, the oldest at the end of a long way, and never more rows than fit', () =>
    inWindow(async ({ page }) => {
      await toRecords(page, '120,000 records')
      await showColumn(page, 'id')
      await rows(page).first().getByText('event-119999').waitFor()
      await grid(page).evaluate((element) => element.scrollTo(0, element.scrollHeight))
      await rows(page).last().getByText('event-0', { exact: true }).waitFor()
      expect(await rows(page).last().getAttribute('aria-rowindex')).toBe('120001')
      await grid(page).evaluate((element) => element.scrollTo(0, 28 * 60_000))
      await rows(page).first().getByText('event-59999').waitFor()
      expect(await rows(page).count()).toBeLessThan(60)
      expect(await grid(page).getAttribute('aria-rowcount')).toBe('120001')
    }, withEvents(many)))

  it('is sorted by what every event has, and by a column of the file, up and down', () =>
    inWindow(async ({ page }) => {
      await toRecords(page, '120,000 records')
      const duration = page.getByRole('columnheader', { name: 'Duration' })
      await duration.getByRole('button').click()
      expect(await duration.getAttribute('aria-sort')).toBe('descending')
      await poll(async () => (await cells(page, 0))[3]).toMatch(/^1.2\ss$/)
      await duration.getByRole('button').click()
      await poll(async () => (await cells(page, 0))[3]).toMatch(/^200\sms$/)
      await showColumn(page, 'id')
      const id = page.getByRole('columnheader', { name: 'id', exact: true })
      await id.getByRole('button').click()
      await poll(async () => (await cells(page, 0)).at(-1)).toBe('event-0')
      expect((await cells(page, 2)).at(-1)).toBe('event-10')
      await id.getByRole('button').click()
      await poll(async () => (await cells(page, 0)).at(-1)).toBe('event-99999')
    }, withEvents(many)))

  it('keeps its columns and their widths over a reload, for every file of the same tables', () =>
    inWindow(async ({ page, folder }) => {
      await toRecords(page, '300 records')
      await showColumn(page, 'event_data')
      const head = page.getByRole('columnheader', { name: 'event_data' })
      const box = (await head.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
      await page.mouse.move(box.x + box.width - 3, box.y + 10)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width + 57, box.y + 10, { steps: 4 })
      await page.mouse.up()
      await page.getByRole('button', { name: 'Columns' }).click()
      await page.getByRole('dialog').getByLabel('Kind').uncheck()
      await page.keyboard.press('Escape')
      const same = async (): Promise<void> => {
        await page.getByRole('columnheader', { name: 'event_data' }).waitFor()
        expect(await page.getByRole('columnheader').allInnerTexts()).not.toContain('Kind')
        expect((await head.boundingBox())?.width).toBeCloseTo(box.width + 60, -1)
      }
      await page.reload()
      await same()
      makeSmartAgentsFile(join(folder, 'other.db'), 12)
      await page.goto(page.url().replace('telemetry.db', 'other.db'))
      await count(page, '12 records')
      await same()
    }, withEvents(300)))
})

describe('a table without records', () => {
  it('says why it is empty', () =>
    inWindow(async ({ page }) => {
      await toRecords(page, '0 records')
      await shows(page, 'The file holds no events yet')
    }, withEvents(0)))

  it('says so of what is chosen, and of a search', () =>
    inWindow(async ({ page }) => {
      await toRecords(page, '40 records')
      await page.keyboard.press('/')
      await page.keyboard.type('no-such-word')
      await shows(page, 'No record contains “no-such-word”.')
      await page.getByRole('searchbox').fill('event-0')
      await count(page, '1 record')
      await page.evaluate(() => void (location.hash += '&failed=yes'))
      await shows(page, 'No record of what is chosen contains “event-0”.')
      await page.getByRole('link', { name: 'Search in all records' }).click()
      await count(page, '1 record')
    }, withEvents(40)))
})

describe('searching the records', () => {
  it('leaves the record that is looked at, and says no place in a list that is without it', () =>
    inWindow(async ({ page }) => {
      await toRecords(page, '40 records')
      await rows(page).nth(2).click()
      await inspector(page).getByText('3 of 40').waitFor()
      const looked = await inspector(page)
        .getByText(/^event-\d+$/)
        .innerText()
      await page.getByRole('searchbox').fill('event-3')
      await count(page, '11 records')
      await inspector(page)
        .getByText(/ of 11$/)
        .waitFor()
      await page.getByRole('searchbox').fill('event-1')
      await count(page, '11 records')
      await expect.poll(() => inspector(page).getByRole('heading').first().innerText()).toBe('Record')
      expect(
        await inspector(page)
          .getByText(/^event-\d+$/)
          .innerText(),
      ).toBe(looked)
      expect(await grid(page).locator('[role=row].active').count()).toBe(0)
    }, withEvents(40)))

  it('finds words in any text whatever their case, and the Overview counts the same', () =>
    inWindow(async ({ page }) => {
      await toRecords(page, '120,000 records')
      await page.keyboard.press('/')
      await page.keyboard.type('EVENT-7777 timeouterror')
      await count(page, '1 record')
      await page.getByLabel('Search in all text').fill('EVENT-7777')
      await count(page, '11 records')
      await page.getByRole('link', { name: 'Overview' }).click()
      await events(page, '11')
      await shows(page, 'contains EVENT-7777')
      await page.reload()
      await events(page, '11')
      await page.getByRole('button', { name: 'Take away: contains EVENT-7777' }).click()
      await events(page, '120,000')
    }, withEvents(many)))
})

describe('one record', () => {
  it('is shown with JSON opened up, all digits, NULL beside empty text, a blob, and broken text', () =>
    inWindow(async ({ page }) => {
      await toRecords(page, '60 records')
      await rows(page).first().click()
      const record = inspector(page)
      await record.getByText('trace').waitFor()
      expect(await record.getByText(bigNumber, { exact: true }).count()).toBe(2)
      await record.getByText('blob, 4').waitFor()
      await record.getByText('ca fe 00 ff').waitFor()
      await record.getByText('6f 6b 20 ff 21').waitFor()
      await record.getByText('Nov 20, 2026, 11:00:00.000 UTC').first().waitFor()
      await page.getByRole('button', { name: 'Next record' }).click()
      await record.getByText('2 of 60').waitFor()
      await record.getByText('empty text').waitFor()
      await record.getByText('NULL').waitFor()
    }, withOdd(60)))

  it('filters to one of its values, here and on the Overview', () =>
    inWindow(async ({ page }) => {
      await toRecords(page, '61 records')
      await rows(page).first().click()
      await inspector(page).getByRole('button', { name: 'Show only planner' }).click()
      await count(page, '31 records')
      await shows(page, 'Agent is planner')
      await page.goBack()
      await count(page, '61 records')
    }, withOdd(61)))

  it('is copied as JSON with all its digits', () =>
    inWindow(async ({ page }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await toRecords(page, '60 records')
      await rows(page).first().click()
      await inspector(page).getByText('trace').waitFor()
      await page.getByRole('button', { name: 'Copy as JSON' }).click()
      await page.getByRole('button', { name: 'copied' }).waitFor()
      const text = await page.evaluate(() => navigator.clipboard.readText())
      expect(text).toContain(`"size": ${bigNumber}`)
      expect(text).toContain(`"trace":{"id":${bigNumber},"steps":["plan","act"]}`)
      expect(JSON.parse(text)).toMatchObject({ id: 'odd', payload: { bytes: 4, hex: 'cafe00ff' } })
    }, withOdd(60)))

  it('lists its matches by the id that was made again, and no others', () =>
    inWindow(
      async ({ page }) => {
        await toRecords(page, '2 records')
        await rows(page).first().click()
        const record = inspector(page)
        await record.getByText('2 matches').waitFor()
        await record.getByText('FAILED test_checkout').first().waitFor()
        expect(await record.getByText('of another run').count()).toBe(0)
      },
      (folder) => {
        makeEarlyexitFile(join(folder, 'telemetry.db'))
        return { file: join(folder, 'telemetry.db') }
      },
    ))
})

describe('the privacy veil', () => {
  it('is drawn by v, keeps what may be private off the page, and stays drawn', () =>
    inWindow(
      async ({ page }) => {
        await toRecords(page, '2 records')
        await showColumn(page, 'command')
        await rows(page).first().click()
        await inspector(page).getByText('FAILED test_checkout').first().waitFor()
        expect(await page.content()).toContain('pytest -q secret')
        await grid(page).focus()
        await page.keyboard.press('v')
        await page.getByRole('button', { name: 'Veil', pressed: true }).waitFor()
        expect(await page.content()).not.toMatch(/pytest|secret|test_checkout/)
        const veiled = rows(page).first().getByRole('img', { name: 'Hidden by the veil' })
        expect(await veiled.evaluate((element) => getComputedStyle(element).filter)).toContain('blur')
        await page.reload()
        await count(page, '2 records')
        await rows(page).first().getByRole('img', { name: 'Hidden by the veil' }).waitFor()
        expect(await page.content()).not.toMatch(/pytest/)
      },
      (folder) => {
        makeEarlyexitFile(join(folder, 'telemetry.db'))
        return { file: join(folder, 'telemetry.db') }
      },
    ))
})

describe('by keys alone', () => {
  it('the table is walked, sorted and widened, a record opened, walked on from, and closed', () =>
    inWindow(async ({ page }) => {
      await events(page, '500')
      await page.keyboard.press('3')
      await count(page, '500 records')
      for (let i = 0; i < 30 && !(await grid(page).evaluate((element) => element.matches(':focus'))); i++)
        await page.keyboard.press('Tab')
      const active = (): Promise<string | null> =>
        grid(page).evaluate((element) => {
          const id = element.getAttribute('aria-activedescendant')
          const row = id === null ? null : document.getElementById(id)?.closest('[role=row]')
          return row?.getAttribute('aria-rowindex') ?? null
        })
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await expect.poll(active).toBe('3')
      await page.keyboard.press('End')
      await expect.poll(active).toBe('501')
      await page.keyboard.press('PageUp')
      await expect.poll(async () => Number(await active())).toBeLessThan(490)
      await page.keyboard.press('Enter')
      const at = Number(await active()) - 1
      await inspector(page).getByText(`${at} of 500`).waitFor()
      await page.keyboard.press('ArrowUp')
      await inspector(page)
        .getByText(`${at - 1} of 500`)
        .waitFor()
      await page.keyboard.press('Escape')
      await inspector(page).waitFor({ state: 'detached' })
      await page.keyboard.press('Home')
      await expect.poll(active).toBe('2')
      await page.keyboard.press('ArrowUp')
      await expect.poll(active).toBe('1')
      const head = page.getByRole('columnheader').first()
      const before = (await head.boundingBox())?.width ?? 0
      await page.keyboard.press('Shift+ArrowRight')
      await expect.poll(async () => (await head.boundingBox())?.width).toBe(before + 16)
      await page.keyboard.press('Enter')
      expect(await head.getAttribute('aria-sort')).toBe('ascending')
    }, withEvents(500)))
})
