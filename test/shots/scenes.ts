// Every screen and state worth a picture. A scene begins in a fresh program without files or settings.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { dropFile, makeSmartAgentsFile } from '../e2e/files.ts'

export interface Stage {
  readonly page: Page
  readonly folder: string
}
export interface Scene {
  readonly name: string
  readonly widths?: readonly number[]
  readonly readme?: boolean
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
  await stage.page.locator('canvas').waitFor()
  await stage.page.getByText('5,000').first().waitFor()
}

const always: readonly Scene[] = [
  {
    name: 'files empty',
    play: async ({ page }) => void (await page.getByText('Look around first').waitFor()),
  },
  {
    name: 'files with some',
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
  { name: 'overview sample', readme: true, play: openSample },
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
      await stage.page.locator('.canvas').focus()
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
      await dropFile(stage.page, join(stage.folder, 'dropped.db'))
      await stage.page.getByText('to view only').waitFor()
      await stage.page.locator('canvas').waitFor()
    },
  },
  {
    name: 'settings',
    play: async ({ page }) => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByText('Time zone').waitFor()
    },
  },
  {
    name: 'keys',
    widths: narrowAndUsual,
    play: async ({ page }) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
]

export function scenes(fixtures: string | null): readonly Scene[] {
  if (fixtures === null) return always
  const real = (name: string, path: string): Scene => ({
    name,
    play: (stage) => openGood(stage, join(fixtures, path)),
  })
  return [
    ...always,
    real('real 66 rows', 'smart-agents/wal-open/telemetry.db'),
    real('real 39 rows', 'earlyexit/wal-open/telemetry.db'),
  ]
}
