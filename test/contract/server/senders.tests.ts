// This project's own senders at the doors of the protocols that they speak: what one writes, the other understands.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { senders } from '../../../senders/index.ts'
import type { Outcome } from '../../../senders/sender.ts'
import { sightglass } from '../../host/command-line.ts'
import { send } from '../senders/carry.ts'
import { idsOf } from '../senders/sample.ts'
import { dayAt, reportsOf, yesterday } from './batches.ts'
import { freePort } from './free-port.ts'
import { storedBy } from './stored.ts'
import type { Visit } from './suite.ts'

const row = {
  format: 'smart-agents',
  level: 'detailed',
  tool_version: 'unknown',
  os: 'linux',
  program: '0.1',
}
const cell = { count: '1-4', median: '1-2 s', p95: '1-2 s', error_rate: 'none' }
const [kind, agent] = [
  { ...cell, kind: 'agent_execution' },
  { ...cell, agent: 'debugger' },
]
const flat = { daily_usage: [kind, agent].map((one) => ({ ...row, ...one })) }

type Name = 'smart-agents' | 'earlyexit' | 'posthog' | 'otlp' | 'voicemode' | 'beacon'
interface Case {
  readonly path: string
  readonly door: string
  /** By the kind of its events. */
  readonly kept: Readonly<Record<string, readonly object[]>>
  /** What the sender makes of the answer to a second copy. */
  readonly second: Outcome['kind']
}

/** What a door keeps of one report. */
const cases: Readonly<Record<Name, Case>> = {
  'smart-agents': { path: '', door: 'smart-agents', kept: flat, second: 'delivered' },
  earlyexit: { path: '', door: 'earlyexit', kept: flat, second: 'delivered' },
  posthog: { path: '', door: 'posthog', kept: flat, second: 'delivered' },
  otlp: { path: '', door: 'otlp', kept: flat, second: 'delivered' },
  voicemode: {
    path: '',
    door: 'voicemode',
    kept: {
      payload: [
        {
          usage: expect.objectContaining({
            format: 'smart-agents',
            level: 'detailed',
            rows: [kind, agent],
          }) as object,
        },
      ],
    },
    second: 'duplicate',
  },
  beacon: {
    path: '/beacon',
    door: 'beacon',
    kept: {
      heartbeat: [{ format: 'smart-agents', level: 'detailed', program: '0.1', usage: [kind, agent] }],
    },
    second: 'delivered',
  },
}

export function senderTests({ home }: Visit): void {
  describe('this project’s own sender', () => {
    it.each(Object.keys(cases) as Name[])('%s: its report is kept once', async (name) => {
      const { path, door, kept, second } = cases[name]
      const sender = senders[name]
      const before = (await storedBy(home(), door)).length
      const ids = { ...idsOf(randomUUID()), anonymousId: randomUUID() }
      const told = { address: `${home().address}${path}`, key: 'phc_any' }
      const requests = await sender.encode(reportsOf(), ids, told)
      for (const kindOfOutcome of ['delivered', second])
        for (const request of requests)
          expect(await send(sender, request, {}, Date.now())).toMatchObject({ kind: kindOfOutcome })
      const stored = (await storedBy(home(), door)).slice(before)
      expect(new Set(stored.map(({ day }) => day))).toEqual(new Set([dayAt(yesterday())]))
      for (const [of, bodies] of Object.entries(kept)) {
        const found = stored.filter((one) => one.kind === of).map(({ body }) => body)
        expect(found).toHaveLength(bodies.length)
        for (const body of bodies) expect(found).toContainEqual(expect.objectContaining(body))
      }
    })

    it('plausible: each row is kept, each time it comes', async () => {
      const before = (await storedBy(home(), 'plausible')).length
      const requests = await senders.plausible.encode(reportsOf(), idsOf(randomUUID()), {
        address: home().address,
        site: 'usage.example',
      })
      for (const request of requests)
        expect(await send(senders.plausible, request, {}, Date.now())).toMatchObject({ kind: 'delivered' })
      const stored = (await storedBy(home(), 'plausible')).slice(before)
      expect(stored.map(({ body }) => body)).toEqual(
        flat.daily_usage.map((one) => ({ ...one, day: dayAt(yesterday()) })),
      )
    })
  })

  it('“sightglass share test” reaches it and leaves nothing there, and says so where nobody listens', async () => {
    const data = await mkdtemp(join(tmpdir(), 'sightglass-asks-'))
    const share = (...words: string[]) => sightglass(['share', ...words], { data })
    const seen = () => home().query('SELECT count(*) AS n FROM seen')
    try {
      const before = await seen()
      expect((await share('to', 'community', home().address)).code).toBe(0)
      const tested = await share('test', 'community', '--yes')
      expect(tested).toMatchObject({ code: 0, err: '' })
      expect(tested.out).toContain(`${home().address}/api/v1/reports`)
      expect(tested.out).toContain('It answers (status 405).') // the door is there, and takes reports alone
      expect(await seen()).toEqual(before)
      const nobody = `http://127.0.0.1:${await freePort()}`
      expect((await share('to', 'community', nobody)).code).toBe(0)
      expect((await share('test', 'community', '--yes')).code).toBe(1)
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  })
}
