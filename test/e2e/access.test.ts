// Every screen in both themes, for people who don't see it as its makers do: axe, and a window of 700 px.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { damage, makeVisits } from './files.ts'
import { findBarriers, findFlaws, showAs } from './looks.ts'
import { states } from './states.ts'
import { charted, inWindow, shows, withEvents } from './window.ts'

async function expectNothingSerious(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([])
}

const screens: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  Files: async (page) => {
    await page.keyboard.press('1')
    await shows(page, 'Opened lately')
  },
  Overview: async (page) => {
    await page.keyboard.press('2')
    await charted(page)
  },
  'Overview as tables': async (page) => {
    await page.keyboard.press('t')
    await page.locator('table').first().waitFor()
  },
  Records: async (page) => {
    await page.keyboard.press('3')
    await shows(page, '300 records')
  },
  'a record in full': async (page) => {
    await page.locator('[role=grid] [role=row][aria-rowindex="3"]').click()
    await shows(page, 'duration_ms')
  },
  'a record under the veil': async (page) => {
    await page.keyboard.press('v')
    await page.getByRole('img', { name: 'Hidden by the veil' }).first().waitFor()
  },
  Sharing: async (page) => {
    await page.keyboard.press('4')
    await shows(page, 'Nothing was sent')
  },
  Community: async (page) => {
    await page.keyboard.press('5')
    await shows(page, 'Nothing is fetched')
  },
  Settings: async (page) => {
    await page.keyboard.press('6')
    await shows(page, 'Time zone')
  },
  'the palette': async (page) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('o')
    await page.getByRole('dialog').waitFor()
  },
  'the list of keys': async (page) => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
  },
}

for (const colorScheme of ['light', 'dark'] as const)
  describe(`in the ${colorScheme} theme`, () => {
    it('axe finds nothing serious on any screen, wide or narrow, and nothing is cut off or sideways', () =>
      inWindow(
        async ({ page }) => {
          await charted(page)
          for (const [name, go] of Object.entries(screens)) {
            await go(page)
            await expectNothingSerious(page)
            for (const width of [700, 1280]) {
              await showAs(page, { width })
              expect(await findFlaws(page), `${name} at ${width} px`).toEqual([])
            }
          }
        },
        async (folder) => ({ ...(await withEvents(300)(folder)), colorScheme }),
      ))
  })

describe('in both themes', () => {
  it('what is said of a damaged file of an unknown format, and its correction, are as sound', () =>
    inWindow(
      async ({ page }) => {
        await page.getByRole('alert').waitFor()
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          await page.getByRole('button', { name: 'Change' }).click()
          await page.getByRole('dialog').getByText('Group by').waitFor()
          await expectNothingSerious(page)
          for (const width of [700, 1280]) {
            await showAs(page, { width })
            expect(await findFlaws(page), `at ${width} px`).toEqual([])
          }
          await page.keyboard.press('Escape')
          await expectNothingSerious(page)
        }
      },
      (folder) => {
        makeVisits(join(folder, 'History'), 90)
        damage(join(folder, 'History'))
        return { file: join(folder, 'History') }
      },
    ))
})

/** By how many pixels the screen can be scrolled sideways, in each of the first pictures of a narrower window. */
async function narrow(page: Page): Promise<readonly number[]> {
  const looking = await page.evaluateHandle(() => {
    const look = async (): Promise<number[]> => {
      const seen: number[] = []
      while (seen.length < 12) {
        await new Promise(requestAnimationFrame)
        const main = document.querySelector('main')
        if (main !== null && innerWidth < 1280) seen.push(main.scrollWidth - main.clientWidth)
      }
      return seen
    }
    return { seen: look() }
  })
  await page.setViewportSize({ width: 700, height: 800 })
  return looking.evaluate(({ seen }) => seen)
}

it('while a slow machine draws a narrower window, nothing sticks out of it to the side', () =>
  inWindow(async ({ page }) => {
    await charted(page)
    const session = await page.context().newCDPSession(page)
    const slowBy = (rate: number) => session.send('Emulation.setCPUThrottlingRate', { rate })
    for (const name of ['Overview', 'Records', 'Settings']) {
      await screens[name]?.(page)
      await slowBy(20)
      const seen = await narrow(page)
      expect(Math.max(...seen), name).toBeLessThanOrEqual(1)
      await slowBy(1)
      await page.setViewportSize({ width: 1280, height: 800 })
    }
  }, withEvents(300)))

describe('in the states that are met seldom', () => {
  for (const { name, make, shows: ready } of states)
    it(`${name}: every screen is as sound, in both themes, wide and narrow`, () =>
      inWindow(
        async ({ page }) => {
          await ready(page)
          for (const key of ['2', '3']) {
            await page.keyboard.press(key)
            await page.waitForTimeout(400)
            for (const [width, colorScheme] of [
              [700, 'dark'],
              [1280, 'light'],
            ] as const) {
              await showAs(page, { width, colorScheme })
              await expectNothingSerious(page)
              expect(await findFlaws(page), `screen ${key} at ${width} px`).toEqual([])
            }
          }
        },
        (folder) => ({ file: make(folder) }),
      ))
})
