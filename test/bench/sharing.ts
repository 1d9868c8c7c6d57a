// Sharing: the reports of a year out of a million events, beside the loading of their columns; and ten thousand
// prepared events on their way to a receiver on this machine, beside posthog-node sending as many.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PostHog } from 'posthog-node'
import { loadColumns } from '../../host/file/columns.ts'
import { carryHttp } from '../../host/sharing/carry.ts'
import { Frozen } from '../../host/sharing/freeze.ts'
import { drawIds } from '../../host/sharing/ids.ts'
import { senders } from '../../senders/index.ts'
import { smartAgents } from '../../shared/formats/smart-agents.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../shared/sharing/anonymize.ts'
import { lists } from '../../shared/sharing/lists/index.ts'
import { completedDays, dayFigures, utcDay } from '../../shared/sharing/report.ts'
import { anonymousId, sharingSide, start } from '../host/sharing/sending.ts'
import { columnsOf } from '../shared/sharing/columns.ts'
import { atMost, median } from './row.ts'
import type { BenchPlace, Measurement, Row } from './row.ts'
import { sampleFile } from './sample.ts'

const runs = 5
const year = 365
const dayLength = 86_400_000
const names = {
  reports: 'share: reports of a year from a million',
  sending: 'share: sending 10,000 prepared events',
} as const
const about = { level: 'detailed', version: '0.1.0', platform: 'linux' } as const

export const sharing: Measurement = {
  rows: Object.values(names),
  measure: async (place) => [await measureReports(place), await measureSending()],
}

async function measureReports(place: BenchPlace): Promise<Row> {
  const path = await sampleFile(place, 1_000_000)
  const [loading, building]: [number[], number[]] = [[], []]
  let days = 0
  for (let run = 0; run < runs; run++) {
    const began = performance.now()
    const loaded = await loadColumns({ path, temporary: place.folder, now: Date.now() }, () => {})
    if (!loaded.ok) throw new Error(loaded.error.kind)
    const read = performance.now()
    const { columns } = loaded.value
    const last = completedDays(columns, Infinity).slice(-year)
    days = anonymize(dayFigures([columns], 'smart-agents', last), about).length
    loading.push(read - began)
    building.push(performance.now() - read)
  }
  const said = `${days} days in ${median(building).toFixed(0)} ms, loading ${median(loading).toFixed(0)} ms, medians of ${runs}`
  return atMost(names.reports, median(building) / median(loading), 1.2, '× loading', said)
}

/** Ten thousand, in requests of nearly a hundred. */
const requests = 104

async function measureSending(): Promise<Row> {
  let received = 0
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      received += (JSON.parse(body) as { batch: unknown[] }).batch.length
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"Ok"}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const batches = batchesOf()
  const events = batches.flat().reduce((sum, { rows }) => sum + rows.length, 0)
  const expectAll = (): void => {
    if (received !== events) throw new Error(`${received} of ${events} events arrived`)
    received = 0
  }
  const [ours, theirs]: [number[], number[]] = [[], []]
  try {
    for (let run = 0; run < runs; run++) {
      theirs.push(await sendTheirs(address, events))
      expectAll()
      ours.push(await sendOurs(address, batches))
      expectAll()
    }
  } finally {
    server.close()
    server.closeAllConnections()
  }
  const [took, reference] = [median(ours), median(theirs)]
  const speed = (time: number): string => ((events / time) * 1000).toFixed(0)
  const said = `${speed(took)} events/s, posthog-node ${speed(reference)}, medians of ${runs}: ${(reference / took).toFixed(2)} of its speed`
  return atMost(names.sending, took / reference, 1 / 0.8, '× posthog-node', said)
}

/** Batches that each become one request. */
function batchesOf(): Outbound[] {
  const agents = (lists['smart-agents'].dimensions['agent']?.words ?? []).slice(0, 23)
  const days = Math.floor(mostOfOne / (agents.length + 1))
  return Array.from({ length: requests }, (_, batch) => {
    const times = Array.from({ length: days }, (_one, i) => start - (batch * days + i + 1) * dayLength)
    const told = times.flatMap((time) =>
      agents.map((agent) => ({ time, kind: 'agent_execution', duration: 900, dimensions: { agent } })),
    )
    const figures = dayFigures([columnsOf(smartAgents, told)], 'smart-agents', times.map(utcDay).sort())
    return anonymize(figures, about)
  })
}
const mostOfOne = 100

async function sendOurs(address: string, batches: readonly Outbound[]): Promise<number> {
  const open = Number.MAX_SAFE_INTEGER
  const side = sharingSide({ limits: { perMinute: open, perHour: open, requestsPerMinute: open } })
  try {
    const destination = { name: 'posthog', sender: senders.posthog, told: { address, key: 'phc_bench' } }
    const { consent } = side
    if (consent === null) throw new Error('no consent')
    for (const reports of batches)
      side.outbox.keep(consent, await Frozen.of(reports, destination, drawIds(anonymousId)), side.now)
    const carry = carryHttp()
    const began = performance.now()
    await side.send({ destinations: [destination], carry: () => carry })
    return performance.now() - began
  } finally {
    side.remove()
  }
}

/** As its makers document it, a hundred events a request. */
async function sendTheirs(host: string, events: number): Promise<number> {
  const client = new PostHog('phc_bench', { host, flushAt: 100, disableCompression: true })
  const began = performance.now()
  for (let i = 0; i < events; i++)
    client.capture({
      distinctId: anonymousId,
      event: 'daily_usage',
      properties: { agent: 'debugger', count: '20-49', median: '0.5-1 s', $process_person_profile: false },
    })
  await client.shutdown()
  return performance.now() - began
}
