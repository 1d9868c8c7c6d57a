// Sharing as a person meets it: nothing leaves; what would leave is seen first; then it is switched on, held back, sent,
// found in the log, switched off and taken back.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { holdAnswers } from './hold.ts'
import { findViolations } from './looks.ts'
import {
  headline,
  hour,
  inSharing,
  part,
  says,
  setCommunity,
  switchOn,
  tickFile,
  withThreeSent,
  withThreeWaiting,
} from './sharing-window.ts'

const sha256 = (body: string): string => createHash('sha256').update(body).digest('hex')

describe('before anything is switched on', () => {
  it('says that nothing leaves, to whom, when and how to undo what could, without scrolling, of the person’s own day', () =>
    inSharing(async ({ page }) => {
      await expect.poll(() => headline(page).textContent()).toBe('Nothing leaves this machine')
      await page.getByText('agent_execution: 10–19 times').waitFor()
      const lines = page.getByRole('region', { name: 'What is true now' }).locator('ol li')
      expect(await lines.count()).toBe(5)
      for (const text of ['What leaves', 'To whom', 'When next', 'How to undo']) {
        const box = await page.locator('dt', { hasText: text }).boundingBox()
        expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(800)
      }
    }))

  it('chooses nothing for anybody: nothing is ticked, and on is no larger than off', () =>
    inSharing(async ({ page, data }) => {
      await page.getByText('agent_execution: 10–19 times').waitFor()
      expect(await page.locator('main :is([type=checkbox], [type=radio]):checked').count()).toBe(0)
      const size = async (name: string) => {
        const box = await page.getByRole('button', { name }).boundingBox()
        return [box?.width, box?.height]
      }
      expect(await size('Leave it off')).toEqual(await size('Switch on detailed'))
      const asked: string[] = []
      page.on('request', (request) => void asked.push(new URL(request.url()).pathname))
      await page.getByRole('button', { name: 'Switch on detailed' }).click()
      await says(page, 'Tick a file above')
      await tickFile(page)
      await page.getByRole('button', { name: 'Switch on detailed' }).click()
      await says(page, 'Set a destination above')
      await page.getByRole('button', { name: 'Leave it off' }).click()
      await says(page, 'Sharing stays off')
      expect(asked.filter((path) => path.endsWith('/share.on'))).toEqual([])
      expect((await readdir(data)).filter((name) => /^sharing/.test(name))).toEqual([])
    }))

  it('shows every field with what the file holds and what is left of it, and at basic what stays', () =>
    inSharing(async ({ page }) => {
      const row = (field: string) => {
        const named = page.locator('code', { hasText: new RegExp(`^${field}$`) })
        return page.locator('main [role=row]').filter({ has: named })
      }
      await row('count').getByText('10–19').waitFor()
      await row('count').getByText('18 events').waitFor()
      await row('agent')
        .getByText(/^(code-reviewer|planner)$/)
        .first()
        .waitFor()
      await page.getByRole('button', { name: 'Show it for basic' }).click()
      await row('agent').getByText('nothing: basic leaves it out').waitFor()
      await row('os').getByText('“other”: basic tells no more').waitFor()
      const body = await page.getByRole('region', { name: 'Bytes of the report' }).textContent()
      expect(body).toContain('agent_execution')
      expect(body).not.toContain('planner')
    }))

  it('says who keeps it off, and offers no way to switch it on', () =>
    inSharing(
      async ({ page }) => {
        await says(page, 'DO_NOT_TRACK set: sharing is off')
        await page.getByText('agent_execution: 10–19 times').waitFor()
        expect(await page.getByRole('button', { name: /^Switch on/ }).count()).toBe(0)
      },
      { DO_NOT_TRACK: '1' },
    ))

  it('P2: leaves no trace on the disk and asks nothing of anybody, however long it is looked at', () =>
    inSharing(async ({ page, data, receiver }) => {
      await page.getByText('agent_execution: 10–19 times').waitFor()
      await page.getByRole('button', { name: 'What did this program ever send?' }).click()
      await says(page, 'this program has never sent anything')
      for (const key of ['1', '2', '3', '5', '6', '4']) await page.keyboard.press(key)
      await page.getByText('agent_execution: 10–19 times').waitFor()
      expect(receiver.received).toEqual([])
      for (const name of [
        'sharing.json',
        'sharing.db',
        'destinations.json',
        'keys.json',
        'shared-files.json',
      ])
        expect(existsSync(join(data, name)), name).toBe(false)
    }))
})

describe('a window of somebody who does not share', () => {
  it('P2: loads nothing of sharing until its screen is opened, and asks no other host for anything', () =>
    inSharing(async ({ page }) => {
      const loaded: string[] = []
      const hosts = new Set<string>()
      const address = page.url().replace('#/sharing', '#/overview')
      await page.goto('about:blank') // the window it was has asked its last
      page.on('request', (request) => {
        const { host, pathname } = new URL(request.url())
        hosts.add(host)
        loaded.push(pathname)
      })
      await page.goto(address)
      await page.locator('canvas').first().waitFor()
      for (const key of ['1', '3', '5', '6', '2']) {
        await page.keyboard.press(key)
        await page.locator('main h1, main canvas').first().waitFor()
      }
      const ofSharing = () => loaded.filter((path) => /\/assets\/Sharing|\/call\/share\./.test(path))
      expect(loaded.some((path) => /\/assets\/Settings/.test(path))).toBe(true)
      expect(ofSharing()).toEqual([])
      expect([...hosts]).toEqual([new URL(page.url()).host])
      await page.keyboard.press('4')
      await expect.poll(() => ofSharing().length).toBeGreaterThan(2)
    }))
})

describe('under the veil', () => {
  it('a word of the file’s own, which is on no list and never leaves, is not on the page', () =>
    inSharing(async ({ page, file }) => {
      await page.getByText('agent_execution: 10–19 times').waitFor()
      const db = new DatabaseSync(file)
      db.exec("UPDATE telemetry_events SET event_data = replace(event_data, 'planner', 'hush-hush')")
      db.close()
      await page.getByRole('button', { name: 'Show it for detailed' }).click()
      await page.locator('main [role=cell]', { hasText: 'hush-hush' }).waitFor()
      const bytes = await page.getByRole('region', { name: 'Bytes of the report' }).textContent()
      expect(bytes).toContain('"agent":"other"')
      expect(bytes).not.toContain('hush')
      await page.locator('main').focus()
      await page.keyboard.press('v')
      await page.getByRole('img', { name: 'Hidden by the veil' }).first().waitFor()
      expect(await page.locator('body').textContent()).not.toContain('hush-hush')
    }))
})

describe('a destination', () => {
  it('says which address a test will ask before it asks, and asks then once, without a report', () =>
    inSharing(async ({ page, receiver }) => {
      await setCommunity(page, receiver.address)
      await page.getByRole('button', { name: 'Test Community server' }).click()
      await says(page, `connects to ${receiver.address}/api/v1/reports`)
      expect(receiver.received).toEqual([])
      await page.getByRole('button', { name: 'Test it now' }).click()
      await says(page, 'It answers (status 200).')
      expect(receiver.received.map(({ body }) => body)).toEqual([''])
    }))

  it('takes a key once, and never shows it again', () =>
    inSharing(async ({ page, data }) => {
      await page.getByRole('button', { name: 'Add a destination…' }).click()
      await page.getByLabel('Kind').selectOption('posthog')
      await page.getByLabel('Key', { exact: true }).fill('phc_never-seen-again')
      const answer = await holdAnswers(page, 'share.held')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: 'Change PostHog' }).click() // before all is looked at again
      await answer()
      await page.locator('button[aria-disabled=false]', { hasText: 'Switch on detailed' }).waitFor()
      expect(await page.getByLabel('Key', { exact: true }).inputValue()).toBe('')
      await says(page, 'Kept. Leave empty to keep it')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByLabel('Key', { exact: true }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Change PostHog' }).waitFor()
      expect(await readFile(join(data, 'keys.json'), 'utf8')).toContain('phc_never-seen-again')
      expect(await page.content()).not.toContain('phc_never-seen-again')
      await page.getByRole('button', { name: /^Remove PostHog/ }).click()
      await says(page, 'None is set')
      expect(await readFile(join(data, 'keys.json'), 'utf8')).not.toContain('phc_never-seen-again')
    }))

  it('is refused in words where its address is plain http to elsewhere, and nothing is kept', () =>
    inSharing(async ({ page, data }) => {
      await page.getByRole('button', { name: 'Add a destination…' }).click()
      await page.getByLabel('Address').fill('http://sharing.example.org')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('alert').getByText('is not https').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Add a destination…' }).waitFor()
      expect(existsSync(join(data, 'destinations.json'))).toBe(false)
    }))
})

describe('P3 and P5: from consent to the way back', () => {
  it('what waits is held for an hour, is sent to the byte as it was read, and stands in the log', () =>
    inSharing(async (scene) => {
      const { page, receiver, pass } = scene
      await withThreeWaiting(scene)
      const waiting = part(page, 'Waiting to be sent')
      await waiting
        .getByRole('button', { name: /^Read the bytes/ })
        .first()
        .click()
      const seen = (await waiting.locator('pre').first().textContent()) ?? ''
      await waiting.getByText(sha256(seen)).waitFor()
      await waiting
        .getByRole('button', { name: /^Take out/ })
        .nth(1)
        .click()
      await says(page, 'was taken out and is not shared')
      await page.getByRole('button', { name: 'Share now' }).click()
      await says(page, /^0 requests sent, 2 waiting\. The next leaves on .* at the earliest\.$/)
      expect(receiver.received).toEqual([])

      pass(hour + 60_000)
      await page.getByRole('button', { name: 'Share now' }).click()
      await says(page, '2 requests sent, 0 waiting.')
      expect(receiver.received.map(({ path }) => path)).toEqual(['/api/v1/reports', '/api/v1/reports'])
      expect(receiver.received[0]?.body).toBe(seen)

      await page.locator('main').focus()
      await page.keyboard.press('l')
      const log = page.locator('#sharing-log')
      await expect.poll(() => log.evaluate((element) => element === document.activeElement)).toBe(true)
      await log.getByText(/^The chain of \d+ entries is whole/).waitFor()
      await log.getByText('arrived', { exact: false }).first().waitFor()
      await log.getByRole('searchbox').fill(sha256(seen))
      await log.getByText(/^1 of \d+ entries/).waitFor()
      await log.getByRole('button', { name: /^Bytes of entry/ }).click()
      expect(await log.locator('pre').textContent()).toBe(seen)
    }))

  it('switching off stops all at once, empties what waits, and offers to delete what was shared, which is then done', () =>
    inSharing(async (scene) => {
      const { page, receiver, data } = scene
      await withThreeSent(scene)
      await page.getByRole('button', { name: 'Switch off' }).click()
      await expect.poll(() => headline(page).textContent()).toBe('Nothing leaves this machine')
      const state = page.getByRole('list', { name: 'State' })
      await state.getByText('Off: nothing leaves this machine').waitFor()
      expect(existsSync(join(data, 'sharing.json'))).toBe(false)
      await says(page, 'Shall what was shared be deleted as well?')
      await says(page, 'What was shared stands below')
      await page.getByRole('button', { name: 'Delete what was shared…' }).click()
      await says(page, 'Ask Community server to delete 3 reports?')
      expect(receiver.received).toHaveLength(3)
      receiver.answer(503)
      await page.getByRole('button', { name: 'Delete 3 reports' }).click()
      await expect
        .poll(() => headline(page).textContent())
        .toMatch(/^Nothing .* but the deletions you asked for$/)
      await state.getByText('Off: only deletions leave').waitFor()
      await says(page, 'The deletions you asked for, and nothing else. If on: lines like these')
      await page.reload()
      await state.getByText('Off: only deletions leave').waitFor()
      await page.getByText('Each report', { exact: true }).click()
      await says(page, 'deletion not confirmed yet: it answered with status 503')
      receiver.answer(200)
      await page.getByRole('button', { name: 'Try it now' }).click()
      await says(page, '3 deletions confirmed.')
      await expect.poll(() => headline(page).textContent()).toBe('Nothing leaves this machine')
      await state.getByText('Off: nothing leaves this machine').waitFor()
      const deletions = receiver.received.slice(3)
      expect(deletions.every(({ path }) => /^\/api\/v1\/batches\/[0-9a-f-]{36}\/delete$/.test(path))).toBe(
        true,
      )
      expect(new Set(deletions.map(({ path }) => path)).size).toBe(3)
    }))

  it('the log can be erased: what is lost is read first, nothing goes by looking, and Escape leaves it', () =>
    inSharing(async (scene) => {
      const { page, data } = scene
      await withThreeSent(scene)
      const log = page.locator('#sharing-log')
      const [sent = ''] = scene.receiver.received.map(({ body }) => body)
      const { batch_id: id } = JSON.parse(sent) as { batch_id: string }
      const holds = async () =>
        (
          await Promise.all(
            (await readdir(data))
              .filter((name) => /^sharing/.test(name))
              .map((name) => readFile(join(data, name), 'latin1')),
          )
        ).some((text) => text.includes(id))
      await log.getByRole('button', { name: 'Erase…' }).click()
      const ask = log.getByRole('group', { name: 'Erase the log' })
      await ask.getByText('go the secrets of 3 reports').waitFor()
      expect(await findViolations(page, '#sharing-log')).toEqual([])
      await page.keyboard.press('Escape')
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Erase…')
      await page.keyboard.press('Enter')
      await ask.getByLabel('Up to this day').fill('2020-01-01')
      await ask.getByText('There is no such entry.').waitFor()
      expect(await holds()).toBe(true)
      await ask.getByLabel('Up to this day').fill('')
      await ask.getByRole('button', { name: /^Erase \d+ entries for good$/ }).click()
      await log.getByText(/\d+ entries before this erased by you/).waitFor()
      await log.getByText('The chain of 1 entry is whole').waitFor()
      expect(await log.locator('ol li').count()).toBe(1)
      expect(await holds()).toBe(false)
      await says(page, 'Nothing was ever shared.')
    }))

  it('a changed log is said to be changed', () =>
    inSharing(async ({ page, receiver, data }) => {
      await switchOn(page, receiver.address)
      const db = new DatabaseSync(join(data, 'sharing.db'))
      db.exec(`UPDATE log SET entry = replace(entry, 'detailed', 'basic') WHERE seq = 1`)
      db.close()
      await page.locator('#sharing-log').getByRole('button', { name: 'Check again' }).click()
      await page.locator('#sharing-log').getByText('The chain breaks at entry 1').waitFor()
    }))
})
