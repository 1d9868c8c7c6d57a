// P2: with sharing off the page asks nobody but its own program, on whichever screen, in an hour.
import { expect, it } from 'vitest'
import { charted, inWindow, shows, withEvents } from './window.ts'

const screens: readonly (readonly [key: string, shows: string | RegExp | null])[] = [
  ['1', 'Opened lately'],
  ['2', null],
  ['3', '300 records'],
  ['4', 'Nothing leaves this machine'],
  ['5', 'Nothing is fetched'],
  ['6', 'Time zone'],
]

it('P2: an hour on every screen asks nothing of anybody beyond the program itself', () =>
  inWindow(async ({ page }) => {
    await charted(page) // only an open file is in the address, which the reload reads
    const own = new URL(page.url()).host
    const asked: string[] = []
    page.context().on('request', (request) => asked.push(request.url()))
    page.on('websocket', (socket) => asked.push(socket.url()))
    await page.reload()
    await charted(page)
    for (const [key, words] of screens) {
      await page.keyboard.press(key)
      if (words === null) await charted(page)
      else await shows(page, words)
    }
    await page.clock.install()
    await page.keyboard.press('1')
    await page.clock.fastForward(3_600_000)
    expect(asked.length).toBeGreaterThan(5)
    const strangers = asked.filter((address) => {
      const { host, protocol } = new URL(address)
      return host !== own && !['blob:', 'data:'].includes(protocol)
    })
    expect(strangers).toEqual([])
  }, withEvents(300)))
