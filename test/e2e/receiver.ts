// A receiver on this machine that takes what our own server takes, and writes down whatever reaches it. It imports
// nothing from the senders.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly method: string
  readonly path: string
  readonly body: string
}

export interface Receiver {
  readonly address: string
  readonly received: readonly Received[]
  /** From now on it answers with another status, and says so. */
  answer(status: number): void
  close(): Promise<void>
}

export async function receive(): Promise<Receiver> {
  const received: Received[] = []
  let status = 200
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      received.push({ method: request.method ?? '', path: request.url ?? '', body })
      const batch = /"batch_id":"([0-9a-f-]+)"|\/batches\/([0-9a-f-]+)/.exec(body + (request.url ?? ''))
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify(
          status === 200 ? { status: 'ok', batch_id: batch?.[1] ?? batch?.[2] } : { error: 'not now' },
        ),
      )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { address: `http://127.0.0.1:${port}`, received, answer: (next) => void (status = next), close }
}
