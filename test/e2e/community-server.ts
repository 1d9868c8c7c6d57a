// This project's own server on SQLite, with people who have shared for some weeks: their reports come over HTTP, in
// bytes that the program's encoder does not write, and its nightly run makes the trends.
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usualConfig } from '../../server/config.ts'
import { runDaily } from '../../server/daily.ts'
import { openStore, placeAt } from '../../server/node/place.ts'
import { startServer } from '../../server/node/start.ts'

const day = 86_400_000

export interface CommunityServer {
  readonly address: string
  readonly folder: string
  /** So many people report of each of the weeks that are over. */
  share(people: number, weeks: number): Promise<void>
  nightly(): Promise<void>
  close(): Promise<void>
}

export async function startCommunity(
  now: () => number,
  contributors = 5,
  { perNetwork = 1000, within = tmpdir() } = {},
): Promise<CommunityServer> {
  const folder = await mkdtemp(join(within, 'sightglass-community-'))
  const place = placeAt(folder, undefined)
  const none = { id: null, network: null, key: null, all: null }
  const config = { ...usualConfig, limits: none, trends: { contributors, perNetwork } }
  const server = await startServer({ port: 0, host: '127.0.0.1', place, config, clock: now })
  return {
    address: server.address,
    folder,
    share: async (people, weeks) => {
      const days = daysOfWeeks(now(), weeks)
      for (let person = 0; person < people; person++) {
        const body = batchOf(person, days)
        const headers = { 'content-type': 'application/json' }
        const sent = await fetch(`${server.address}/api/v1/reports`, { method: 'POST', headers, body })
        if (sent.status !== 200) throw new Error(await sent.text())
      }
    },
    nightly: async () => {
      const store = await openStore(place)
      const done = await runDaily({ store, config, clock: now, stopped: () => false })
      await store.close()
      if (!done.ok) throw new Error('the nightly run failed')
    },
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** From Monday to Sunday, of the weeks that are told by now: a week's last day two days ago at the latest. */
function daysOfWeeks(now: number, weeks: number): string[] {
  const last = new Date(now - 2 * day)
  const sunday = last.getTime() - last.getUTCDay() * day
  return Array.from({ length: 7 * weeks }, (_, i) => new Date(sunday - i * day).toISOString().slice(0, 10))
}

const agents = ['planner', 'debugger', 'refactorer', 'test-writer']
const providers = ['anthropic', 'openai']
const rates = ['none', '1-2%', '5-10%', '10-20%']
const medians = ['200-500 ms', '0.5-1 s', '1-2 s', '2-5 s']

function batchOf(person: number, days: readonly string[]): string {
  const told = { error_rate: rates[person % 4], median: medians[person % 4], p95: '5-10 s' }
  const reports = days.map((date, i) => ({
    format: 'smart-agents',
    day: date,
    level: 'detailed',
    tool_version: person % 2 === 0 && i < 7 * (1 + (person % 4)) ? '2.1' : '2.0',
    os: ['linux', 'macos', 'windows'][person % 3],
    program: '0.1',
    rows: [
      { kind: 'agent_execution', count: '20-49', ...told },
      { kind: 'skill_execution', count: '5-9', error_rate: 'none', median: '100-200 ms' },
      { agent: agents[person % 2], count: '20-49', ...told },
      { agent: agents[2 + (person % 2)], count: '5-9', ...told },
      { provider: providers[person % 2], count: '20-49', ...told },
    ],
  }))
  return JSON.stringify({
    version: 1,
    batch_id: randomUUID(),
    anonymous_id: randomUUID(),
    secret_hash: createHash('sha256').update(randomUUID()).digest('hex'),
    reports: reports.slice(0, 100),
  })
}
