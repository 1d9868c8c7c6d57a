import { describe, expect, it } from 'vitest'
import { listen } from '../senders/receiver.ts'
import type { Listening } from '../senders/receiver.ts'
import { communityReceiver } from '../senders/receivers/community.ts'
import { posthogReceiver } from '../senders/receivers/posthog.ts'
import { dayAt } from './batches.ts'
import { adminKey } from './key.ts'
import type { Visit } from './suite.ts'

/** Destinations that a home is told of before it starts. */
export interface Router {
  readonly setting: string
  readonly community: Listening
  readonly posthog: Listening
  close(): Promise<void>
}

export async function startRouter(): Promise<Router> {
  const community = await listen(communityReceiver(Date.now()))
  const posthog = await listen(posthogReceiver('phc_mine'))
  // Of a door that hardly anything else here goes through.
  const doors = ['plausible']
  const headers = { 'x-team': 'a' }
  const targets = [
    { name: 'dead', to: 'otlp', told: { address: 'http://127.0.0.1:9' }, doors },
    { name: 'hog', to: 'posthog', told: { address: posthog.address, key: 'phc_mine' }, headers, doors },
    { name: 'other', to: 'community', told: { address: community.address }, sums: true, doors },
  ]
  return {
    setting: JSON.stringify(targets),
    community,
    posthog,
    close: async () => void (await Promise.all([community.close(), posthog.close()])),
  }
}

export function routerTests({ home, post, get }: Visit, router: () => Router | undefined): void {
  const there = (): Router => {
    const one = router()
    if (one === undefined) throw new Error('it has not been started')
    return one
  }
  const send = (agent: string): Promise<Response> =>
    post(
      '/api/event',
      JSON.stringify({
        name: 'agent_execution',
        url: 'https://a.example/',
        domain: 'a.example',
        props: { agent },
      }),
    )
  const waiting = async (target: string): Promise<number> =>
    Number((await home().query('SELECT count(*) AS n FROM forwards WHERE target = ?', target))[0]?.['n'])
  /** As if the time had come to try again what was put off. */
  const later = () => home().query('UPDATE forwards SET due = 0')
  const settled = async (target: string): Promise<void> => {
    for (let n = 0; n < 10 && (await waiting(target)) > 0; n++) {
      await later()
      await home().forward()
    }
  }
  const rowsWith = (agent: string): number =>
    there()
      .posthog.rows()
      .filter((row) => row['agent'] === agent).length

  describe('the router', () => {
    it('forwards what came in, in words of the list of fields, with the operator’s own headers', async () => {
      expect((await send('debugger')).status).toBe(202)
      await settled('hog')
      expect(there().posthog.rows()).toContainEqual(
        expect.objectContaining({
          format: 'smart-agents',
          day: dayAt(Date.now()),
          agent: 'debugger',
          count: '1-4',
        }),
      )
      expect(there().posthog.got.at(-1)?.headers['x-team']).toBe('a')
      expect(await waiting('dead')).toBeGreaterThan(0) // and nobody waited for it
    })

    it('keeps what waits through a crash, and forwards it once', async () => {
      await settled('hog')
      const before = rowsWith('planner')
      for (let n = 0; n < 5; n++) there().posthog.failNext({ status: 503 })
      for (let n = 0; n < 5; n++) expect((await send('planner')).status).toBe(202)
      await home().crash()
      await settled('hog')
      expect(rowsWith('planner')).toBe(before + 5)
      await later()
      await home().forward()
      expect(rowsWith('planner')).toBe(before + 5)
    })

    it('sums a day up once it is over, for who pays by the event', async () => {
      for (let n = 0; n < 7; n++) await send('architect')
      await home().forward()
      expect(there().community.rows()).toEqual([]) // today is not over
      // As if all that waits had come yesterday.
      const yesterday = Date.now() - 86_400_000
      await home().query("UPDATE forwards SET received = ? WHERE target = 'other'", yesterday)
      await settled('other')
      const rows = there().community.rows()
      const [architect, ...more] = rows.filter((row) => row['agent'] === 'architect')
      expect(architect).toMatchObject({ day: dayAt(yesterday), count: '5-9' })
      expect(more).toEqual([])
    })

    it('a destination that never answers keeps no request waiting, and loses nothing', async () => {
      const before = await waiting('dead')
      const answers = await Promise.all(Array.from({ length: 20 }, () => send('debugger')))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
      await home().forward()
      expect(await waiting('dead')).toBe(before + 20)
      const told = async () => {
        const text = await (await get('/metrics', { authorization: `Bearer ${adminKey}` })).text()
        const [waits, failed] = ['waiting', 'failed'].map((name) =>
          Number(new RegExp(`^sightglass_forwards_${name} (\\d+)$`, 'm').exec(text)?.[1]),
        )
        return { waits: waits ?? NaN, failed: failed ?? NaN }
      }
      const { waits, failed } = await told()
      expect(waits).toBeGreaterThanOrEqual(before + 20)
      expect(failed).toBeGreaterThan(0)
      expect(failed).toBeLessThanOrEqual(waits)
      // Once it is taken out of FORWARD_TO, nobody is warned of it any more.
      await home().query("UPDATE forwards SET target = 'taken-out' WHERE target = 'dead'")
      expect((await told()).failed).toBe(0)
    })
  })
}
