// Sharing that is on, on its less sunny days: a destination that refuses, a level that is changed, a log that is taken
// along; and all of it with this project's own server at the other end.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { usualConfig } from '../../server/config.ts'
import { placeAt } from '../../server/node/place.ts'
import { startServer } from '../../server/node/start.ts'
import { hour, inSharing, part, says, switchOn, withThreeSent, withThreeWaiting } from './sharing-window.ts'

describe('a destination', () => {
  it('that can’t take a report now is said to, is asked again by itself, and nothing is lost', () =>
    inSharing(async (scene) => {
      const { page, receiver, pass } = scene
      await withThreeWaiting(scene)
      receiver.answer(503)
      pass(hour + 60_000)
      await page.getByRole('button', { name: 'Share now' }).click()
      await says(page, '0 requests sent, 3 waiting.')
      const list = part(page, 'Where to')
      await list.getByText('Last trouble: it answered with status 503 and is asked again later').waitFor()
      await part(page, 'Waiting to be sent')
        .getByText(/^1 attempt; again on/)
        .waitFor()
      receiver.answer(200)
      pass(hour)
      await page.getByRole('button', { name: 'Share now' }).click()
      await says(page, '3 requests sent, 0 waiting.')
      expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(3)
    }))

  it('that will never take a report is said to have refused it, which can be read and taken out', () =>
    inSharing(async (scene) => {
      const { page, receiver, pass } = scene
      await withThreeWaiting(scene)
      receiver.answer(422)
      pass(hour + 60_000)
      await page.getByRole('button', { name: 'Share now' }).click()
      const waiting = part(page, 'Waiting to be sent')
      await waiting.getByText('refused: it is not sent again').first().waitFor()
      await says(page, '0 requests sent, 0 waiting.')
      await part(page, 'Where to').getByText('stopped: it refused').waitFor()
      const before = receiver.received.length
      pass(24 * hour)
      await page.getByRole('button', { name: 'Share now' }).click()
      await says(page, /^0 requests sent/)
      const sent = receiver.received.slice(before).map(({ body }) => body)
      expect(
        sent.filter((body) => receiver.received.slice(0, before).some((one) => one.body === body)),
      ).toEqual([])
      await page.getByRole('button', { name: 'Change Community server' }).click()
      await page.getByRole('button', { name: 'Save' }).click() // as after a wrong key: their days are made again
      await expect.poll(() => waiting.getByText('refused: it is not sent again').count()).toBe(0)
      await page.getByRole('button', { name: 'Share now' }).click()
      await says(page, /^0 requests sent, [34] waiting/)
    }))
})

describe('PostHog as a destination', () => {
  it('is said to be weaker, with the address of its own tools, which is opened by a press alone', () =>
    inSharing(async ({ page }) => {
      const tools = 'https://posthog.com/docs/privacy/data-storage'
      const asked: string[] = []
      await page.context().route(/^https:/, (route) => {
        asked.push(route.request().url())
        return route.fulfill({ body: 'their tools' })
      })
      const list = part(page, 'Where to')
      await page.getByRole('button', { name: 'Add a destination…' }).click()
      await page.getByLabel('Kind').selectOption('posthog')
      await list.getByText('it signs no receipt').waitFor() // before anything is set
      await page.getByLabel('Key', { exact: true }).fill('phc_0123456789')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: 'Test PostHog' }).waitFor()
      await list.getByText('deletes nothing on your proof').waitFor()
      await says(page, 'What PostHog got can’t be deleted from here')
      const link = list.getByRole('link', { name: tools })
      expect(asked).toEqual([])
      const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()])
      await opened.getByText('their tools').waitFor()
      expect(asked[0]).toBe(tools)
      expect(await opened.evaluate(() => [document.referrer, window.opener])).toEqual(['', null])
    }))
})

describe('while sharing is on', () => {
  it('the level is changed by the same choice, after what it would leave was shown', () =>
    inSharing(async ({ page, receiver }) => {
      await switchOn(page, receiver.address)
      // Where it now says that it is on.
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('sharing-state')
      expect(await page.getByRole('button', { name: /^Change to/ }).count()).toBe(0)
      await page.getByRole('button', { name: 'Show it for basic' }).click()
      await page.getByRole('button', { name: 'Change to basic' }).click()
      await says(page, /^Sharing is on, basic, since/)
      await page.getByRole('list', { name: 'State' }).getByText('Sharing is on: basic').waitFor()
      expect(await page.getByRole('button', { name: /^Change to/ }).count()).toBe(0)
    }))

  it('another id is drawn when it is wished for, and the log says so', () =>
    inSharing(async ({ page, receiver, pass }) => {
      await switchOn(page, receiver.address)
      const id = part(page, 'Anonymous id')
      const before = await id.getByText('Drawn at random').textContent()
      pass(5000)
      await id.getByRole('button', { name: 'Draw another now' }).click()
      await page.locator('#sharing-log').getByText('Another anonymous id was drawn').waitFor()
      expect(await id.getByText('Drawn at random').textContent()).not.toBe(before)
    }))

  it('the whole log is one command away from everywhere, and is taken along as a file with every byte that was sent', () =>
    inSharing(async (scene) => {
      const { page, receiver, home } = scene
      await withThreeSent(scene)
      await page.locator('#sharing-log').getByRole('button', { name: 'Export' }).click()
      const lies = page.locator('#sharing-log').getByText('The whole log lies in')
      const path = (await lies.locator('bdi').textContent()) ?? ''
      expect(path.startsWith(home)).toBe(true)
      const written = await readFile(path, 'utf8')
      for (const { body } of receiver.received) expect(written).toContain(JSON.stringify(body))
      await page.keyboard.press('Escape') // out of whatever has the focus
      await page.keyboard.press('1')
      await page.keyboard.press('Control+k')
      await page.keyboard.type('ever sen')
      await page.keyboard.press('Enter')
      const log = page.locator('#sharing-log')
      await expect.poll(() => log.evaluate((element) => element === document.activeElement)).toBe(true)
    }))
})

describe('sample data', () => {
  it('is shown as what it is, and can’t be ticked', () =>
    inSharing(async ({ page }) => {
      await page.keyboard.press('1')
      await page.getByRole('button', { name: 'Open sample data' }).click()
      await page.locator('main dl dd', { hasText: /^5,000$/ }).waitFor()
      await page.keyboard.press('4')
      await says(page, 'sample data is never shared')
      await page.getByRole('checkbox', { name: 'sample' }).click()
      await page.getByRole('alert').getByText('made-up sample data, which is never shared').waitFor()
      await expect.poll(() => page.getByRole('checkbox', { name: 'sample' }).isChecked()).toBe(false)
    }))
})

describe('with the project’s own server', () => {
  it('P5: what was sent is there, and after it was taken back it is there no more', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sightglass-server-'))
    const server = await startServer({
      port: 0,
      host: '127.0.0.1',
      place: placeAt(folder, undefined),
      config: usualConfig,
      clock: () => Date.now() + hour,
    })
    const events = (): unknown => {
      const db = new DatabaseSync(placeAt(folder, undefined).store, { readOnly: true })
      const counted = db.prepare('SELECT count(*) AS n FROM events').get()
      db.close()
      return counted?.['n']
    }
    try {
      await inSharing(async (scene) => {
        const { page } = scene
        await withThreeSent(scene, server.address)
        expect(events()).toBe(3)
        await says(page, '3 signed receipts verified.')
        await page.locator('#sharing-log li').getByText('receipt verified').first().waitFor()
        await page.getByText('Each report').click()
        await page
          .getByRole('button', { name: /^Delete Smart Agents/ })
          .first()
          .click()
        await says(page, 'deleted, with a receipt')
        expect(events()).toBe(2)
        await page.getByRole('button', { name: 'Switch off' }).click()
        await says(page, 'Sharing is off. Shall what was shared be deleted as well?')
        await page.getByRole('button', { name: 'Delete what was shared…' }).click()
        await page.getByRole('button', { name: 'Delete 2 reports' }).click()
        await says(page, '3 deletions confirmed.')
        expect(events()).toBe(0)
        await says(page, '6 signed receipts verified.')
      })
    } finally {
      await server.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    }
  })
})
