// What is seen while a file is read, and the ways in which reading ends.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { makeEndless, makeSmartAgentsFile } from './files.ts'
import { holdReading } from './hold.ts'
import { charted, events, figure, inBrowser, inWindow, shows } from './window.ts'

async function openPath(page: Page, path: string): Promise<void> {
  await page.getByRole('combobox').fill(path)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
}

/** Where the parts of the screen begin. */
const tops = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    ['header h1', 'main dl', 'main canvas'].map(
      (part) => document.querySelector(part)?.getBoundingClientRect().top ?? NaN,
    ),
  )

if (inBrowser)
  describe('a big file', () => {
    it('shows how far it is and its first charts meanwhile, and moves nothing when the rest has come', () =>
      inWindow(async ({ page, folder }) => {
        makeSmartAgentsFile(join(folder, 'big.db'), 120_000)
        const goOn = await holdReading(page, 3)
        await openPath(page, join(folder, 'big.db'))
        await charted(page)
        await shows(page, /^[\d,]+ of [\d,]+ rows, \d+%$/)
        await page.getByRole('progressbar').waitFor()
        const shown = Number((await figure(page, 'events').textContent())?.replaceAll(',', ''))
        expect(shown).toBeGreaterThan(10_000)
        expect(shown).toBeLessThan(120_000)
        const before = await tops(page)
        goOn()
        await events(page, '120,000')
        await page.getByRole('progressbar').waitFor({ state: 'detached' })
        expect(await tops(page)).toEqual(before)
      }))

    it('is left at once by Cancel, which says that nothing is shown, and can be tried again', () =>
      inWindow(async ({ page, folder }) => {
        makeSmartAgentsFile(join(folder, 'big.db'), 120_000)
        const goOn = await holdReading(page, 3)
        await openPath(page, join(folder, 'big.db'))
        await charted(page)
        const took = await page.evaluate(async () => {
          const button = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Cancel')
          const began = performance.now()
          button?.click()
          await new Promise(requestAnimationFrame)
          return document.querySelector('canvas, progress') === null ? performance.now() - began : NaN
        })
        expect(took).toBeLessThan(300)
        await shows(page, 'Reading was cancelled')
        goOn()
        await page.getByRole('button', { name: 'Try again' }).click()
        await events(page, '120,000')
      }))

    it('whose rows never come to an end is given up in words, while the window goes on working', () =>
      inWindow(async ({ page, folder }) => {
        const path = join(folder, 'endless.db')
        makeEndless(path)
        await openPath(page, path)
        await page.getByRole('button', { name: 'Cancel' }).waitFor()
        await page.keyboard.press('6')
        await shows(page, 'Time zone')
        await page.keyboard.press('2')
        await shows(page, 'Reading was stopped because it did not end by itself. Nothing was changed.')
        await page.getByRole('link', { name: 'Choose another file' }).click()
        makeSmartAgentsFile(join(folder, 'good.db'), 15)
        await openPath(page, join(folder, 'good.db'))
        await events(page, '15')
      }))
  })
