// P3: what stood in the preview is what goes over the wire, by each sender there is. The wire is captured by a plain
// server that knows no sender; what it got is held against the preview by the hash that the preview showed.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { allSenders } from '../../../host/sharing/destinations.ts'
import { Frozen } from '../../../host/sharing/freeze.ts'
import type { Destination } from '../../../host/sharing/freeze.ts'
import { drawIds } from '../../../host/sharing/ids.ts'
import { makeRoads } from '../../../host/sharing/roads.ts'
import { showRequests } from '../../../host/sharing/plan.ts'
import { keyMark } from '../../../senders/sender.ts'
import type { Sender, Told } from '../../../senders/sender.ts'
import { anonymousId, reportsOf, sharingSide } from './sending.ts'
import type { Side } from './sending.ts'

let captured: string[]
let printed: string[]
let folder: string
let address: string
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const isPacked = body[0] === 0x1f && body[1] === 0x8b
    const sent = (isPacked ? gunzipSync(body) : body).toString('utf8')
    captured.push(sent)
    const [, batch = 'none'] = /"batch_id":"([0-9a-f-]+)"/.exec(sent) ?? []
    // ClickHouse answers an insert with nothing at all.
    const answer =
      request.url?.includes('query=') === true ? '' : JSON.stringify({ status: 'ok', batch_id: batch })
    response.writeHead(200, { etag: 'a', 'x-clickhouse-summary': '{}' }).end(answer)
  })
})
let side: Side
beforeEach(async () => {
  ;[captured, printed] = [[], []]
  folder = await mkdtemp(join(tmpdir(), 'sightglass-wire-'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  side = sharingSide({ limits: { perMinute: 10_000, perHour: 10_000 } })
})
afterEach(async () => {
  side.remove()
  server.close()
  server.closeAllConnections()
  await rm(folder, { recursive: true })
})

const sha256 = (body: string | Buffer): string => createHash('sha256').update(body).digest('hex')
const keyOf = (need: string): string => `the-${need}-that-nobody-sees`

/** All that a sender can be told, with marks for keys as the host gives them to it. */
function destinationOf(sender: Sender): { destination: Destination; keys: Told } {
  const told: Record<string, string> = {}
  const keys: Record<string, string> = {}
  for (const { name, kind } of sender.needs) {
    if (kind === 'key') keys[name] = keyOf(name)
    told[name] =
      kind === 'key'
        ? keyMark(name)
        : kind === 'address'
          ? address
          : kind === 'path'
            ? join(folder, 'shared.jsonl')
            : 'a-word'
  }
  return { destination: { name: sender.name, sender, told }, keys }
}

for (const sender of allSenders)
  it(`P3: ${sender.name} sends the bytes that were shown, and no other`, async () => {
    const { destination, keys } = destinationOf(sender)
    const reports = reportsOf(1, sender.daysBack === 1 ? 1 : 3)
    const frozen = await Frozen.of(reports, destination, drawIds(anonymousId))
    const shown = showRequests(frozen.requests, sender.name, 'detailed')
    expect(shown.length).toBeGreaterThan(0)
    side.outbox.keep(side.consent ?? never(), frozen, side.now)
    const roads = makeRoads((text) => printed.push(text))
    const set = { ...destination, level: null, since: null, from: 'person' } as const
    const send = () =>
      side.send({
        destinations: [destination],
        keys: () => Promise.resolve(keys),
        carry: () => roads.carry(sender, set),
      })
    for (let at = await send(); at !== null && at - side.now < 120_000; at = await send()) side.pass(60_000)
    const wire = await bodiesOf(sender)
    const unfilled = wire.map((body) =>
      Object.entries(keys).reduce((all, [need, key]) => all.replaceAll(key, keyMark(need)), body),
    )
    expect(unfilled.map(sha256)).toEqual(shown.map((one) => one.sha256))
    const attempts = side.log.read('', 100).flatMap(({ entry }) => (entry.what === 'attempt' ? [entry] : []))
    expect(attempts.map((entry) => entry.sha256).reverse()).toEqual(wire.map(sha256))
    for (const key of Object.values(keys))
      expect(JSON.stringify([shown, side.log.read('', 100), side.outbox.list()])).not.toContain(key)
  })

/** What arrived, one text for each request. */
async function bodiesOf({ name }: Sender): Promise<string[]> {
  if (name === 'console') return printed
  if (name === 'file') return [await readFile(join(folder, 'shared.jsonl'), 'utf8')]
  return captured
}

function never(): never {
  throw new Error('no consent')
}
