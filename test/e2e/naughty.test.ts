// I1, I3: whatever a file's texts hold, they are words on the screen. Every format's file is walked through with
// naughty words in all its texts; nothing of them may run, become an element, or touch what all objects share.
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { writeAgentEvents } from '../agents-file.ts'
import { naughty, payloads, plant } from '../naughty.ts'
import { cases } from '../oracle/cases.ts'
import { closeWriters } from '../oracle/cases-agents.ts'
import { createRandom } from '../oracle/random.ts'
import { dropFiles, saved } from './files.ts'
import { charted, inBrowser, inWindow, shows } from './window.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-naughty-'))
afterAll(() => {
  closeWriters()
  rmSync(folder, { recursive: true, force: true })
})

/** What of a file became more than words; nothing should have. */
async function findHarm(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const never =
      'img, image, iframe, object, embed, video, audio, math, marquee, base, animate, foreignObject'
    const strange = [...document.querySelectorAll(never)].map(({ outerHTML }) => outerHTML)
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes)
        if (
          name.startsWith('on') ||
          /^\s*(javascript|data:text)/i.test(/href|src|action/.test(name) ? value : '')
        )
          strange.push(`${element.localName} ${name}`)
    if (document.querySelectorAll('script').length > 1) strange.push('a script')
    if ('ran' in globalThis) strange.push('it ran')
    for (const key in {}) strange.push(`all objects have ${key}`)
    return strange
  })
}
const isHarmless = async (page: Page, where: string): Promise<void> =>
  expect(await findHarm(page), where).toEqual([])

const day = 86_400_000

/** One event for each word, with that word in every text that a Smart Agents event has. */
function everyWordEverywhere(path: string): void {
  const keys = [
    'agent_type',
    'skill_name',
    'tool_name',
    'model',
    'provider',
    'task_type',
    'error_type',
    'sdk_version',
  ]
  writeAgentEvents(path, naughty.length, (i) => {
    const word = naughty[i] ?? ''
    const told = Object.fromEntries([...keys.map((key) => [key, word]), [word, { [word]: word }]])
    const data = { ...told, success: i % 3 > 0, duration_ms: 10 + i }
    return { id: `${i} ${word}`, kind: word, time: Date.now() - (1 + (i % 20)) * day, data }
  })
}

/** A file that no format knows, whose table and columns are called by the first of the words. */
function everyNameNaughty(path: string): void {
  const quoted = payloads.map((name) => `"${name.replaceAll('"', '""')}"`)
  const [table = '', ...columns] = quoted.slice(0, 30)
  const db = new DatabaseSync(path)
  db.exec(`CREATE TABLE ${table} (${columns.join(', ')})`)
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`)
  for (let i = 0; i < 40; i++) {
    const words = columns.slice(1).map((_, at) => payloads[(i + at) % 4] ?? '')
    insert.run(new Date(Date.UTC(2026, 10, 1 + (i % 20))).toISOString(), ...words)
  }
  db.close()
}

async function drop(page: Page, path: string): Promise<void> {
  await dropFiles(page, path)
  await page.locator('main h1 bdi', { hasText: basename(path) }).waitFor()
  await charted(page)
}

async function walk(page: Page, path: string): Promise<void> {
  const name = basename(path)
  await drop(page, path)
  await isHarmless(page, `${name}: Overview`)
  await page.keyboard.press('t')
  await page.locator('main table').first().waitFor()
  await isHarmless(page, `${name}: tables`)
  await page.keyboard.press('t')
  await page.keyboard.press('3')
  await page.locator('[role=grid] [role=row][aria-rowindex="2"]').click()
  await page.locator('aside dt').first().waitFor()
  await isHarmless(page, `${name}: Records`)
  await page.keyboard.press('Escape')
}

describe.runIf(inBrowser)('naughty words', () => {
  it('stay words in the files of every format, on every screen', () =>
    inWindow(async ({ page }) => {
      const formats = [...new Map(cases.map((one) => [one.format, one])).values()]
      for (const [i, one] of formats.entries()) {
        const place = join(folder, String(i))
        mkdirSync(place)
        const path = one.make(place, createRandom(1))
        plant(path)
        await walk(page, path)
      }
      const named = join(folder, 'named.db')
      everyNameNaughty(named)
      await walk(page, named)
      await page.getByRole('button', { name: 'Columns' }).click()
      await page
        .getByText(payloads[3] ?? '')
        .first()
        .waitFor()
      await isHarmless(page, 'the choice of columns')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Change' }).click()
      await page.getByRole('dialog').getByText('Group by').waitFor()
      await isHarmless(page, 'the correction')
    }))

  it('stay words in filters, the palette, a search, exports, pictures and the report', () =>
    inWindow(async ({ page }) => {
      const path = join(folder, 'all.db')
      everyWordEverywhere(path)
      await walk(page, path)
      await page.keyboard.press('2')
      await charted(page)
      await page
        .locator('button.more')
        .evaluateAll((all) => all.forEach((more) => more instanceof HTMLElement && more.click()))
      await page
        .getByRole('button', { name: payloads.at(-1) ?? '' })
        .first()
        .waitFor()
      await isHarmless(page, 'all bars')
      await page
        .getByRole('button', { name: payloads[0] ?? '' })
        .first()
        .click()
      await page.getByRole('button', { name: /^Turn round/ }).waitFor()
      await isHarmless(page, 'a filter')
      await page.keyboard.press('Escape')
      await page.keyboard.press('f')
      const palette = page.getByRole('dialog')
      await palette.waitFor()
      await page.keyboard.type('<img')
      await palette.getByRole('option', { name: '<img' }).first().waitFor()
      await isHarmless(page, 'the palette')
      await page.keyboard.press('Escape')
      await palette.waitFor({ state: 'hidden' })

      const report = await saved(page, () => page.getByRole('button', { name: 'Save as a report' }).click())
      await page.getByRole('button', { name: 'Save: Agent' }).click()
      const picture = await saved(page, () =>
        page.getByRole('button', { name: 'Picture (SVG)' }).filter({ visible: true }).click(),
      )
      await page.keyboard.press('3')
      const search = page.locator('main input[type=search]')
      await search.fill(`(a+)+$ ${'%'.repeat(500)}${'Wé'.repeat(200)}!`)
      await shows(page, /^No record contains /)
      await search.fill('onerror=globalThis.ran')
      await shows(page, `${naughty.filter((word) => word.includes('onerror=globalThis.ran')).length} records`)
      await isHarmless(page, 'a search')

      // With scripts and without the page's own policy: nothing but the words themselves keeps them from running.
      for (const { name, text } of [report, picture]) {
        const out = join(folder, name.endsWith('.svg') ? 'picture.svg' : 'report.html')
        await writeFile(out, text)
        const other = await page.context().browser()?.newPage({ bypassCSP: true })
        await other?.goto(pathToFileURL(out).href)
        expect(await other?.evaluate(() => 'ran' in globalThis), out).toBe(false)
        expect(await other?.locator('script, img, iframe, object, foreignObject, animate').count(), out).toBe(
          0,
        )
        await other?.close()
      }
    }))

  const name = '<img src=x onerror=globalThis.ran=1>.db'
  it('stay words in the name of a file, among the files, when deleting, exporting and before sharing', () =>
    inWindow(
      async ({ page }) => {
        await charted(page)
        for (const [key, told] of [
          ['1', name],
          ['4', 'In your file'],
          ['5', 'Nothing is fetched'],
          ['6', name],
        ] as const) {
          await page.keyboard.press(key)
          await page.getByText(told).first().waitFor()
          await isHarmless(page, `screen ${key}`)
        }
        await page.keyboard.press('3')
        await page.locator('[role=grid] [role=row][aria-rowindex="2"]').click()
        await page.keyboard.press('Delete')
        await page
          .getByRole('dialog', { name: /Delete/ })
          .getByText(name)
          .first()
          .waitFor()
        await isHarmless(page, 'deleting')
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
        await page.keyboard.press('e')
        await page.getByRole('dialog', { name: /Export/ }).waitFor()
        await isHarmless(page, 'exporting')
      },
      (home) => {
        everyWordEverywhere(join(home, name))
        return { file: join(home, name) }
      },
    ))
})
