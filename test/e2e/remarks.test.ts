// What is said of a file beside its figures: damage, and rows that may be missing.
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { damage, dropFiles, makeInWal, makeSmartAgentsFile } from './files.ts'
import { events, inBrowser, inWindow, shows } from './window.ts'

const damaged = (folder: string): { file: string } => {
  const file = join(folder, 'telemetry.db')
  makeSmartAgentsFile(file, 60)
  damage(file)
  return { file }
}

describe('a damaged file that can be read', () => {
  it('is shown under a lasting banner that its figures may be incomplete', () =>
    inWindow(async ({ page }) => {
      await events(page, '60')
      const banner = page.getByRole('alert')
      await banner.getByText('Damaged: figures may be incomplete').waitFor()
      await banner.getByText(/Your file was not changed\. Keep a copy of it/).waitFor()
      await page.getByRole('link', { name: 'Settings' }).click()
      await page.getByRole('link', { name: 'Overview' }).click()
      await banner.getByText('Damaged').waitFor()
    }, damaged))

  it('says so, too, when it was dropped; a sound one does not', () =>
    inWindow(async ({ page, folder }) => {
      const { file } = damaged(folder)
      await dropFiles(page, file)
      await page.getByRole('alert').getByText('Damaged').waitFor()
      makeSmartAgentsFile(join(folder, 'sound.db'), 50)
      await dropFiles(page, join(folder, 'sound.db'))
      await events(page, '50')
      await page.waitForTimeout(500)
      expect(await page.getByRole('alert').count()).toBe(0)
    }))
})

if (inBrowser)
  describe('a database in WAL mode', () => {
    it('dropped with its -wal shows the rows that lie there', () =>
      inWindow(async ({ page, folder }) => {
        const path = makeInWal(folder)
        await dropFiles(page, path, `${path}-wal`)
        await events(page, '67')
        expect(await page.getByText('Rows may be missing').count()).toBe(0)
      }))

    it('dropped alone says that the newest rows may be missing, and where they are', () =>
      inWindow(async ({ page, folder }) => {
        await dropFiles(page, makeInWal(folder))
        await events(page, '60')
        await shows(page, /Rows may be missing.*telemetry\.db-wal.*drop both files together/)
      }))
  })

describe('a log of lines', () => {
  const record = (i: number): string =>
    JSON.stringify({
      timestamp: `2026-11-0${i}T20:14:39.069128+11:00`,
      conversation_id: 'c',
      type: 'tts',
      text: 'words',
    })

  it('says how many of them were not counted, follows its tool, and stays on the list of files', () =>
    inWindow(
      async ({ page, folder }) => {
        await events(page, '7')
        await shows(page, '2 lines could not be read as a record and are not counted.')
        await page.waitForTimeout(1200)
        appendFileSync(join(folder, 'exchanges.jsonl'), `${record(8)}\n${record(9)}\n`)
        await events(page, '9')
        await page.getByRole('link', { name: 'Files' }).click()
        await page.getByRole('link', { name: 'exchanges.jsonl' }).waitFor()
      },
      (folder) => {
        const lines = Array.from({ length: 7 }, (_, i) => record(i + 1))
        writeFileSync(join(folder, 'exchanges.jsonl'), `{"torn\n${lines.join('\n')}\nnothing\n`)
        return { file: join(folder, 'exchanges.jsonl') }
      },
    ))
})
