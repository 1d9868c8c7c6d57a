// The whole loop in pictures, as the person sees it who then takes all back: what was shared, its receipts, the trends
// with them in it, the deletion, and the trends without. Written into docs/walkthrough.md, below the ten questions.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { disperse, firstMidnight, gather, share, switchAllOn } from '../demo/crowd.ts'
import { day } from '../demo/habits.ts'
import { takeBack } from '../demo/installation.ts'
import { makeRoom } from '../demo/room.ts'
import { launchChromium } from '../e2e/chromium.ts'
import { startCommunity } from '../e2e/community-server.ts'
import { root } from '../e2e/options.ts'
import { showPage, startWebHost } from '../e2e/web-program.ts'

const [people, days, threshold] = [24, 15, 6]
export const loopHeading = '# The whole loop'

export async function playLoop(): Promise<void> {
  const folder = makeRoom(people)
  const clock = { now: firstMidnight(days) }
  const server = await startCommunity(() => clock.now, threshold, { perNetwork: 3, within: folder })
  const crowd = gather({ folder, people, guild: threshold, days, clock })
  await switchAllOn(crowd, server.address, 'detailed')
  await share(crowd, { days, clock })
  await server.nightly()
  const [leaving] = crowd
  if (leaving === undefined) throw new Error('nobody came')
  const home = { home: leaving.folder }
  const [host, browser] = await Promise.all([startWebHost(home), launchChromium()])
  const told: string[] = []
  const seen = async (title: string, says: string, play: (page: Page) => Promise<void>): Promise<void> => {
    const { page, close } = await showPage(browser, host, { ...home, file: leaving.file })
    await page.locator('main dl dd').first().waitFor()
    await play(page)
    const name = `loop-${told.length + 1}.png`
    await page.screenshot({ path: join(root, 'docs/pictures', name) })
    told.push(`## ${title}\n\n${says}\n\n![${title}](pictures/${name})\n`)
    await close()
  }
  const fetchTrends = async (page: Page): Promise<void> => {
    await page.keyboard.press('5')
    await page.getByRole('button', { name: `Fetch ${server.address}/trends.json` }).click()
    await page.locator('.own').first().waitFor()
  }
  await mkdir(join(root, 'docs/pictures'), { recursive: true })
  await seen(
    'What was shared',
    'Sharing (`4`): where reports go, when the next leaves, and what went.',
    async (page) => {
      await page.keyboard.press('4')
      await page.getByText('What was shared').first().waitFor()
    },
  )
  await seen(
    'Its receipts',
    'The log (`l`): every byte that left, each with the server’s signed receipt.',
    async (page) => {
      await page.keyboard.press('l')
      await page
        .getByRole('button', { name: /^Bytes of entry/ })
        .first()
        .waitFor()
    },
  )
  const among = `Community (\`5\`), after the click that shows the address. Of ${people} people ${threshold} use security-auditor, just enough to be told.`
  await seen('The trends, and oneself among them', among, fetchTrends)
  const confirmed = await takeBack(leaving)
  disperse(crowd)
  clock.now += day
  await server.nightly()
  await seen(
    'Taken back',
    `${confirmed} reports are deleted, each by the proof of its secret; the server has signed that.`,
    async (page) => {
      await page.keyboard.press('4')
      await page.getByText('What was shared').last().scrollIntoViewIfNeeded()
    },
  )
  const without =
    'The next night: one is missing of those who use security-auditor, so it is a part of `other`.'
  await seen('The trends without them', without, fetchTrends)
  await browser.close()
  await host.close()
  await server.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  await writeLoop(told)
}

async function writeLoop(told: readonly string[]): Promise<void> {
  const path = join(root, 'docs/walkthrough.md')
  const [before = ''] = (await readFile(path, 'utf8')).split(loopHeading)
  const made = `Written by \`npm run shots -- --loop\`: ${people} people share ${days} days each through the real queue and sender, and one of them\ntakes everything back. \`npm run demo:community\` plays it larger.`
  await writeFile(path, `${before.trimEnd()}\n\n${loopHeading}\n\n${made}\n\n${told.join('\n')}`)
}
