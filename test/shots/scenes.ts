// Every screen and state worth a picture. A scene begins in a fresh program without files or settings.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { damage, dropFiles, makeSmartAgentsFile, makeVisits } from '../e2e/files.ts'
import { makeEarlyexitFile, makeOddFile } from '../e2e/record-files.ts'
import { holdReading } from '../e2e/hold.ts'
import { reachScenes } from './reach.ts'
import { sharingScenes } from './sharing.ts'
import { stateScenes } from './states.ts'

export interface Stage {
  readonly page: Page
  readonly folder: string
}
export interface Scene {
  readonly name: string
  readonly widths?: readonly number[]
  /** What the README calls it; it then has a picture of it in each theme. */
  readonly readme?: string
  /** Taken in German, too. */
  readonly german?: boolean
  readonly play: (stage: Stage) => Promise<void>
}

const narrowAndUsual = [700, 1280]

async function openPath({ page }: Stage, path: string): Promise<void> {
  await page.getByRole('combobox').fill(path)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
}
async function openGood(stage: Stage, path: string): Promise<void> {
  await openPath(stage, path)
  await stage.page.getByRole('button', { name: 'As tables' }).waitFor()
  await stage.page.locator('dl dd').first().waitFor()
}
async function openSample(stage: Stage): Promise<void> {
  await stage.page.getByRole('button', { name: 'Open sample data' }).click()
  await stage.page.locator('canvas').first().waitFor()
  await stage.page.getByText('5,000').first().waitFor()
}

async function openRecord(stage: Stage, row: number): Promise<void> {
  await stage.page.keyboard.press('3')
  await stage.page.locator(`[role=grid] [role=row][aria-rowindex="${row + 1}"]`).click()
  await stage.page.getByRole('complementary').locator('section dt').nth(8).waitFor()
}

const records: readonly Scene[] = [
  {
    name: 'records sample',
    play: async (stage) => {
      await openSample(stage)
      await stage.page.keyboard.press('3')
      await stage.page.getByText('5,000 records').waitFor()
    },
  },
  {
    name: 'records one in full',
    play: async (stage) => {
      await openSample(stage)
      await openRecord(stage, 4)
    },
  },
  {
    name: 'records odd values',
    widths: narrowAndUsual,
    play: async (stage) => {
      makeOddFile(join(stage.folder, 'odd.db'), 90)
      await openGood(stage, join(stage.folder, 'odd.db'))
      await openRecord(stage, 1)
      await stage.page.getByText('blob').waitFor()
      await stage.page.getByText('blob').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'records matches under the veil',
    widths: narrowAndUsual,
    play: async (stage) => {
      makeEarlyexitFile(join(stage.folder, 'runs.db'))
      await openGood(stage, join(stage.folder, 'runs.db'))
      await openRecord(stage, 1)
      await stage.page.keyboard.press('v')
      await stage.page.getByText('2 matches').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'records columns',
    widths: narrowAndUsual,
    play: async (stage) => {
      await openSample(stage)
      await stage.page.keyboard.press('3')
      await stage.page.getByRole('button', { name: 'Columns' }).click()
      await stage.page.getByRole('dialog').getByText('As in the file').waitFor()
    },
  },
  {
    name: 'records nothing found',
    widths: narrowAndUsual,
    play: async (stage) => {
      await openSample(stage)
      await stage.page.keyboard.press('3')
      await stage.page.getByLabel('Search in all text').fill('no such words')
      await stage.page.getByText(/^No record contains /).waitFor()
    },
  },
  {
    name: 'records no file',
    widths: narrowAndUsual,
    play: async ({ page }) => {
      await page.keyboard.press('3')
      await page.getByText('No file is open').waitFor()
    },
  },
]

async function selectSome(stage: Stage): Promise<void> {
  await openSample(stage)
  await stage.page.keyboard.press('3')
  const line = (row: number) => stage.page.locator(`[role=grid] [role=row][aria-rowindex="${row}"]`)
  await line(4).click({ modifiers: ['ControlOrMeta'] })
  await line(9).click({ modifiers: ['Shift'] })
  await stage.page.getByText('6 records selected').waitFor()
}

const exporting: readonly Scene[] = [
  { name: 'export selected records', widths: narrowAndUsual, play: selectSome },
  {
    name: 'export panel',
    widths: narrowAndUsual,
    play: async (stage) => {
      await openSample(stage)
      await stage.page.keyboard.press('e')
      await stage.page.getByRole('dialog', { name: 'Export' }).getByText('Folder').waitFor()
    },
  },
  {
    name: 'export done',
    widths: narrowAndUsual,
    play: async (stage) => {
      await selectSome(stage)
      await stage.page.keyboard.press('e')
      const panel = stage.page.getByRole('dialog', { name: 'Export' })
      await panel.getByRole('button', { name: 'Export' }).click()
      await panel.getByText('6 rows written').waitFor()
    },
  },
]

const deletePanel = ({ page }: Stage) => page.locator('dialog[open]')
const failedAre = async (stage: Stage): Promise<void> => {
  await openSample(stage)
  await stage.page.keyboard.press('3')
  await stage.page.locator('[role=grid] [role=row]').nth(4).waitFor()
  await stage.page
    .locator('.line button')
    .filter({ hasText: /Failed only|Nur fehlgeschlagene/ })
    .click()
  await stage.page.keyboard.press('Delete')
  await deletePanel(stage).locator('.danger').waitFor()
}
const deleting: readonly Scene[] = [
  { name: 'delete preview', widths: narrowAndUsual, play: failedAre },
  {
    name: 'delete span',
    widths: narrowAndUsual,
    play: async (stage) => {
      await openSample(stage)
      await stage.page.keyboard.press('Delete')
      await deletePanel(stage).locator('input[type=date]').first().waitFor()
    },
  },
  {
    name: 'delete asked once more',
    widths: narrowAndUsual,
    play: async (stage) => {
      await failedAre(stage)
      await deletePanel(stage).locator('.danger').click()
      await deletePanel(stage).getByText('brought back').waitFor()
    },
  },
  {
    name: 'delete held',
    widths: narrowAndUsual,
    play: async (stage) => {
      await failedAre(stage)
      await deletePanel(stage).locator('.danger').click()
      await deletePanel(stage).locator('.danger').click()
      await deletePanel(stage).locator('[role=timer]').waitFor()
      await stage.page.waitForTimeout(1500)
    },
  },
  {
    name: 'delete proved',
    readme: 'proof',
    widths: narrowAndUsual,
    play: async (stage) => {
      await failedAre(stage)
      await deletePanel(stage).locator('.danger').click()
      await deletePanel(stage).locator('.danger').click()
      await deletePanel(stage).locator('section.gone').waitFor()
      await stage.page.getByText('0 records').waitFor()
    },
  },
]

const manageDeletions: Scene = {
  name: 'delete settings',
  widths: narrowAndUsual,
  play: async (stage) => {
    const { page } = stage
    await failedAre(stage)
    await deletePanel(stage).locator('.danger').click()
    await deletePanel(stage).locator('.danger').click()
    await deletePanel(stage).locator('section.gone').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('6')
    await page.getByRole('button', { name: 'Search again' }).click()
    await page.getByText('Still gone').waitFor()
    await page.getByRole('button', { name: 'Show what would go' }).click()
    await page.getByRole('button', { name: 'Switch it on' }).scrollIntoViewIfNeeded()
  },
}

/** What can be said of a file besides its figures. */
const aboutTheFile: readonly Scene[] = [
  {
    name: 'remarks damaged and replaced',
    widths: narrowAndUsual,
    play: async (stage) => {
      const path = join(stage.folder, 'telemetry.db')
      makeSmartAgentsFile(path, 400)
      await openGood(stage, path)
      await stage.page.waitForTimeout(1500) // it is followed by then
      makeSmartAgentsFile(`${path}.new`, 500)
      damage(`${path}.new`)
      await rename(`${path}.new`, path)
      await stage.page.getByText('Damaged:').waitFor()
    },
  },
  {
    name: 'remarks gone',
    widths: narrowAndUsual,
    play: async (stage) => {
      const path = join(stage.folder, 'telemetry.db')
      makeSmartAgentsFile(path, 400)
      await openGood(stage, path)
      await rm(path)
      await stage.page.getByText('The file is gone').waitFor()
    },
  },
  {
    name: 'remarks unreadable',
    widths: narrowAndUsual,
    play: async (stage) => {
      const far = join(stage.folder, 'a/rather/long/path/to/where/a/tool/keeps/what/it/writes')
      await mkdir(far, { recursive: true })
      const path = join(far, 'telemetry.db')
      makeSmartAgentsFile(path, 400)
      await openGood(stage, path)
      await writeFile(path, 'Dear reader, '.repeat(9000))
      await stage.page.getByText('any more').waitFor()
    },
  },
  {
    name: 'remarks dropped log and wal',
    widths: narrowAndUsual,
    play: async (stage) => {
      const path = join(stage.folder, 'telemetry.db')
      makeSmartAgentsFile(path, 300)
      const db = new DatabaseSync(path)
      db.exec("PRAGMA journal_mode = wal; UPDATE telemetry_events SET event_type = 'x' WHERE rowid = 1")
      db.close()
      await dropFiles(stage.page, path)
      await stage.page.getByText('Rows may be missing').waitFor()
      await stage.page.locator('canvas').first().waitFor()
    },
  },
  {
    name: 'refused with a long path',
    widths: narrowAndUsual,
    play: async (stage) => {
      const far = join(stage.folder, 'a/rather/long/path/to/where/another/tool/keeps/what/it/writes/down')
      await mkdir(far, { recursive: true })
      await writeFile(join(far, 'telemetry.db'), 'Dear reader, '.repeat(90))
      await openPath(stage, join(far, 'telemetry.db'))
      await stage.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'taken for visits',
    german: true,
    widths: narrowAndUsual,
    play: async (stage) => {
      makeVisits(join(stage.folder, 'History'), 90)
      await openGood(stage, join(stage.folder, 'History'))
    },
  },
  {
    name: 'taken for panel',
    widths: narrowAndUsual,
    play: async (stage) => {
      makeVisits(join(stage.folder, 'History'), 90)
      await openGood(stage, join(stage.folder, 'History'))
      await stage.page.getByRole('button', { name: 'Change' }).click()
      await stage.page.getByRole('dialog').getByText('Written as').waitFor()
    },
  },
  {
    name: 'reading',
    widths: narrowAndUsual,
    play: async (stage) => {
      const path = join(stage.folder, 'telemetry.db')
      makeSmartAgentsFile(path, 120_000)
      await holdReading(stage.page, 5)
      await openPath(stage, path)
      await stage.page.locator('canvas').first().waitFor()
    },
  },
  {
    name: 'reading cancelled',
    widths: narrowAndUsual,
    play: async (stage) => {
      const path = join(stage.folder, 'telemetry.db')
      makeSmartAgentsFile(path, 120_000)
      await holdReading(stage.page, 3)
      await openPath(stage, path)
      await stage.page.locator('canvas').first().waitFor()
      await stage.page.getByRole('button', { name: 'Cancel' }).click()
      await stage.page.getByText('Reading was cancelled').waitFor()
    },
  },
]

/** The charts as a hand leaves them: what of the address is not the file. */
const drawn = (name: string, said: string, play?: (page: Page) => Promise<void>): Scene => ({
  name: `charts ${name}`,
  widths: narrowAndUsual,
  play: async (stage) => {
    await openSample(stage)
    await stage.page.evaluate((more) => (location.hash += `&${more}`), said)
    await stage.page.waitForTimeout(600)
    await play?.(stage.page)
  },
})
const scrollTo = (selector: string) => async (page: Page) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'center' }))

const charts: readonly Scene[] = [
  drawn('divided with a line', 'period=90d&by=agent&line=p95'),
  drawn('two values', 'period=90d&compare=agent%3Dplanner%3Ddebugger&line=errors'),
  drawn('pointed at', 'period=30d&by=kind', async (page) => page.locator('.field').first().hover()),
  drawn('chosen', 'period=90d&where=agent%3Dplanner%3Ddebugger&failed=no&took=100~10000'),
  drawn('chosen hours', 'hours=9.10.11.33.34.35', scrollTo('.cells')),
  drawn('a day', 'period=30d', scrollTo('.lanes')),
  drawn('choosing days', 'period=2026-03-01..2026-06-30', async (page) =>
    page.locator('[popovertarget=period-days]').click(),
  ),
  drawn('tables of a divided timeline', 'period=30d&by=agent&line=median&as=tables'),
]

const always: readonly Scene[] = [
  ...charts,
  {
    name: 'files empty',
    play: async ({ page }) => void (await page.getByText('Look around first').waitFor()),
  },
  {
    name: 'files with some',
    german: true,
    play: async (stage) => {
      const tools = join(stage.folder, '.smart-agents/telemetry')
      await mkdir(tools, { recursive: true })
      makeSmartAgentsFile(join(tools, 'telemetry.db'), 4000)
      const far = join(
        stage.folder,
        'a/rather/long/path/to/where/another/tool/keeps/what/it/writes/down/every/day',
      )
      await mkdir(far, { recursive: true })
      makeSmartAgentsFile(join(far, 'events.db'), 90)
      await openGood(stage, join(far, 'events.db'))
      await stage.page.getByRole('link', { name: 'Files' }).click()
      await stage.page.getByText('Opened lately').waitFor()
    },
  },
  {
    name: 'files path list',
    widths: narrowAndUsual,
    play: async (stage) => {
      await mkdir(join(stage.folder, 'telemetry'), { recursive: true })
      for (const name of ['telemetry.db', 'telemetry-old.db', 'notes.txt'])
        await writeFile(join(stage.folder, name), '')
      await stage.page.getByRole('combobox').click()
      await stage.page.keyboard.type(`${stage.folder}/tel`)
      await stage.page.getByRole('option', { name: 'telemetry.db' }).waitFor()
    },
  },
  {
    name: 'files error',
    widths: narrowAndUsual,
    play: async (stage) => {
      await openPath(stage, join(stage.folder, 'not-here.db'))
      await stage.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'overview sample',
    readme: 'overview',
    german: true,
    play: async (stage) => {
      await openSample(stage)
      await stage.page.getByRole('heading', { name: 'What changed' }).waitFor()
    },
  },
  {
    name: 'overview sample below',
    play: async (stage) => {
      await openSample(stage)
      await stage.page.setViewportSize({ width: 1280, height: 800 })
      await stage.page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
    },
  },
  {
    name: 'overview sample 30 days',
    widths: narrowAndUsual,
    play: async (stage) => {
      await openSample(stage)
      await stage.page.getByRole('link', { name: '30 d' }).click()
      await stage.page.getByText('Events per day').waitFor()
    },
  },
  {
    name: 'overview tables',
    widths: narrowAndUsual,
    play: async (stage) => {
      await openSample(stage)
      await stage.page.keyboard.press('t')
      await stage.page.locator('table').first().waitFor()
    },
  },
  {
    name: 'overview walked',
    widths: [1280],
    play: async (stage) => {
      await openSample(stage)
      await stage.page.locator('.field').first().focus()
      for (let i = 0; i < 4; i++) await stage.page.keyboard.press('ArrowLeft')
    },
  },
  {
    name: 'overview one event',
    widths: narrowAndUsual,
    play: async (stage) => {
      makeSmartAgentsFile(join(stage.folder, 'one.db'), 1)
      await openGood(stage, join(stage.folder, 'one.db'))
    },
  },
  {
    name: 'overview no events',
    widths: narrowAndUsual,
    play: async (stage) => {
      makeSmartAgentsFile(join(stage.folder, 'none.db'), 0)
      await openPath(stage, join(stage.folder, 'none.db'))
      await stage.page.getByText('holds no events').waitFor()
    },
  },
  {
    name: 'overview nothing in period',
    german: true,
    widths: narrowAndUsual,
    play: async (stage) => {
      makeSmartAgentsFile(join(stage.folder, 'old.db'), 200, Date.UTC(2024, 4, 1))
      await openGood(stage, join(stage.folder, 'old.db'))
      await stage.page.getByRole('link', { name: '7 d', exact: true }).click()
      await stage.page.getByText('No events in the last 7 days').waitFor()
    },
  },
  {
    name: 'overview no file',
    widths: narrowAndUsual,
    play: async ({ page }) => {
      await page.getByRole('link', { name: 'Overview' }).click()
      await page.getByText('No file is open').waitFor()
    },
  },
  {
    name: 'overview dropped',
    widths: narrowAndUsual,
    play: async (stage) => {
      makeSmartAgentsFile(join(stage.folder, 'dropped.db'), 300)
      await dropFiles(stage.page, join(stage.folder, 'dropped.db'))
      await stage.page.getByText('to view only').waitFor()
      await stage.page.locator('canvas').first().waitFor()
    },
  },
  ...records,
  ...exporting,
  ...deleting,
  manageDeletions,
  ...aboutTheFile,
  ...stateScenes,
  ...reachScenes,
  ...sharingScenes,
]

export function scenes(fixtures: string | null): readonly Scene[] {
  if (fixtures === null) return always
  const real = (name: string, path: string): Scene => ({
    name,
    play: (stage) => openGood(stage, join(fixtures, path)),
  })
  const realRecord = (name: string, path: string): Scene => ({
    name,
    widths: narrowAndUsual,
    play: async (stage) => {
      await openGood(stage, join(fixtures, path))
      await openRecord(stage, 2)
    },
  })
  return [
    ...always,
    realRecord('records real 66 rows', 'smart-agents/wal-open/telemetry.db'),
    realRecord('records real 39 rows', 'earlyexit/wal-open/telemetry.db'),
    real('real 66 rows', 'smart-agents/wal-open/telemetry.db'),
    real('real 39 rows', 'earlyexit/wal-open/telemetry.db'),
  ]
}
