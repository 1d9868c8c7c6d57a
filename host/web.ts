// The local web host: the program in a browser, for machines without the desktop shell. It listens on 127.0.0.1
// alone, which every program and every web page on this machine can reach; so each request passes the gate (is
// it ours by its Host and Origin?) before its address is even looked at, and each request for data then needs the
// cookie and the token of a session (does it come from the person?). The agreement with the page: shared/web.ts.
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { fragment } from '../shared/web.ts'
import type { Words } from '../shared/words/en.ts'
import type { Host } from './create-host.ts'
import { listPage } from './page.ts'
import { traceWithoutData } from './trace.ts'
import { refusal } from './web/gate.ts'
import { newAgainSecrets } from './web/instance.ts'
import type { AgainSecrets } from './web/instance.ts'
import { replySentence } from './web/reply.ts'
import { answer } from './web/routes.ts'
import { Sessions } from './web/sessions.ts'

export interface WebOptions {
  readonly host: Pick<Host, 'rpc' | 'bytes'>
  /** The folder of the built page. */
  readonly page: string
  /** 0 takes any free one. */
  readonly port: number
  readonly now: () => number
  readonly words: Words['web']
  /** Milliseconds that a request may take to arrive. */
  readonly patience?: number
}
export interface WebHost {
  readonly port: number
  /** What a second start on this machine needs to ask for an address. */
  readonly again: AgainSecrets
  /** A fresh address that works once; it opens the file, if one is named. */
  address(open?: string): string
  close(): Promise<void>
}

export async function serveWeb(options: WebOptions): Promise<WebHost> {
  const { host, page, port: wanted, now, words, patience = 30_000 } = options
  const files = await listPage(page)
  const server = createServer({
    requireHostHeader: false, // the gate refuses it, in its own words
    headersTimeout: Math.min(patience, 10_000),
    requestTimeout: patience,
    connectionsCheckingInterval: Math.min(patience, 1000),
  })
  const port = await listen(server, wanted)
  const { origin } = new URL(`http://127.0.0.1:${port}`)
  const sessions = new Sessions(now)
  const again = newAgainSecrets()
  const address = (open?: string): string => {
    const parts = {
      [fragment.code]: sessions.newCode(),
      ...(open !== undefined && { [fragment.open]: open }),
    }
    return `${origin}/#${new URLSearchParams(parts).toString()}`
  }
  const web = { words, host, files, sessions, again, address, cookieName: `sightglass-${port}` }

  server.on('request', (request, out) => {
    const sentence = refusal(request, origin, words)
    if (sentence !== null) return replySentence(out, 403, sentence)
    answer(web, request, out).catch((error: unknown) => {
      console.error(`web host: ${traceWithoutData(error)}`)
      if (out.headersSent) out.destroy()
      else replySentence(out, 500, words.refused.broken)
    })
  })
  server.on('connect', (_request, socket) => {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  })

  return {
    port,
    again,
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections() // each request that is cut off cancels the work it was waiting for
      }),
  }
}

async function listen(server: Server, wanted: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, resolve)
  })
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : wanted
}
