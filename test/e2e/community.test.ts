// The Community screen against this project's own server: nothing before the click, the address on it, and then what
// many do, with one's own values marked; and whatever else a file may be that calls itself trends.
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { sightglass } from '../host/command-line.ts'
import { makeEarlyexit, makeVoiceMode } from './files.ts'
import { findBarriers, findFlaws, showAs } from './looks.ts'
import { startCommunity } from './community-server.ts'
import type { CommunityServer } from './community-server.ts'
import { inSharing, part, says, switchOn } from './sharing-window.ts'
import { readTrends } from '../../shared/community/trends.ts'

async function withTrends(play: (server: CommunityServer) => Promise<void>): Promise<void> {
  const server = await startCommunity(Date.now)
  try {
    await server.share(24, 4)
    await server.nightly()
    await play(server)
  } finally {
    await server.close()
  }
}

async function fetchFrom(page: Page, address: string): Promise<void> {
  await page.keyboard.press('5')
  await page.getByLabel('Address of a community server').fill(address)
  await page.getByRole('button', { name: `Fetch ${address}/trends.json` }).click()
}

describe('the Community screen', () => {
  it('shows what many do, who stands behind it and the threshold, and oneself among them', () =>
    withTrends((server) =>
      inSharing(async ({ page }) => {
        await fetchFrom(page, server.address)
        await says(page, `From ${server.address}/trends.json`)
        await says(page, /Nothing is told of fewer than 5 contributors/)
        const agents = part(page, 'Agent')
        await agents.getByText('At least 20 contributors; threshold 5').waitFor()
        await agents.locator('li', { hasText: 'planner' }).locator('.own').waitFor()
        await part(page, 'Version of the tool').getByText('2.1').waitFor()
        await part(page, 'System').getByText('macos').waitFor()
        await part(page, 'Provider').getByText('anthropic').waitFor()
        const ranges = part(page, 'Failures and durations, by range')
        // One in nine of one's own runs fails, as one in ten does of the highest quarter of people.
        await ranges
          .getByRole('img', { name: /^agent_execution.*you 10-20%, among the highest \d+%$/ })
          .waitFor()
        await part(page, 'Over weeks').locator('canvas').waitFor()
        await page.keyboard.press('t')
        await ranges
          .getByRole('row', { name: /agent_execution/ })
          .getByText('among the highest')
          .waitFor()
        expect(await part(page, 'Over weeks').locator('tbody tr').count()).toBe(4)
      }),
    ))

  it('has nothing serious for axe in either theme, wide or narrow, and nothing is cut off', () =>
    withTrends((server) =>
      inSharing(async ({ page }) => {
        await fetchFrom(page, server.address)
        await part(page, 'Agent').locator('.own').first().waitFor()
        for (const colorScheme of ['light', 'dark'] as const)
          for (const width of [700, 1280]) {
            await showAs(page, { width, colorScheme })
            expect(await findBarriers(page)).toEqual([])
            expect(await findFlaws(page), `${colorScheme} at ${width} px`).toEqual([])
          }
      }),
    ))

  it('opens a saved file without any connection, and marks nobody where no file is open', () =>
    withTrends(async (server) => {
      const body = await (await fetch(`${server.address}/trends.json`)).text()
      await inSharing(async ({ page, home }) => {
        const saved = join(home, 'trends.json')
        await writeFile(saved, body)
        await page.keyboard.press('5')
        await page.locator('input[type=file]').setInputFiles(saved)
        await says(page, 'From trends.json')
        await says(page, 'A trends file carries no signature')
        await part(page, 'Agent').getByText('planner').waitFor()
      })
    }))

  it('says what is wrong with a file that is none, and shows nothing of it', () =>
    withTrends(async (server) => {
      const body = await (await fetch(`${server.address}/trends.json`)).text()
      const bad: Readonly<Record<string, readonly [string, string]>> = {
        script: [body.replaceAll('"planner"', '"<img src=x onerror=alert(1)>"'), 'holds a name with signs'],
        totals: [body.replace(/"share":\d+/, '"share":99'), 'has sums that don’t add up'],
        other: ['{"hello":"world"}', 'but no trends file'],
        cut: [body.slice(0, -20), 'is not JSON, or was cut short'],
        version: [body.replace('"version":1', '"version":2'), 'of another version'],
      }
      await inSharing(async ({ page, home }) => {
        await page.keyboard.press('5')
        for (const [name, [text, why]] of Object.entries(bad)) {
          const saved = join(home, `${name}.json`)
          await writeFile(saved, text)
          await page.locator('input[type=file]').setInputFiles(saved)
          await page.getByRole('alert').getByText(why).waitFor()
          await page.getByRole('alert').getByText('Nothing of it is shown').waitFor()
        }
        const old = join(home, 'old.json')
        await writeFile(old, body.replace(/"made":"[^"]*"/, '"made":"2026-01-01T00:00:00.000Z"'))
        await page.locator('input[type=file]').setInputFiles(old)
        await page.getByRole('status').getByText('This file is old').waitFor()
      })
    }))
})

describe('the request for trends', () => {
  it('P2: is the same to the last byte, whatever lies on the machine, whether sharing is on, and from a terminal', async () => {
    const requests: string[] = []
    const server = createServer((socket) =>
      socket.on('data', (bytes) => {
        requests.push(bytes.toString('latin1'))
        socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')
      }),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo // it listens on a port
    const address = `http://127.0.0.1:${port}`
    const fetchOnce = async (page: Page): Promise<void> => {
      const before = requests.length
      await page.keyboard.press('5')
      await page.getByLabel('Address of a community server').fill(address)
      expect(requests).toHaveLength(before) // nothing before the click
      await page.getByRole('button', { name: `Fetch ${address}/trends.json` }).click()
      await page.getByRole('alert').getByText('answered with status 404').waitFor()
      await expect.poll(() => requests.length).toBe(before + 1)
    }
    try {
      await inSharing(async ({ page, home, file, data }) => {
        await fetchOnce(page)
        await page.keyboard.press('4')
        await switchOn(page, address)
        await fetchOnce(page)
        for (const [name, make] of [
          ['runs.db', makeEarlyexit],
          ['voice.db', makeVoiceMode],
        ] as const) {
          make(join(home, name), 30)
          await openFile(page, join(home, name))
          await fetchOnce(page)
        }
        expect((await sightglass(['trends', address, '--with', file], { data, home })).err).toContain('404')
      })
      await inSharing(({ page }) => fetchOnce(page), { DO_NOT_TRACK: '1' })
    } finally {
      server.close()
    }
    expect(requests).toHaveLength(6)
    expect(new Set(requests).size).toBe(1)
    expect(requests[0]).toBe(
      ['GET /trends.json HTTP/1.1', 'user-agent: Sightglass', `Host: 127.0.0.1:${port}`]
        .concat('Connection: close', '', '')
        .join('\r\n'),
    )
  })
})

async function openFile(page: Page, path: string): Promise<void> {
  await page.keyboard.press('1')
  await page.getByLabel('Path of a telemetry file').fill(path)
  await page.keyboard.press('Enter')
  await page.locator('main dl dd').first().waitFor()
}

describe('what the server publishes', () => {
  it('is what the program reads', () =>
    withTrends(async (server) => {
      const read = readTrends(await (await fetch(`${server.address}/trends.json`)).text())
      expect(read).toMatchObject({ ok: true })
    }))
})
