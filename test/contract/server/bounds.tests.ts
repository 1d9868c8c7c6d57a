import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeBatch } from './batches.ts'
import type { Visit } from './suite.ts'

const gzip = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
/** A thousand to one. */
const bomb = gzipSync(Buffer.alloc(100_000_000, ' '), { level: 9 })

/** Compressed spaces without end; `given` counts the bytes that were taken of them. */
function endlessBomb(): { readonly stream: ReadableStream<Uint8Array>; readonly given: () => number } {
  let given = 0
  const spaces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      await new Promise((resolve) => setImmediate(resolve))
      controller.enqueue(new Uint8Array(1_000_000).fill(0x20))
    },
  })
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      given += piece.length
      controller.enqueue(piece)
    },
  })
  return {
    stream: spaces.pipeThrough(new CompressionStream('gzip')).pipeThrough(counting),
    given: () => given,
  }
}

export function boundTests({ home, post }: Visit): void {
  const send = (body: BodyInit): Promise<Response> => post('/api/v1/reports', body)
  const seen = async (): Promise<number> =>
    Number((await home().query('SELECT count(*) AS n FROM seen'))[0]?.['n'])

  describe('I5: a body', () => {
    it('that is not JSON, not UTF-8, nested without end, another type, or compressed is refused', async () => {
      const before = await seen()
      expect((await send('{"version": 1')).status).toBe(400)
      expect((await send(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400)
      expect((await send(`\uFEFF${makeBatch().body}`)).status).toBe(400)
      expect((await send('['.repeat(200_000))).status).toBe(400)
      expect((await send(`${'['.repeat(65)}${']'.repeat(65)}`)).status).toBe(400)
      expect((await post('/api/v1/reports', makeBatch().body, { 'content-type': 'text/plain' })).status).toBe(
        415,
      )
      expect((await post('/api/v1/reports', gzipSync(makeBatch().body), gzip)).status).toBe(415)
      expect(await seen()).toBe(before)
    })

    it('of 256 KB is read, and one byte more is not', async () => {
      const largest = 256 * 1024
      const padded = (body: string, length: number): string => body.padEnd(length, ' ')
      expect((await send(padded(makeBatch().body, largest))).status).toBe(200)
      expect((await send(padded(makeBatch().body, largest + 1))).status).toBe(413)
    })

    it('without end is refused while it comes: the rest is not waited for', async () => {
      let given = 0
      const endless = new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          given += 65_536
          await new Promise((resolve) => setTimeout(resolve, 5))
          controller.enqueue(new Uint8Array(65_536))
        },
      })
      const status = await send(endless).then(
        (response) => response.status,
        () => 'broken off',
      )
      expect([413, 'broken off']).toContain(status)
      expect(given).toBeLessThan(8_000_000)
    })

    it('that would unfold to a thousand times its size is refused, and the next is answered', async () => {
      expect(bomb.length).toBeLessThan(128 * 1024)
      for (const path of ['/api/v1/reports', '/telemetry'])
        // neither takes anything compressed
        expect([path, (await post(path, bomb, gzip)).status]).toEqual([path, 415])
      for (const path of ['/event', '/ping'])
        expect([path, (await post(path, bomb, gzip)).status]).toEqual([path, 413])
      expect((await post('/batch/', bomb)).status).toBe(413) // PostHog's library for pages names no coding
      expect((await send(makeBatch().body)).status).toBe(200)
    })

    it('that unfolds without end is refused while it comes', async () => {
      for (const path of ['/batch/', '/event']) {
        const { stream, given } = endlessBomb()
        const status = await post(path, stream, gzip).then(
          (response) => response.status,
          () => 'broken off',
        )
        expect([413, 'broken off']).toContain(status)
        expect(given()).toBeLessThan(1_000_000)
      }
    })

    it('of the simple protocols, nested without end, is refused as well', async () => {
      for (const path of ['/telemetry', '/event', '/ping', '/beacon'])
        for (const deep of ['['.repeat(200_000), `{"a":${'['.repeat(100)}${']'.repeat(100)}}`])
          expect([path, (await post(path, deep)).status]).toEqual([path, 400])
    })

    it('about a deletion is bounded as well, and must name a batch and show a secret', async () => {
      const path = `/api/v1/batches/${randomUUID()}/delete`
      expect((await post(path, ' '.repeat(256 * 1024 + 1))).status).toBe(413)
      expect((await post(path, '{}')).status).toBe(400)
      expect((await post(path, '{"secret":"short"}')).status).toBe(400)
      expect((await post('/api/v1/batches/1/delete', JSON.stringify({ secret: randomUUID() }))).status).toBe(
        400,
      )
    })
  })
}
