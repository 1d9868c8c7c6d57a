// The Sharing screen of a real host in this process, whose clock a spec can set forward, and a receiver for what it sends.
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { createHost } from '../../host/create-host.ts'
import { serveWeb } from '../../host/web.ts'
import { en } from '../../shared/words/en.ts'
import { makeWorld } from '../world.ts'
import { launchChromium, listenForComplaints } from './chromium.ts'
import { makeSmartAgentsFile } from './files.ts'
import { root } from './options.ts'
import { receive } from './receiver.ts'
import type { Receiver } from './receiver.ts'

export interface SharingScene {
  readonly page: Page
  /** Of the program; the person's own file lies beside it. */
  readonly data: string
  readonly file: string
  readonly receiver: Receiver
  /** The person's own folder, where downloads go. */
  readonly home: string
  /** Lets so many milliseconds pass for the host. */
  pass(milliseconds: number): void
}

export const hour = 3_600_000
const day = 24 * hour

let browser: Browser
beforeAll(async () => (browser = await launchChromium()))
afterAll(() => browser.close())

export async function inSharing(
  play: (scene: SharingScene) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const world = await makeWorld()
  const receiver = await receive()
  const file = join(world.folder, 'telemetry.db')
  const begun = Date.now()
  const noon = Math.floor(begun / day) * day + day / 2 // so that no spec runs past midnight
  makeSmartAgentsFile(file, 400, noon)
  let passed = 0
  const now = (): number => noon + (Date.now() - begun) + passed
  const host = createHost({ ...world.deps('web'), environment, now })
  const web = await serveWeb({ host, page: join(root, 'dist/page'), port: 0, now: Date.now, words: en.web })
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints = listenForComplaints(page)
  try {
    await page.goto(web.address(file))
    await page.locator('main dl dd').first().waitFor()
    await page.keyboard.press('4')
    await page.getByRole('region', { name: 'What is true now' }).waitFor()
    const pass = (milliseconds: number): void => void (passed += milliseconds)
    await play({ page, data: world.data, home: world.home, file, receiver, pass })
    expect(complaints).toEqual([])
  } finally {
    await context.close()
    await web.close()
    await host.close()
    await receiver.close()
    await world.remove()
  }
}

/** A part of the screen by its heading. */
export const part = (page: Page, heading: string): Locator =>
  page.locator('main section', { has: page.getByRole('heading', { name: heading, exact: true }) })
export const headline = (page: Page): Locator =>
  page.getByRole('region', { name: 'What is true now' }).getByRole('status')

export async function tickFile(page: Page): Promise<void> {
  await part(page, 'Files to share from').getByRole('checkbox').check()
  await part(page, 'Files to share from').getByText('events on that day').waitFor()
}

export async function setCommunity(page: Page, address: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a destination…' }).click()
  await page.getByLabel('Address').fill(address)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Test Community server' }).waitFor()
}

/** What comes before the choice, and the choice. */
export async function switchOn(page: Page, address: string): Promise<void> {
  await tickFile(page)
  await setCommunity(page, address)
  await page.getByRole('button', { name: 'Switch on detailed' }).click()
  await page.getByRole('button', { name: 'Switch off' }).waitFor()
}

export const says = (page: Page, text: string | RegExp): Promise<void> =>
  page.locator('main').getByText(text).first().waitFor()

const daysAgo = (days: number): string => new Date(Date.now() - days * day).toISOString().slice(0, 10)

/** On, with the reports of three days that wait. */
export async function withThreeWaiting(
  { page, receiver }: SharingScene,
  address = receiver.address,
): Promise<void> {
  await switchOn(page, address)
  await page.getByLabel('Also share days from').fill(daysAgo(3))
  await page.getByRole('button', { name: 'Make these reports' }).click()
  await says(page, '3 reports made')
}

/** And then an hour has passed, and they went. */
export async function withThreeSent(scene: SharingScene, address = scene.receiver.address): Promise<void> {
  await withThreeWaiting(scene, address)
  scene.pass(hour + 60_000)
  await scene.page.getByRole('button', { name: 'Share now' }).click()
  await says(scene.page, '3 requests sent, 0 waiting.')
}
