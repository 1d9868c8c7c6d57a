// What the operator's settings change at the doors of other protocols.
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { configFrom, misspelledIn, usualConfig } from '../../server/config.ts'
import type { Config } from '../../server/config.ts'
import type { Store } from '../../server/store.ts'
import { appInMemory } from './app-in-memory.ts'

function open(config: Partial<Config>) {
  const { app, store } = appInMemory(Date.now, { config: { ...usualConfig, ...config } })
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(
      app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    )
  const get = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await app.request(path, { headers })).status
  return { post, get, store }
}

async function bodiesIn(store: Store): Promise<unknown[]> {
  const done = await store.run([{ sql: 'SELECT body FROM events ORDER BY seen' }])
  return done.ok ? (done.value[0] ?? []).map(({ body }): unknown => JSON.parse(String(body))) : []
}

const execution = (data: object = {}) => ({
  api_version: '1.0',
  events: [{ type: 'execution', data: { execution_id: randomUUID(), exit_code: 0, ...data } }],
})
const logs = {
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: randomUUID() } }] }] }],
}
const captured = (key: string) => ({ api_key: key, event: 'an event', distinct_id: randomUUID() })

describe('where keys are asked for', () => {
  const apiKeys = ['key-one', 'key-two']

  it.each([
    ['/api/v1/events', execution()],
    ['/api/v1/telemetry/batch', { events: [] }],
    ['/v1/logs', logs],
  ])('only who shows one of them may send: %s', async (path, body) => {
    const { post } = open({ apiKeys })
    const none = await post(path, body)
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect((await post(path, body, { 'x-api-key': 'key-one ' + 'x' })).status).toBe(401)
    expect((await post(path, body, { authorization: 'Bearer key-tw' })).status).toBe(401)
    expect((await post(path, body, { authorization: 'Bearer key-two' })).status).toBe(200)
    expect((await post(path, body, { 'x-api-key': 'key-one' })).status).toBe(200)
  })

  it('PostHog’s stands in the body', async () => {
    const { post } = open({ apiKeys })
    expect((await post('/capture/', captured('key-on'))).status).toBe(401)
    expect((await post('/capture/', captured('key-one'))).status).toBe(200)
  })

  it('the figures of Smart Agents are shown to who has one, or to the operator', async () => {
    const { get } = open({ apiKeys, adminKey: 'the operator' })
    const path = '/api/v1/telemetry/stats'
    expect(await get(path)).toBe(401)
    expect(await get(path, { 'x-api-key': 'key-two' })).toBe(200)
    expect(await get(path, { 'x-api-key': 'the operator' })).toBe(200)
    expect(await get('/api/v1/analytics/agents', { 'x-api-key': 'key-two' })).toBe(401)
  })

  it('a key has a limit of its own, and stands nowhere in the store', async () => {
    const { post, store } = open({ apiKeys, limits: { ...usualConfig.limits, key: 3 } })
    const send = (key: string) => post('/capture/', captured(key)).then(({ status }) => status)
    const statuses = [
      await send('key-one'),
      await send('key-one'),
      await send('key-one'),
      await send('key-one'),
    ]
    expect([...statuses, await send('key-two')]).toEqual([200, 200, 200, 429, 200])
    const limits = await store.run([{ sql: 'SELECT name FROM limits' }])
    expect(JSON.stringify(limits)).not.toContain('key-one')
  })
})

it('without the operator’s key there is nothing to be found out', async () => {
  const { get } = open({})
  expect(await get('/api/v1/analytics/agents', { authorization: 'Bearer ' })).toBe(404)
  expect(await get('/api/v1/telemetry/stats')).toBe(200)
})

it('a team’s own server that was told to takes content, and says that nothing was left out', async () => {
  const content = {
    command: 'npm test',
    command_hash: '9f86d081884c7d65',
    pattern: 'Error',
    working_directory: '/home/ada',
  }
  const { post, store } = open({ earlyexitFull: true })
  const answer = await post('/api/v1/events', execution(content))
  expect(await answer.json()).toEqual({ status: 'ok', received: 1, warnings: [] })
  expect(await bodiesIn(store)).toEqual([{ exit_code: 0, ...content }])
  const usual = open({})
  expect((await usual.post('/api/v1/events', execution(content))).status).toBe(400)
})

describe('settings of the doors', () => {
  it('are read from the environment', () => {
    const config = configFrom({ VOICEMODE_PER_ID: '3', VOICEMODE_PER_NETWORK: 'none', EARLYEXIT_FULL: '1' })
    expect(config).toMatchObject({
      value: { voicemode: { id: 3, network: null }, earlyexitFull: true, forwards: [] },
    })
  })

  it.each([
    ['no JSON', '[{'],
    ['an unknown destination', '[{"name":"a","to":"pigeon"}]'],
    ['a destination that is not told its address', '[{"name":"a","to":"otlp"}]'],
    [
      'a misspelled name, with which PostHog’s own cloud would get what is meant for another',
      '[{"name":"a","to":"posthog","told":{"adress":"https://hog.example","key":"geheim"}}]',
    ],
    ['an address that is none', '[{"name":"a","to":"otlp","told":{"address":"htps://geheim.example"}}]'],
    ['one name twice', '[{"name":"a","to":"console"},{"name":"a","to":"console"}]'],
    [
      'single events to a community server, which would count each as a person',
      '[{"name":"a","to":"community","told":{"address":"https://b.example"},"doors":["plausible"]}]',
    ],
  ])('a destination of the router is refused at the start: %s', (_what, FORWARD_TO) => {
    expect(configFrom({ FORWARD_TO })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^the variable FORWARD_TO must be (?!.*geheim)/) as string,
    })
  })

  it.each([
    ['KEEP_DAYS', 'ninety', 'a whole number from 1 to 365'],
    ['KEEP_DAYS', '366', 'a whole number from 1 to 365'],
    ['TRENDS_CONTRIBUTORS', '4', 'a whole number from 5 to 1000000'],
    ['LIMIT_PER_ID', '6O', 'a whole number, or none'],
    ['EARLYEXIT_FULL', 'yes', '0 or 1'],
    ['TRUSTED_PROXIES', '127.0.0.1,10.0.0.l', 'whole addresses, by commas: 127.0.0.1,::1'],
    ['ADMIN_KEY', 'guess me', 'a key of at least 16 characters, or not set'],
  ])('%s is not %s, and what it must be is told', (name, value, may) => {
    expect(configFrom({ [name]: value })).toEqual({
      ok: false,
      error: `the variable ${name} must be ${may}.`,
    })
  })

  it('a misspelled one is told with the one that is meant, and no other', () => {
    const others = { PATH: '', HOME: '', LIMIT: '', ADMIN: '', KEEP: '', TRUSTED: '', LIMIT_ALL: '1' }
    const wrong = { ADMINKEY: 'x', API_KEY: 'x', LIMIT_PER_IP: '1', keep_days: '1', FORWARDS_TO: '[]' }
    expect(misspelledIn({ ...others, ...wrong })).toEqual([
      ['ADMINKEY', 'ADMIN_KEY'],
      ['API_KEY', 'API_KEYS'],
      ['LIMIT_PER_IP', 'LIMIT_PER_ID'],
      ['keep_days', 'KEEP_DAYS'],
      ['FORWARDS_TO', 'FORWARD_TO'],
    ])
  })
})
