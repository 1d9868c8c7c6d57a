// The way back, on this project's own server: whose report made the tenth of ten deletes the records of those days, takes
// the days back, and is gone from the trends with the next renewal; and the server says itself that nothing is left.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { startCommunity } from './community-server.ts'
import { deleteAtOnce } from './delete-at-once.ts'
import { findFlaws, findViolations } from './looks.ts'
import { hour, inSharing, part, says, setCommunity, tickFile } from './sharing-window.ts'
import type { SharingScene } from './sharing-window.ts'

const day = 24 * hour
/** Among the last eight days is a Sunday whose week is told by now. */
const days = 8

async function shareDays({ page, pass }: SharingScene, address: string): Promise<void> {
  await tickFile(page)
  await setCommunity(page, address)
  await page.getByRole('button', { name: 'Show it for detailed' }).click()
  await page.getByRole('button', { name: 'Switch on detailed' }).click()
  const first = new Date(Date.now() - days * day).toISOString().slice(0, 10)
  await page.getByLabel('Also share days from').fill(first)
  await page.getByRole('button', { name: 'Make these reports' }).click()
  await says(page, `${days} reports made`)
  pass(hour + 60_000)
  await page.getByRole('button', { name: 'Share now' }).click()
  await says(page, `${days} requests sent, 0 waiting.`)
}

async function lookAtTrends(page: Page, address: string): Promise<void> {
  await page.keyboard.press('5')
  const other = page.getByRole('button', { name: 'Look at others' })
  if ((await other.count()) > 0) await other.click()
  await page.getByLabel('Address of a community server').fill(address)
  await page.getByRole('button', { name: `Fetch ${address}/trends.json` }).click()
}

/** All records, confirmed, and gone. */
async function deleteRecords(page: Page): Promise<void> {
  await page.keyboard.press('Delete')
  const panel = page.getByRole('dialog', { name: 'Delete for good' })
  await panel.getByRole('radio', { name: 'All of the file' }).check()
  await deleteAtOnce(page)
  await panel.getByRole('button', { name: 'Delete 400 events…' }).click()
  await panel.getByRole('button', { name: 'Delete 400 events', exact: true }).click()
  await panel.getByText('400 events are deleted').waitFor()
}

it('P5: deleted days are offered to be taken back, and then neither the trends nor the server have them', async () => {
  const server = await startCommunity(Date.now, 10)
  try {
    await server.share(9, 2)
    await inSharing(async (scene) => {
      const { page, data } = scene
      await shareDays(scene, server.address)
      await server.nightly()
      await lookAtTrends(page, server.address)
      await part(page, 'System').getByText('At least 10 contributors; threshold 10').waitFor()

      await deleteRecords(page)
      const offer = page.getByRole('region', { name: /were shared$/ })
      await offer.getByText(`${server.address}/api/v1/reports`).waitFor()
      expect(await offer.getByRole('checkbox', { checked: true }).count()).toBe(0)
      expect(await offer.getByRole('button', { name: 'Take back' }).isDisabled()).toBe(true)
      expect(await offer.getByRole('checkbox').count()).toBe(days)
      expect(await findViolations(page, 'dialog[open]')).toEqual([])
      expect(await findFlaws(page)).toEqual([])
      await offer.getByRole('button', { name: 'Choose all' }).click()
      await offer.getByRole('button', { name: `Take back ${days} reports` }).click()
      await offer
        .getByText('deleted, with a receipt')
        .nth(days - 1)
        .waitFor()
      await page.getByRole('button', { name: 'Close' }).click()

      await server.nightly()
      await lookAtTrends(page, server.address)
      await says(page, 'These trends hold no week yet')
      expect(await page.getByText('of another tool').count()).toBe(0)

      await page.keyboard.press('4')
      await page.getByRole('button', { name: 'Switch off' }).click()
      const shared = part(page, 'What was shared')
      await shared.getByText(`connects to ${server.address}/api/v1/batches/list`).waitFor()
      const log = page.locator('#sharing-log')
      expect(await log.getByText('the question what is still there').count()).toBe(0) // nobody asked yet
      await shared.getByRole('button', { name: 'Ask what is still there' }).click()
      await shared.getByText(`${days} reports are gone, as asked for.`).waitFor()
      await log.getByText('the question what is still there').first().waitFor()

      // A log that knows nothing of one deletion would miss that report.
      const db = new DatabaseSync(join(data, 'sharing.db'), { timeout: 5000 })
      db.exec('DELETE FROM deletion WHERE batch = (SELECT min(batch) FROM deletion)')
      db.close()
      await shared.getByRole('button', { name: 'Ask what is still there' }).click()
      await shared.getByText(/^Not there, although it arrived .*: Smart Agents, /).waitFor()
      expect(await findFlaws(page)).toEqual([])
    })
  } finally {
    await server.close()
  }
})
