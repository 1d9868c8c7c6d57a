// The bridge over HTTP: a real local web host, and the page's own half of the bridge with a browser's headers.
import { address } from '../../shared/web.ts'
import { serveWeb } from '../../host/web.ts'
import { bridgeContract } from './bridge.ts'
import { makeBrowser, makePage } from '../host/web-browser.ts'
import { en } from '../../shared/words/en.ts'

bridgeContract('over the local web host', async (world) => {
  const host = world.host('web')
  const web = await serveWeb({
    host,
    page: await makePage(world.folder),
    port: 0,
    now: Date.now,
    words: en.web,
  })
  const browser = makeBrowser(web.port)
  const tab = await browser.open(web.address())
  const { bridge, bytesRequest } = tab.connected
  return {
    bridge,
    raw: async (kind, name, args) => {
      const sent = await tab.post(address[kind] + encodeURIComponent(name), args)
      const lines = (await sent.text()).trimEnd().split('\n')
      const last: unknown = JSON.parse(lines.at(-1) ?? '')
      return tab.resultOf(last)
    },
    bytes: async (id, range) => {
      const { url, headers } = bytesRequest(id)
      const wanted = range === undefined ? {} : { range: `bytes=${range.start}-${range.end - 1}` }
      const answer = await browser.fetch(url, { headers: { ...headers, ...wanted } })
      if (answer.status !== (range === undefined ? 200 : 206)) throw new Error(`status ${answer.status}`)
      return new Uint8Array(await answer.arrayBuffer())
    },
    close: async () => {
      await web.close()
      await host.close()
    },
  }
})
