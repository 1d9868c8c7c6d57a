import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { adminKey } from './key.ts'
import { storedOf } from './stored.ts'
import type { Visit } from './suite.ts'

interface Sent extends Readonly<Record<string, unknown>> {
  readonly id: string
  readonly event: string
}

const eventOf = (event: string, more: object, time = Date.now()): Sent => ({
  id: randomUUID(),
  event,
  timestamp: new Date(time).toISOString(),
  sdk_version: '2.1.0',
  node_version: 'v20.11.1',
  os_platform: 'darwin',
  ...more,
})

const operator = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }

export function smartAgentsTests({ home, post, get }: Visit): void {
  const path = '/api/v1/telemetry/batch'
  const send = (events: readonly Sent[], more: object = {}, to = path): Promise<Response> =>
    post(to, JSON.stringify({ events, anonymous_id: randomUUID(), ...more }))
  const found = async (what: string): Promise<Record<string, unknown>> =>
    (await (await get(`/api/v1/analytics/${what}?days=2`, operator)).json()) as Record<string, unknown>

  describe('a batch of Smart Agents', () => {
    it('is taken at its three addresses, each event once, also under 100 copies', async () => {
      const id = randomUUID()
      const events = [
        eventOf('agent_execution', {
          agent_type: 'code-reviewer',
          success: true,
          duration_ms: 3500,
          cost: 0.02,
        }),
        eventOf('error', { error_type: 'TimeoutError', component: 'orchestrator', stack_trace_hash: 'a1b2' }),
      ]
      const paths = [path, '/api/telemetry/batch', '/api/v1/batch']
      const answers = await Promise.all(
        Array.from({ length: 99 }, (_, n) => send(events, { anonymous_id: id }, paths[n % 3])),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      const said = await Promise.all(
        answers.map((answer) => answer.json() as Promise<Record<string, unknown>>),
      )
      expect(said.filter(({ received }) => received === 2)).toHaveLength(1)
      expect(said.filter(({ duplicates }) => duplicates === 2)).toHaveLength(98)
      const kept = await storedOf(home(), id)
      const about = { sdk_version: '2.1.0', node_version: 'v20.11.1', os_platform: 'macos' }
      expect(kept.map(({ body }) => body)).toContainEqual({
        agent_type: 'code-reviewer',
        success: true,
        duration_ms: 3500,
        cost: 0.02,
        ...about,
      })
      expect(kept.map(({ body }) => body)).toContainEqual({
        error_type: 'TimeoutError',
        component: 'orchestrator',
        ...about,
      })
      expect(kept).toHaveLength(2)
    })

    it('may hold rows of its file, and keeps no text that is no word', async () => {
      const anonymousId = randomUUID()
      const row = {
        id: randomUUID(),
        event_type: 'feature_usage',
        event_data: JSON.stringify({ feature_name: 'rm -rf /home/ada', action: 'open', prompt: 'Dear Ada' }),
        anonymous_id: anonymousId,
        timestamp: '2026-01-02T03:04:05.678Z',
        sent: 0,
      }
      expect((await post(path, JSON.stringify({ events: [row] }))).status).toBe(200)
      expect(await storedOf(home(), anonymousId)).toMatchObject([
        { kind: 'feature_usage', day: '2026-01-02', body: { feature_name: 'other', action: 'open' } },
      ])
      expect(JSON.stringify(await storedOf(home(), anonymousId))).not.toContain('Ada')
    })

    it('B9: that isn’t one is refused whole', async () => {
      const count = async (): Promise<unknown> => (await home().query('SELECT count(*) AS n FROM seen'))[0]
      const before = await count()
      expect((await post(path, '{"events": {}}')).status).toBe(400)
      expect((await post(path, '{"events": [1]}')).status).toBe(400)
      expect((await post(path, '[]')).status).toBe(400)
      expect((await send([], { anonymous_id: 'ada' })).status).toBe(400)
      expect((await send([], { secret_hash: 'short' })).status).toBe(400)
      const many = Array.from({ length: 1001 }, () => eventOf('error', {}))
      expect((await send(many)).status).toBe(413)
      expect(await count()).toEqual(before)
      expect((await (await send(many.slice(0, 1000))).json()) as object).toMatchObject({ received: 1000 })
    })
  })

  describe('what Smart Agents’ document asks of its events', () => {
    it('how many there were a day, and of how many people', async () => {
      const rows = async () => {
        const { stats } = (await (await get('/api/v1/telemetry/stats?days=1')).json()) as {
          stats: { day: string; event_type: string; events: number; unique_ids: number }[]
        }
        return stats.find(({ event_type: type }) => type === 'workflow') ?? { events: 0, unique_ids: 0 }
      }
      const before = await rows()
      const workflow = { workflow_type: 'release', steps_completed: 3, total_steps: 4, success: false }
      const id = { anonymous_id: randomUUID() }
      await send([eventOf('workflow', workflow), eventOf('workflow', workflow)], id)
      await send([eventOf('workflow', workflow)])
      expect(await rows()).toMatchObject({ events: before.events + 3, unique_ids: before.unique_ids + 2 })
    })

    it('which agents are used and fail, which errors grow, how long operations take', async () => {
      const agent = `agent-${String.fromCharCode(...Array.from({ length: 8 }, () => 97 + Math.floor(Math.random() * 26)))}`
      const durations = [100, 200, 300, 400, 1000]
      await send([
        ...durations.map((ms, n) =>
          eventOf('agent_execution', { agent_type: agent, success: n !== 4, duration_ms: ms }),
        ),
        eventOf('agent_execution', { agent_type: agent }),
        ...durations.map((ms) => eventOf('performance', { operation: agent, duration_ms: ms })),
        eventOf('error', { error_type: agent }),
        eventOf('error', { error_type: agent }, Date.now() - 86_400_000),
      ])
      const { agents } = (await found('agents')) as { agents: Record<string, unknown>[] }
      expect(agents.find((one) => one['agent'] === agent)).toEqual({
        agent,
        uses: 6,
        succeeded: 4,
        failed: 1,
        success_rate: 0.8,
        mean_ms: 400,
        p50_ms: 300,
        p95_ms: 1000,
      })
      const { operations } = (await found('performance')) as { operations: Record<string, unknown>[] }
      expect(operations.find((one) => one['operation'] === agent)).toMatchObject({
        uses: 5,
        p50_ms: 300,
        p75_ms: 400,
        p99_ms: 1000,
      })
      const { errors, trend } = (await found('errors')) as Record<
        'errors' | 'trend',
        Record<string, unknown>[]
      >
      expect(errors.find((one) => one['error_type'] === agent)).toMatchObject({ errors: 2 })
      expect(trend.filter((one) => one['error_type'] === agent).map((one) => one['errors'])).toEqual([1, 1])
    })

    it('only of whoever runs the server', async () => {
      for (const what of ['agents', 'errors', 'performance']) {
        expect((await get(`/api/v1/analytics/${what}`)).status).toBe(401)
        const wrong = { authorization: `Bearer ${adminKey}x` }
        expect((await get(`/api/v1/analytics/${what}`, wrong)).status).toBe(401)
      }
    })
  })

  describe('B6: deletion of all that carries an id', () => {
    const forget = (body: object, headers?: Record<string, string>): Promise<Response> =>
      post('/api/v1/telemetry/delete', JSON.stringify(body), headers)
    const secret = 'a secret of twenty-seven'
    const secretHash = createHash('sha256').update(secret).digest('hex')
    const kept = async (id: string): Promise<number> => (await storedOf(home(), id)).length

    it('is done for who shows its secret, and holds against copies, but not against what is new', async () => {
      const [mine, other] = [randomUUID(), randomUUID()]
      const events = [eventOf('error', {}), eventOf('error', {})]
      await send(events, { anonymous_id: mine, secret_hash: secretHash })
      await send([eventOf('error', {})], { anonymous_id: other, secret_hash: secretHash })
      for (const wrong of [randomUUID(), `${secret}x`])
        expect((await forget({ anonymous_id: mine, secret: wrong })).status).toBe(200)
      expect(await kept(mine)).toBe(2)
      const done = await forget({ anonymous_id: mine.toUpperCase(), secret })
      const receipt = (await done.json()) as { receipt: { signed: string } }
      expect(JSON.parse(receipt.receipt.signed)).toMatchObject({ anonymous_id: mine })
      expect([await kept(mine), await kept(other)]).toEqual([0, 1])
      await send(events, { anonymous_id: mine, secret_hash: secretHash }) // a copy that was still under way
      expect(await kept(mine)).toBe(0)
      await send([eventOf('error', {})], { anonymous_id: mine, secret_hash: secretHash })
      await home().nightly() // which carries out all deletions again
      expect(await kept(mine)).toBe(1)
    })

    it('is done by the operator for a client without a secret, and by nobody else', async () => {
      const id = randomUUID()
      await send([eventOf('error', {})], { anonymous_id: id })
      await post('/beacon', JSON.stringify({ installation_id: id, version: '1.0.0' }))
      expect((await forget({ anonymous_id: id })).status).toBe(400)
      expect((await forget({ anonymous_id: id, secret: randomUUID() })).status).toBe(200)
      expect(await kept(id)).toBe(2)
      expect((await forget({ anonymous_id: id }, operator)).status).toBe(200)
      expect(await kept(id)).toBe(0)
    })
  })
}
