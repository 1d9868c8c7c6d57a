import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dropFiles, makeSmartAgentsFile } from './files.ts'
import { charted, events, figure, inBrowser, inWindow, shows } from './window.ts'

describe('the Files screen', () => {
  it('opens sample data for a newcomer and shows its figures', () =>
    inWindow(async ({ page }) => {
      await shows(page, 'No file at the places where')
      await page.getByRole('button', { name: 'Open sample data' }).click()
      await charted(page)
      await events(page, '5,000')
      await shows(page, 'Smart Agents')
      await page.getByRole('list', { name: 'State' }).getByText('Sample data').waitFor()
      expect(page.url()).toContain('#/overview?file=')
      await page.reload() // it is the file that says it, not this window that remembers
      await page.getByRole('list', { name: 'State' }).getByText('Sample data').waitFor()
    }))

  it('lists the files that tools left at their places, and says which of them is live', () =>
    inWindow(
      async ({ page }) => {
        const row = page.getByRole('link', { name: 'Smart Agents' })
        await row.getByText('live').waitFor()
        await row.click()
        await events(page, '40')
      },
      (folder) => {
        mkdirSync(join(folder, '.smart-agents/telemetry'), { recursive: true })
        makeSmartAgentsFile(join(folder, '.smart-agents/telemetry/telemetry.db'), 40)
        return {}
      },
    ))

  it('opens a file while its readers still rehearse on made-up rows, and shows none of these', () =>
    inWindow(
      async ({ page }) => {
        const row = page.getByRole('link', { name: 'Smart Agents' })
        for (const moment of [450, 550, 700, 1000]) {
          await page.goto('about:blank')
          await page.goBack()
          await row.waitFor()
          await page.waitForFunction((since) => performance.now() > since, moment)
          await row.click()
          await events(page, '40')
          await page.goBack()
          await row.waitFor()
        }
      },
      (folder) => {
        mkdirSync(join(folder, '.smart-agents/telemetry'), { recursive: true })
        makeSmartAgentsFile(join(folder, '.smart-agents/telemetry/telemetry.db'), 40)
        return {}
      },
    ))

  it('says of each file its format and the span of time it covers', () =>
    inWindow(
      async ({ page }) => {
        await figure(page, 'events').waitFor()
        await page.getByRole('link', { name: 'Files' }).click()
        const row = page.getByRole('link', { name: 'mine.db' })
        await row.getByText('Smart Agents').waitFor()
        await row.getByText(/^Mar 3\s–\s5, 2026$/).waitFor()
      },
      (folder) => {
        makeSmartAgentsFile(join(folder, 'mine.db'), 50, Date.UTC(2026, 2, 5, 12))
        return { file: join(folder, 'mine.db') }
      },
    ))

  it('remembers what was opened, and takes it off the list without touching the file', () =>
    inWindow(
      async ({ page }) => {
        await figure(page, 'events').waitFor()
        await page.getByRole('link', { name: 'Files' }).click()
        await shows(page, 'Opened lately')
        await page.getByRole('button', { name: /^Take mine\.db off the list/ }).click()
        await page.getByText('Opened lately').waitFor({ state: 'detached' })
      },
      (folder) => {
        makeSmartAgentsFile(join(folder, 'mine.db'), 12)
        return { file: join(folder, 'mine.db') }
      },
    ))

  it('reads a dropped file in the page and says that it can only be viewed', () =>
    inWindow(async ({ page, folder }) => {
      makeSmartAgentsFile(join(folder, 'dropped.db'), 30)
      await dropFiles(page, join(folder, 'dropped.db'))
      await events(page, '30')
      await shows(page, 'dropped.db was dropped on this page and is read here, to view only')
      await page.getByText('View only: dropped file').waitFor()
    }))

  it('says of a dropped file that is no database what it is, and goes on working', () =>
    inWindow(async ({ page, folder }) => {
      writeFileSync(join(folder, 'notes.txt'), 'nothing of a database '.repeat(40))
      await dropFiles(page, join(folder, 'notes.txt'))
      await shows(page, /encrypted or not a SQLite database.*Nothing was changed/)
      await page.getByRole('link', { name: 'Choose another file' }).click()
      await page.getByRole('button', { name: 'Open sample data' }).click()
      await events(page, '5,000')
    }))
})

const typePath = async (page: Page, path: string): Promise<void> => {
  await page.getByRole('combobox').fill(path)
}

if (inBrowser)
  describe('the path field', () => {
    it('completes a typed path from the folder and opens it, as a fresh address put into the tab does', () =>
      inWindow(async ({ page, folder, address }) => {
        mkdirSync(join(folder, 'kept here'))
        makeSmartAgentsFile(join(folder, 'kept here/usage.db'), 25)
        await page.getByRole('combobox').click()
        await page.keyboard.type(join(folder, 'ke'))
        await page.getByRole('option', { name: 'kept here', selected: true }).waitFor()
        await page.keyboard.press('Enter')
        await page.keyboard.type('us')
        await page.getByRole('option', { name: 'usage.db', selected: true }).waitFor()
        await page.keyboard.press('Enter')
        await events(page, '25')
        makeSmartAgentsFile(join(folder, 'other.db'), 9)
        await page.goto((await address?.(join(folder, 'other.db'))) ?? '')
        await events(page, '9')
      }))

    it('lists folders from the home on, with arrow keys and a way up', () =>
      inWindow(async ({ page, folder }) => {
        mkdirSync(join(folder, 'one'))
        makeSmartAgentsFile(join(folder, 'one/usage.db'), 8)
        await page.getByRole('combobox').click()
        await page.getByRole('option', { name: 'one' }).click()
        await page.getByRole('option', { name: 'Folder above' }).waitFor()
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')
        await events(page, '8')
      }))

    it('closes its list with Escape and keeps what was typed', () =>
      inWindow(async ({ page, folder }) => {
        await typePath(page, `${folder}/`)
        await page.getByRole('listbox').waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('listbox').waitFor({ state: 'hidden' })
        expect(await page.getByRole('combobox').inputValue()).toBe(`${folder}/`)
      }))

    it('explains a missing file, a folder, an empty file and one that is no database, and stays usable', () =>
      inWindow(async ({ page, folder }) => {
        mkdirSync(join(folder, 'a folder'))
        writeFileSync(join(folder, 'empty.db'), '')
        writeFileSync(join(folder, 'letter.db'), 'Dear reader, '.repeat(100))
        const wrong = [
          ['nowhere.db', 'There is no file at'],
          ['a folder', 'is a folder. Choose the telemetry file inside it.'],
          ['empty.db', 'is empty: no tool has written to it yet. Nothing was changed.'],
          [
            'letter.db',
            'is encrypted or not a SQLite database, and no log of a tool that this program knows. Nothing was changed.',
          ],
        ] as const
        for (const [name, sentence] of wrong) {
          await typePath(page, join(folder, name))
          await page.getByRole('button', { name: 'Open', exact: true }).click()
          await page.getByRole('alert').getByText(sentence).waitFor()
          expect(await page.getByRole('alert').textContent()).toContain(join(folder, name))
        }
        makeSmartAgentsFile(join(folder, 'good.db'), 15)
        await typePath(page, join(folder, 'good.db'))
        await page.getByRole('button', { name: 'Open', exact: true }).click()
        await events(page, '15')
      }))
  })
