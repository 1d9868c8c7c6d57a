// What stands beside the file: its records, the palette, the keys, the settings, sharing and the community.
import type { Page } from 'playwright-core'
import { makeSmartAgentsFile } from '../e2e/files.ts'
import { join } from 'node:path'

interface Stage {
  readonly page: Page
  readonly folder: string
}
const narrowAndUsual = [700, 1280]

async function openSome({ page, folder }: Stage): Promise<void> {
  makeSmartAgentsFile(join(folder, 'telemetry.db'), 400)
  await page.getByRole('combobox').fill(join(folder, 'telemetry.db'))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.locator('main dl dd').first().waitFor()
}

export const reachScenes = [
  {
    name: 'palette',
    widths: narrowAndUsual,
    play: async (stage: Stage) => {
      await openSome(stage)
      await stage.page.keyboard.press('Control+k')
      await stage.page.getByRole('listbox').getByRole('option').first().waitFor()
    },
  },
  {
    name: 'palette typed',
    widths: [1280],
    play: async (stage: Stage) => {
      await openSome(stage)
      await stage.page.keyboard.press('Control+k')
      await stage.page.keyboard.type('agent')
    },
  },
  {
    name: 'records',
    widths: narrowAndUsual,
    german: true,
    play: async (stage: Stage) => {
      await openSome(stage)
      await stage.page.keyboard.press('3')
      await stage.page.getByRole('gridcell').first().waitFor()
    },
  },
  {
    name: 'community',
    widths: narrowAndUsual,
    german: true,
    play: async ({ page }: Stage) => {
      await page.keyboard.press('5')
      await page.getByText('Nothing is fetched').waitFor()
    },
  },
  {
    name: 'settings',
    german: true,
    play: async ({ page }: Stage) => {
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByText('Time zone').waitFor()
    },
  },
  {
    name: 'keys',
    widths: narrowAndUsual,
    play: async ({ page }: Stage) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
]
