// The states that are met seldom, on the screens that show what is in a file.
import type { Page } from 'playwright-core'
import { states } from '../e2e/states.ts'
import type { State } from '../e2e/states.ts'

interface Stage {
  readonly page: Page
  readonly folder: string
}

const screens = { overview: '2', records: '3' } as const

const play = async ({ page, folder }: Stage, { make, shows }: State, key: string): Promise<void> => {
  await page.getByRole('combobox').fill(make(folder))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await shows(page)
  await page.keyboard.press(key)
  await page.waitForTimeout(500)
}

export const stateScenes = states.flatMap((state) =>
  Object.entries(screens).map(([screen, key]) => ({
    name: `state ${state.name} ${screen}`,
    widths: [700, 1280],
    play: (stage: Stage) => play(stage, state, key),
  })),
)
