// German at once, numbers and days with it; and a language that nobody speaks, in which every text that did not come
// from the catalogue shows.
import { build } from 'vite'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { damage, dropFiles, makeSmartAgentsFile, makeVisits } from './files.ts'
import { root } from './options.ts'
import { findStrangers, watchCharts } from './strangers.ts'
import { charted, events, figure, inBrowser, inWindow, shows, withEvents } from './window.ts'

const speak = async (page: Page, language: 'English' | 'Deutsch'): Promise<void> => {
  await page.keyboard.press('6')
  await page.getByLabel(language).click()
}
const language = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang)

describe('German', () => {
  it('is spoken at once, with its numbers and days, keeps over a reload, and goes again', () =>
    inWindow(
      async ({ page }) => {
        await events(page, '2,600')
        expect(await language(page)).toBe('en')
        await speak(page, 'Deutsch')
        await shows(page, 'Erster Tag der Woche')
        expect(await language(page)).toBe('de')
        await page.reload()
        await shows(page, 'Zeitzone')
        await page.keyboard.press('2')
        await figure(page, 'Ereignisse').getByText('2.600', { exact: true }).waitFor()
        await shows(page, /17\. Nov\.? 2025.*–.*5\. März 2026/)
        await page.getByRole('link', { name: 'Einstellungen' }).click()
        await page.getByLabel('English').click()
        await shows(page, 'First day of the week')
        expect(await language(page)).toBe('en')
      },
      withEvents(2600, Date.UTC(2026, 2, 5, 12)),
    ))

  it('begins the week on Monday, as German calendars do, unless another day is chosen', () =>
    inWindow(
      async ({ page }) => {
        await charted(page)
        await speak(page, 'Deutsch')
        await page.keyboard.press('2')
        await page.keyboard.press('t')
        const firstDays = page
          .getByRole('region', { name: 'Ereignisse je Woche' })
          .locator('tbody :is(td, th):first-child')
        await expect.poll(() => firstDays.first().textContent()).toMatch(/^Mo\b/)
      },
      withEvents(24 * 130),
    ))

  it('explains a failure', () =>
    inWindow(async ({ page, folder }) => {
      await speak(page, 'Deutsch')
      await writeFile(join(folder, 'notes.txt'), 'nothing of a database '.repeat(40))
      await dropFiles(page, join(folder, 'notes.txt'))
      await shows(
        page,
        /ist verschlüsselt oder keine SQLite-Datenbank, und kein Protokoll .* Es wurde nichts verändert/,
      )
    }))
})

/** Loaded where German would be: nothing in the program knows of it. */
async function speakPseudo(page: Page): Promise<void> {
  await page.route('**/assets/de-page-*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: pseudo }),
  )
  await watchCharts(page)
  await page.keyboard.press('6')
  await Promise.all([page.waitForResponse(/settings\.set/), page.getByLabel('Deutsch').click()])
  await page.reload()
  await page.getByRole('main').getByText('⟦', { exact: false }).first().waitFor()
}
let pseudo = ''
beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome140',
      lib: { entry: join(root, 'test/words/pseudo.ts'), formats: ['es'] },
    },
  })
  for (const one of [built].flat()) if ('output' in one) pseudo = one.output[0].code
  expect(pseudo).toContain('⟦')
})

const nowhere = 'http://127.0.0.1:9'
const data = (folder: string): readonly string[] => [
  folder,
  `${nowhere}/api/v1/reports`,
  ...['telemetry.db', 'History', 'notes.txt', 'dropped.db', 'nowhere.db', 'none.db', 'one.db'],
  ...['Smart Agents', 'earlyexit', 'ActivityWatch', 'atuin', 'llm', 'Sightglass 0.1.0', 'UTC'],
  ...['agent_execution', 'skill_execution', 'planner', 'code-reviewer', 'TimeoutError', 'event_data'],
  ...['telemetry_events', 'event_type', 'agent_type', 'success', 'duration_ms', 'error_type', 'timestamp'],
  ...[
    'visits',
    'notes',
    'visit_time',
    'written',
    'transition',
    'colour',
    'site',
    'bytes',
    'typed',
    'link',
    'id',
  ],
  ...[0, 1, 2, 3, 4, 5, 6].map((site) => `site-${site}.example`),
]

/** What is found stands by where it was. */
const look = async (page: Page, folder: string, where: string): Promise<string[]> => {
  await page.waitForTimeout(250)
  return (await findStrangers(page, data(folder))).map((text) => `${where}: ${text}`)
}
const press = (key: string) => (page: Page) => page.keyboard.press(key)

/** With the form of the first destination open. Nothing is sent within an hour. */
async function switchOn(page: Page): Promise<void> {
  await page.locator('#need-address').fill(nowhere)
  await page.locator('#need-address').press('Enter')
  await page.locator('main li[data-name=community]').waitFor()
  await page.locator('main [type=checkbox]').first().check()
  await page.locator('#sharing-choice button:not([aria-disabled=true])').nth(1).click()
  await page.locator('main .headline.on').waitFor()
}

/** Every screen with a file, by the keys. */
const screens: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
  ['overview', press('2')],
  ['overview as tables', press('t')],
  ['overview as charts', press('t')],
  ['palette', press('Control+k')],
  ['palette with all values', (page) => page.keyboard.type('⟦')],
  ['nothing found', (page) => page.keyboard.type('zzz')],
  ['palette closed', press('Escape')],
  ['filter', press('f')],
  ['filtered', press('Enter')],
  ['records', press('3')],
  [
    'record',
    (page) => page.locator('[role=grid] [role=row], [role=rowgroup] [role=row], tbody tr').nth(1).click(),
  ],
  ['veiled', press('v')],
  ['sharing', (page) => page.keyboard.press('4').then(() => page.waitForTimeout(1500))],
  ['sharing, a destination', (page) => page.getByRole('button', { name: /déštíñátíóñ/ }).click()],
  ['sharing switched on', switchOn],
  ['what was sent', press('l')],
  ['community', press('5')],
  ['settings', press('6')],
  ['keys', press('?')],
  ['keys closed', press('Escape')],
  ['files', (page) => page.keyboard.press('1').then(() => page.waitForTimeout(800))],
]

if (inBrowser)
  describe('in a language that nobody speaks', () => {
    it('every screen says nothing that is neither of the catalogue, nor a number or day, nor of the file', () =>
      inWindow(async ({ page, folder }) => {
        await charted(page)
        await speakPseudo(page)
        const found: string[] = []
        for (const [name, go] of screens) {
          await go(page)
          found.push(...(await look(page, folder, name)))
        }
        expect(found).toEqual([])
      }, withEvents(400)))

    it('neither do the states that a file can be in', () =>
      inWindow(async ({ page, folder }) => {
        await speakPseudo(page)
        const found: string[] = []
        const clean = async (where: string): Promise<void> => {
          found.push(...(await look(page, folder, where)))
        }
        await page.keyboard.press('1')
        await clean('no files')
        const path = page.getByRole('combobox')
        const openPath = async (name: string): Promise<void> => {
          await page.keyboard.press('1')
          await path.fill(join(folder, name))
          await path.press('Escape')
          await path.press('Enter')
        }
        await openPath('nowhere.db')
        await page.getByRole('alert').waitFor()
        await clean('no such file')
        await page.keyboard.press('2')
        await clean('no file')
        for (const [name, events] of [
          ['none.db', 0],
          ['one.db', 1],
        ] as const) {
          makeSmartAgentsFile(join(folder, name), events)
          await openPath(name)
          await page.getByRole('heading', { name: 'Smart Agents' }).waitFor()
          await clean(name)
          await page.keyboard.press('3')
          await clean(`records of ${name}`)
        }
        makeVisits(join(folder, 'History'), 90)
        damage(join(folder, 'History'))
        await openPath('History')
        await page.getByRole('alert').waitFor()
        await page.getByRole('button', { name: '⟦Çháñgé⟧' }).click()
        await page.getByRole('dialog').locator('select').first().waitFor()
        await clean('a guess, damaged')
        await page.keyboard.press('Escape')
        makeSmartAgentsFile(join(folder, 'dropped.db'), 30)
        await dropFiles(page, join(folder, 'dropped.db'))
        await page.getByRole('heading', { name: 'Smart Agents' }).waitFor()
        await clean('dropped')
        makeSmartAgentsFile(join(folder, 'telemetry.db'), 30)
        await mkdir(join(folder, 'gone'))
        await rename(join(folder, 'telemetry.db'), join(folder, 'gone/telemetry.db'))
        await openPath('gone/telemetry.db')
        await charted(page)
        await page.waitForTimeout(1500)
        await rm(join(folder, 'gone/telemetry.db'))
        await page.getByText('is no longer at its place').waitFor()
        await clean('gone')
        expect(found).toEqual([])
      }))
  })
