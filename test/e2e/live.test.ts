// A file that a tool writes to while it is looked at.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { makeSmartAgentsFile } from './files.ts'
import { events, inBrowser, inWindow, shows, withEvents } from './window.ts'
import { addEvents, startWriter } from './writer.ts'
import type { Writer } from './writer.ts'

let writer: Writer | null = null
const write = async (folder: string): Promise<Writer> =>
  (writer = await startWriter(join(folder, 'telemetry.db')))
afterEach(async () => {
  await writer?.end()
  writer = null
})

const foot = (page: Page, says: string): Promise<void> =>
  page.getByRole('list', { name: 'State' }).getByText(says).waitFor()
/** The first look at the file is past, so that what happens now is seen to happen. */
const followed = (page: Page): Promise<void> => page.waitForTimeout(1200)

/** Those that a process has started, and that live. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}

/** Every number of events that is shown from now on. */
const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const shown: string[] = []
    const look = (): void => {
      const now = document.querySelector('main dl dd')?.textContent ?? ''
      if (now !== shown.at(-1)) shown.push(now)
      document.body.dataset['shown'] = shown.join(' ')
    }
    look()
    const main = document.querySelector('main')
    if (main)
      new MutationObserver(look).observe(main, { subtree: true, childList: true, characterData: true })
  })
const heard = (page: Page): Promise<string | undefined> => page.evaluate(() => document.body.dataset['shown'])

describe('while a tool writes', () => {
  it('new rows are counted within 2.5 s, and scroll, focus, period and tables stay as they are', () =>
    inWindow(async ({ page, folder }) => {
      await page.setViewportSize({ width: 900, height: 420 })
      await events(page, '400')
      const tool = await write(folder)
      await page.getByRole('link', { name: '90 d' }).click()
      await page.keyboard.press('t')
      const table = page.getByRole('region', { name: 'Events per day' })
      await table.focus()
      await foot(page, 'Live')
      await followed(page)
      await page.locator('main').evaluate((main) => main.scrollTo(0, 210))
      await listen(page)
      const began = Date.now()
      await tool.run(addEvents(25))
      await events(page, '425')
      expect(Date.now() - began).toBeLessThan(2500)
      await tool.run(addEvents(5))
      await events(page, '430')
      expect(await heard(page)).toBe('400 425 430')
      expect(await page.locator('main').evaluate((main) => main.scrollTop)).toBe(210)
      expect(await table.evaluate((region) => region.matches(':focus'))).toBe(true)
      expect(page.url()).toMatch(/period=90d.*as=tables/)
    }, withEvents(400)))

  it.runIf(inBrowser && process.platform === 'linux')(
    'new rows are seen although the process that looked for them was ended',
    () =>
      inWindow(async ({ page, folder, hostPid }) => {
        await events(page, '40')
        const tool = await write(folder)
        await followed(page)
        await tool.run(addEvents(2))
        await events(page, '42')
        const children = hostPid === undefined ? [] : childrenOf(hostPid)
        expect(children.length).toBeGreaterThan(0)
        for (const child of children) process.kill(child, 'SIGKILL')
        await tool.run(addEvents(3))
        await events(page, '45')
        await tool.run(addEvents(1))
        await events(page, '46')
      }, withEvents(40)),
  )

  it('rows that are deleted are gone from the figures, and nothing older comes back', () =>
    inWindow(async ({ page, folder }) => {
      await events(page, '300')
      const tool = await write(folder)
      await followed(page)
      await listen(page)
      await tool.run('DELETE FROM telemetry_events WHERE rowid > 280')
      await events(page, '280')
      await tool.run(addEvents(11))
      await events(page, '291')
      await page.waitForTimeout(1500)
      expect(await heard(page)).toBe('300 280 291')
    }, withEvents(300)))
})

describe('when something happens to the file', () => {
  it('that it was replaced is said, and can be waved away', () =>
    inWindow(async ({ page, folder }) => {
      await events(page, '120')
      await followed(page)
      makeSmartAgentsFile(join(folder, 'new.db'), 150)
      renameSync(join(folder, 'new.db'), join(folder, 'telemetry.db'))
      await shows(page, 'Another file took the place of telemetry.db, and is shown now.')
      await events(page, '150')
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await page.getByText('Another file took the place').waitFor({ state: 'detached' })
      expect(await page.locator('main').evaluate((main) => main.matches(':focus'))).toBe(true)
    }, withEvents(120)))

  it('that it is gone is said, its charts stay, and it is read again once it is back', () =>
    inWindow(async ({ page, folder }) => {
      await events(page, '120')
      await foot(page, 'Live')
      await followed(page)
      rmSync(join(folder, 'telemetry.db'))
      await shows(page, 'telemetry.db is no longer at its place')
      await foot(page, 'Gone from its place')
      expect(await page.getByRole('list', { name: 'State' }).locator('.on').count()).toBe(0)
      const looked = inBrowser
        ? page.waitForResponse(/files\.open/).then((response) => response.finished())
        : page.waitForTimeout(1000)
      await page.getByRole('button', { name: 'Look again' }).click()
      await looked // or it may find the file that comes next
      await shows(page, 'telemetry.db is no longer at its place')
      await events(page, '120')
      makeSmartAgentsFile(join(folder, 'telemetry.db'), 130)
      await page.getByRole('button', { name: 'Look again' }).click()
      await events(page, '130')
      await page.getByText('The file is gone').waitFor({ state: 'detached' })
      await foot(page, 'Live')
    }, withEvents(120)))

  it('that it can’t be read any more is said with the reason, and what was read stays', () =>
    inWindow(async ({ page, folder }) => {
      await events(page, '120')
      await followed(page)
      writeFileSync(join(folder, 'telemetry.db'), 'Dear reader, '.repeat(9000))
      await shows(page, 'The file can’t be read any more')
      await shows(page, /telemetry\.db is encrypted or not a SQLite database.*what was read before/)
      await foot(page, 'Can’t be read now')
      await events(page, '120')
    }, withEvents(120)))
})
