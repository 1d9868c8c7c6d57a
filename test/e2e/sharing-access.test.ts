// The Sharing screen in each of its states, for people who don't see it as its makers do, and by the keyboard alone.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { findFlaws, findViolations, showAs } from './looks.ts'
import { headline, inSharing, part, withThreeSent, withThreeWaiting } from './sharing-window.ts'

describe('for everybody', () => {
  /** In every theme and width that matters. */
  async function look(page: Page, state: string): Promise<void> {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['light', 700],
      ['dark', 1280],
    ] as const) {
      await showAs(page, { width, colorScheme })
      expect(await findFlaws(page), `${state} ${colorScheme} ${width}`).toEqual([])
      expect(await findViolations(page, 'main'), state).toEqual([])
    }
  }

  it('axe finds nothing, and nothing is cut off, while sharing is off and a destination is set', () =>
    inSharing(async ({ page }) => {
      await page.getByText('agent_execution: 10–19 times').waitFor()
      await look(page, 'off')
      await page.getByRole('button', { name: 'Add a destination…' }).click()
      await page.getByLabel('Kind').selectOption('s3')
      await look(page, 'a destination')
    }))

  it('nor while reports wait and are read', () =>
    inSharing(async (scene) => {
      const { page } = scene
      await withThreeWaiting(scene)
      const waiting = part(page, 'Waiting to be sent')
      await waiting
        .getByRole('button', { name: /^Read the bytes/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Test Community server' }).click()
      await look(page, 'on')
    }))

  it('nor when they were sent, and sharing is off again', () =>
    inSharing(async (scene) => {
      const { page } = scene
      await withThreeSent(scene)
      await page
        .getByRole('button', { name: /^Bytes of entry/ })
        .first()
        .click()
      await page.getByRole('button', { name: 'Switch off' }).click()
      await page.getByRole('button', { name: 'Delete what was shared…' }).click()
      await look(page, 'off again')
    }))

  it('can be switched on and off by the keyboard alone', () =>
    inSharing(async ({ page, receiver }) => {
      const press = async (name: string | RegExp, key = 'Enter'): Promise<void> => {
        await page.getByRole('button', { name }).focus()
        await page.keyboard.press(key)
      }
      await part(page, 'Files to share from').getByRole('checkbox').focus()
      await page.keyboard.press('Space')
      await part(page, 'Files to share from').getByText('events on that day').waitFor()
      await press('Add a destination…')
      await page.keyboard.type(receiver.address) // the first field has the focus
      await page.keyboard.press('Enter')
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
        .toBe('Test Community server')
      await press('Switch on detailed')
      await page.getByRole('button', { name: 'Switch off' }).waitFor()
      await press('Switch off', 'Space')
      await expect.poll(() => headline(page).textContent()).toBe('Nothing leaves this machine')
    }))
})
