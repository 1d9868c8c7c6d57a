// P2: the Settings screen says whom it would ask for a newer version, asks when that is pressed, and nobody before.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findFlaws, findViolations, showAs } from './looks.ts'
import { openProgram } from './program.ts'

it('P2: nothing is asked before the address on the button is pressed; then a newer version and its page are told', async () => {
  const asked: string[] = []
  let newest = '99.0.0'
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end(JSON.stringify({ version: newest, page: `${origin}/releases/${newest}` }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  const origin = `http://127.0.0.1:${port}`
  const home = await mkdtemp(join(tmpdir(), 'sightglass-updates-'))
  const program = await openProgram({ home, releases: `${origin}/latest.json` })
  const { page } = program
  try {
    await page.locator('main').waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('updates')
    await page.keyboard.press('Enter')
    const button = page.getByRole('button', { name: `Ask ${origin}/latest.json for the newest version` })
    await page.locator('button:focus', { hasText: `${origin}/latest.json` }).waitFor()
    await page.getByText('Nothing is downloaded or installed').waitFor()
    expect(asked).toEqual([])

    await page.keyboard.press('Enter')
    await page.getByText(/Version 99\.0\.0 is out; yours is \d+\.\d+\.\d+/).waitFor()
    await page.getByText(`${origin}/releases/99.0.0`).waitFor()
    if (program.kind === 'web')
      expect(await page.getByRole('link', { name: '/releases/99.0.0' }).getAttribute('rel')).toBe(
        'noopener noreferrer',
      )
    expect(asked).toEqual(['/latest.json'])
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 700],
    ] as const) {
      await showAs(page, { width, colorScheme })
      expect(await findFlaws(page), `${colorScheme} at ${width} px`).toEqual([])
    }
    expect(await findViolations(page, '.updates')).toEqual([])

    newest = '0.0.1'
    await button.press('Enter')
    await page.getByText(/No version newer than yours/).waitFor()
    server.close()
    server.closeAllConnections()
    await button.press('Enter')
    await page
      .getByRole('alert')
      .getByText(/can’t be read: nothing answers there/)
      .waitFor()
    expect(program.complaints).toEqual([])
  } finally {
    server.close()
    await program.close()
    await rm(home, { recursive: true, force: true, maxRetries: 3 })
  }
})
