// Sharing in each of its states: off and looked at, a destination being set, on with reports that wait, what was sent,
// and off again with the way back.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { makeSmartAgentsFile } from '../e2e/files.ts'
import { shareBefore } from '../e2e/shared-before.ts'

interface Stage {
  readonly page: Page
  readonly folder: string
}
const widths = [700, 1280]

async function open({ page, folder }: Stage): Promise<void> {
  await page.getByRole('combobox').fill(join(folder, 'telemetry.db'))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.locator('main dl dd').first().waitFor()
  await page.keyboard.press('4')
  await page.locator('main pre').first().waitFor()
}
async function openOff(stage: Stage): Promise<void> {
  makeSmartAgentsFile(join(stage.folder, 'telemetry.db'), 400)
  await open(stage)
}
async function openOn(stage: Stage, ago?: number): Promise<void> {
  const file = join(stage.folder, 'telemetry.db')
  makeSmartAgentsFile(file, 400)
  await shareBefore(stage.folder, file, ago)
  await open(stage)
}
/** Off, scrolled to one of the headings. */
const offAt = (name: string, heading: string) => ({
  name,
  widths,
  german: true,
  play: async (stage: Stage) => {
    await openOff(stage)
    const found = stage.page.getByRole('heading', { name: heading }).first()
    await found.evaluate((element) => element.scrollIntoView())
  },
})

export const sharingScenes = [
  { name: 'sharing off', widths: [700, 1000, 1280], german: true, play: openOff },
  { ...offAt('sharing every field', 'Every field'), readme: 'sharing' },
  offAt('sharing bytes and choice', 'The bytes'),
  {
    name: 'sharing destination',
    widths,
    german: true,
    play: async (stage: Stage) => {
      await openOff(stage)
      await stage.page.getByRole('button', { name: 'Add a destination' }).click()
      await stage.page.getByLabel('Kind').selectOption('s3')
    },
  },
  {
    name: 'sharing no file',
    widths,
    play: async ({ page }: Stage) => {
      await page.keyboard.press('4')
      await page.getByText('No telemetry file is known yet').waitFor()
    },
  },
  {
    name: 'sharing on',
    widths: [700, 1000, 1280],
    german: true,
    play: async (stage: Stage) => {
      await openOn(stage)
      await stage.page.getByText('Waiting to be sent').waitFor()
    },
  },
  {
    name: 'sharing read before it leaves',
    widths,
    play: async (stage: Stage) => {
      await openOn(stage)
      await stage.page
        .getByRole('button', { name: /^Read the bytes/ })
        .first()
        .click()
      await stage.page.getByText('Lay it out').first().click()
    },
  },
  {
    name: 'sharing what was sent',
    widths,
    german: true,
    play: async (stage: Stage) => {
      await openOn(stage)
      await stage.page.locator('main').focus()
      await stage.page.keyboard.press('l')
      await stage.page
        .getByRole('button', { name: /^Bytes of entry/ })
        .first()
        .click()
    },
  },
  {
    name: 'sharing in trouble',
    widths,
    german: true,
    play: async (stage: Stage) => {
      await openOn(stage, 2 * 3_600_000)
      await stage.page.getByRole('button', { name: 'Share now' }).click()
      await stage.page.getByText('Last trouble').first().waitFor()
    },
  },
  {
    name: 'sharing off again',
    widths,
    german: true,
    play: async (stage: Stage) => {
      await openOn(stage)
      await stage.page.getByRole('button', { name: 'Switch off' }).click()
      await stage.page.getByText('Shall what was shared be deleted').waitFor()
    },
  },
]
