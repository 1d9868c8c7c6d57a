// Servers that aren't what they should be: with a wrong clock, with nonsense for an answer, with trends that never end.
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { day, good, hour, startLoop, watching } from './loop.ts'
import type { Loop } from './loop.ts'

let loop: Loop
beforeEach(async () => void (loop = await startLoop()))
afterEach(() => loop.end())

function* blanks(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(256 * 1024, ' ')
}

/** A stranger on that port of this machine while something is done. */
async function withStranger(
  answer: RequestListener,
  act: (address: string) => Promise<void>,
  port = 0,
): Promise<void> {
  const stranger = createServer(answer)
  stranger.listen(port, '127.0.0.1')
  await once(stranger, 'listening')
  const { port: found } = stranger.address() as AddressInfo // it listens on a port
  await act(`http://127.0.0.1:${found}`)
  stranger.closeAllConnections()
  stranger.close()
  await once(stranger, 'close')
}

describe('a server with a wrong clock', () => {
  it('days ahead takes reports as ever, and when the next leaves is none of its business', async () => {
    loop.ahead = 20 * day
    await loop.switchOn()
    expect(await loop.shareFrom(1)).toMatchObject({ delivered: 1, waiting: 0 })
    const { receipts } = await good(loop.host.handlers['share.verifyLog']({}))
    expect(receipts).toMatchObject([{ state: 'verified' }])
    const { next } = await good(loop.host.handlers['share.status']({}))
    const midnight = Math.ceil(loop.now / day) * day
    expect(Date.parse(next?.earliest ?? '')).toBeGreaterThanOrEqual(midnight)
    expect(Date.parse(next?.latest ?? '')).toBeLessThanOrEqual(midnight + day + hour)
  })

  it('that refuses days for good is shown to, and the next day goes when it is right again', async () => {
    await loop.switchOn()
    loop.ahead = 400 * day
    expect(await loop.shareFrom(1)).toMatchObject({ delivered: 0, waiting: 0 })
    loop.ahead = -3 * day
    expect(await loop.shareFrom(2)).toMatchObject({ delivered: 0, waiting: 0 })
    const queue = await good(loop.host.handlers['share.queue']({}))
    expect(queue).toMatchObject([{ state: 'refused' }, { state: 'refused' }])
    loop.ahead = 0
    loop.now += day
    await good(loop.host.handlers['share.now']({ to: null }, ...watching()))
    loop.now += 2 * hour
    const looked = await good(loop.host.handlers['share.now']({ to: null }, ...watching()))
    expect(looked).toMatchObject({ delivered: 1, waiting: 0 })
  })
})

it('a server that answers 200 with nonsense has acknowledged nothing, neither a report nor a deletion', async () => {
  await loop.switchOn()
  await loop.shareFrom(1)
  const [before] = await good(loop.host.handlers['share.sent']({}))
  const other = before?.sent[0]?.batch ?? ''
  const nonsense = ['<html>', '{"status":"ok"}', `{"status":"ok","batch_id":"${other}"}`, '[]', '']
  const port = Number(new URL(loop.address).port)
  await loop.serverAfter(() => {
    let next = 0
    const answer: RequestListener = (request, response) => {
      request.resume().on('end', () => response.end(nonsense[next++ % nonsense.length]))
    }
    return withStranger(
      answer,
      async () => {
        await loop.shareFrom(2)
        for (const _ of nonsense) {
          loop.now += hour
          const looked = await good(loop.host.handlers['share.now']({ to: null }, ...watching()))
          expect(looked).toMatchObject({ delivered: 0, waiting: 1 })
        }
        expect(await good(loop.host.handlers['share.forget']({ to: null }))).toMatchObject([
          { pending: 2, confirmed: 0 },
        ])
      },
      port,
    )
  })
  loop.now += hour
  const looked = await good(loop.host.handlers['share.now']({ to: null }, ...watching()))
  expect(looked).toMatchObject({ delivered: 1, waiting: 0 })
  const [after] = await good(loop.host.handlers['share.sent']({}))
  expect(after).toMatchObject({ pending: 0, confirmed: 2 })
})

describe('trends over the wire', () => {
  const fetched = (address: string) => loop.host.handlers['community.trends']({ from: { address } })

  it('that never end, lead elsewhere, are packed, cut short or something else are refused with the reason', async () => {
    const answers: Readonly<Record<string, RequestListener>> = {
      endless: (_, response) => void Readable.from(blanks()).pipe(response),
      elsewhere: (_, response) => response.writeHead(302, { location: '/endless' }).end(),
      packed: (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.alloc(99, 31)),
      cut: (_, response) => {
        response.writeHead(200, { 'content-length': 1000 })
        response.write('{"version":1,', () => response.destroy())
      },
      page: (_, response) => response.end('<!doctype html><script>alert(1)</script>'),
      other: (_, response) => response.end('{"version":1,"weeks":[],"made":"today"}'),
      later: (_, response) => response.writeHead(503).end(),
    }
    await withStranger(
      (request, response) => answers[request.url?.slice(1) ?? '']?.(request, response),
      async (address) => {
        const errors: Record<string, unknown> = {}
        for (const name of Object.keys(answers)) {
          const answer = await fetched(`${address}/${name}`)
          errors[name] = answer.ok ? 'read' : answer.error
        }
        expect(errors).toMatchObject({
          endless: { kind: 'trends-refused', fault: 'too-large' },
          elsewhere: { kind: 'trends-not-given', status: 302 },
          packed: { kind: 'trends-refused', fault: 'not-json' },
          cut: { kind: 'trends-unreached', why: 'lost' },
          page: { kind: 'trends-refused', fault: 'not-json' },
          other: { kind: 'trends-refused', fault: 'malformed' },
          later: { kind: 'trends-not-given', status: 503 },
        })
      },
    )
  })
})
