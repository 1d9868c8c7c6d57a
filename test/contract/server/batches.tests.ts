import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeBatch } from '../../../shared/sharing/wire.ts'
import { dayAt, dayLength, makeBatch, reportsOf, sha256, yesterday } from './batches.ts'
import type { Visit } from './suite.ts'

export function batchTests({ home, post, get }: Visit): void {
  const send = (body: string): Promise<Response> => post('/api/v1/reports', body)
  const kept = async (): Promise<number> => {
    const [row] = await home().query(
      'SELECT (SELECT count(*) FROM seen) + (SELECT count(*) FROM events) AS n',
    )
    return Number(row?.['n'])
  }

  describe('a batch that keeps to the list of fields', () => {
    it('is in the store when the answer comes, and the answer is a receipt that anybody can check', async () => {
      const batch = makeBatch()
      const response = await send(batch.body)
      expect(response.status).toBe(200)
      const rows = await home().query(
        'SELECT kind, day, CAST(body AS TEXT) AS body FROM events WHERE seen = ?',
        `reports ${batch.id}`,
      )
      expect(rows).toEqual([
        { kind: 'smart-agents', day: dayAt(yesterday()), body: JSON.stringify(reportsOf()[0]) },
      ])
      const answer = (await response.json()) as Record<string, unknown>
      expect(answer).toMatchObject({ status: 'ok', batch_id: batch.id, sha256: batch.sha256 })
      const receipt = answer['receipt'] as { signed: string; key: string; signature: string }
      expect(JSON.parse(receipt.signed)).toEqual({
        batch_id: batch.id,
        sha256: batch.sha256,
        received: answer['received'],
      })
      const { keys } = (await (await get('/.well-known/sightglass-keys')).json()) as {
        keys: { id: string; key: string }[]
      }
      const x = keys.find(({ id }) => id === receipt.key)?.key ?? ''
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
      const signature = Buffer.from(receipt.signature, 'base64url')
      expect(verify(null, Buffer.from(receipt.signed), key, signature)).toBe(true)
      expect(verify(null, Buffer.from(receipt.signed.replace('"s', '"t')), key, signature)).toBe(false)
    })

    it('B1: counts once when 100 copies come at the same moment, and all get the same answer', async () => {
      const batch = makeBatch()
      const copies = await Promise.all(Array.from({ length: 100 }, () => send(batch.body)))
      expect(new Set(copies.map(({ status }) => status))).toEqual(new Set([200]))
      expect(new Set(await Promise.all(copies.map((copy) => copy.text()))).size).toBe(1)
      const id = `reports ${batch.id}`
      expect(await home().query('SELECT duplicates FROM seen WHERE id = ?', id)).toEqual([{ duplicates: 99 }])
      expect(await home().query('SELECT position FROM events WHERE seen = ?', id)).toEqual([{ position: 0 }])
    })

    it('B1: is refused when its id came before with another body, and the first stays', async () => {
      const first = makeBatch()
      const other = makeBatch({ id: first.id, reports: reportsOf(yesterday(), 30) })
      const copies = await Promise.all([
        send(first.body),
        ...Array.from({ length: 20 }, () => send(other.body)),
      ])
      const statuses = copies.map(({ status }) => status).toSorted()
      expect([...new Set(statuses)]).toEqual([200, 422])
      const [row] = await home().query(
        'SELECT sha256, duplicates FROM seen WHERE id = ?',
        `reports ${first.id}`,
      )
      const isFirst = row?.['sha256'] === first.sha256
      expect(statuses.filter((status) => status === 200)).toHaveLength(isFirst ? 1 : 20)
      expect(row?.['duplicates']).toBe(isFirst ? 0 : 19)
    })
  })

  describe('B9: what does not keep to it is refused with the reason, and nothing is stored', () => {
    const good = (): Record<string, unknown> => JSON.parse(makeBatch().body) as Record<string, unknown>
    const report = () => ({ ...reportsOf()[0], rows: [...(reportsOf()[0]?.rows ?? [])] })
    const withReport = (change: object) => ({ ...good(), reports: [{ ...report(), ...change }] })
    const withRow = (row: object) => withReport({ rows: [row] })

    const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
      ['a field that is not on the list, in the batch', () => ({ ...good(), name: 'Ada' }), /^name /],
      ['a field not on the list, in a report', () => withReport({ host: 'ada-pc' }), /^reports\.0\.host /],
      [
        'a field not on the list, in a row',
        () => withRow({ kind: 'error', count: '1-4', note: 'x' }),
        /note /,
      ],
      ['a field named constructor', () => withReport({ constructor: 'x' }), /constructor /],
      [
        'a prototype',
        (): unknown => JSON.parse(`{"__proto__": {"a": 1}, ${JSON.stringify(good()).slice(1)}`),
        /__proto__ /,
      ],
      ['a word that is not on the list', () => withRow({ agent: 'my-agent', count: '1-4' }), /agent /],
      ['a word of another format', () => withRow({ exit_reason: 'timeout', count: '1-4' }), /exit_reason /],
      ['a number where a range belongs', () => withRow({ kind: 'error', count: 3 }), /count /],
      ['a range that is none', () => withRow({ kind: 'error', count: '3-4' }), /count /],
      ['a row about nothing', () => withRow({ count: '1-4' }), /about exactly one thing/],
      [
        'a row about two things',
        () => withRow({ kind: 'error', agent: 'debugger', count: '1-4' }),
        /exactly one/,
      ],
      [
        'a report that says one thing twice',
        () => withReport({ rows: [report().rows[0], report().rows[0]] }),
        /twice/,
      ],
      ['a basic report with details', () => withReport({ level: 'basic' }), /level keeps back/],
      ['a format that is not shared', () => withReport({ format: 'atuin' }), /not shared/],
      ['a format named constructor', () => withReport({ format: 'constructor' }), /not shared/],
      ['a day that does not exist', () => withReport({ day: '2026-02-31' }), /day /],
      ['a day that has not ended', () => withReport({ day: dayAt(Date.now() + dayLength) }), /whole UTC day/],
      ['a day of long ago', () => withReport({ day: dayAt(Date.now() - 100 * dayLength) }), /last 90 days/],
      [
        'the ids of a preview',
        () => ({ ...good(), batch_id: '00000000-0000-0000-0000-000000000000' }),
        /batch_id /,
      ],
      ['no reports', () => ({ ...good(), reports: [] }), /reports /],
      ['too many reports', () => ({ ...good(), reports: Array.from({ length: 101 }, report) }), /reports /],
      ['an array', () => [good()], /version/],
      ['null', () => null, /the body/],
    ]
    it.each(refused)('%s', async (_what, make, reason) => {
      const before = await kept()
      const response = await send(JSON.stringify(make()))
      expect(response.status).toBe(400)
      expect((await response.json()) as object).toMatchObject({
        error: expect.stringMatching(reason) as string,
      })
      expect(await kept()).toBe(before)
    })

    it('and no answer quotes what was sent', async () => {
      const secret = 'sk-ant-api03-0123456789'
      const response = await send(JSON.stringify(withRow({ agent: secret, count: '1-4' })))
      expect(await response.text()).not.toContain(secret)
    })

    it('as many reports as a batch may hold, each as long as the list lets it be, are taken in whole', async () => {
      const id = randomUUID()
      const rows = [...(reportsOf(yesterday(), 3)[0]?.rows ?? [])]
      const reports = Array.from({ length: 100 }, () => ({ ...report(), rows }))
      const body = encodeBatch(reports as never, {
        batchId: id,
        anonymousId: randomUUID(),
        secretHash: sha256(id),
      })
      expect((await send(body)).status).toBe(200)
      const found = await home().query('SELECT count(*) AS n FROM events WHERE seen = ?', `reports ${id}`)
      expect(Number(found[0]?.['n'])).toBe(100)
    })
  })

  it('other ways to ask are told so', async () => {
    const got = await get('/api/v1/reports')
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await get('/nowhere')).status).toBe(404)
    const front = await get('/')
    expect(await front.text()).toContain('Sightglass community server')
    expect(front.headers.get('access-control-allow-origin')).toBeNull()
    expect(front.headers.get('x-content-type-options')).toBe('nosniff')
    expect(front.headers.get('content-security-policy')).toBe("default-src 'none'")
    expect(await (await get('/api/v1/telemetry/health')).json()).toEqual({ status: 'ok' })
  })
}
