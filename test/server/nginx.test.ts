// docs/router/nginx.conf, run by Debian's nginx in front of this project's own server and a stand-in for PostHog.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findNginx } from '../../scripts/nginx.mjs'
import { listen } from '../contract/senders/receiver.ts'
import type { Listening } from '../contract/senders/receiver.ts'
import { freePort } from '../contract/server/free-port.ts'
import { appInMemory } from './app-in-memory.ts'

const program = findNginx()
const config = join(import.meta.dirname, '../../docs/router/nginx.conf')

/** The application with its store in memory, on a real socket. */
function communityServer() {
  const { app, store } = appInMemory(Date.now)
  return {
    store,
    receiver: {
      rows: () => [],
      answer: async ({ method, path, headers, bytes }: Listening['got'][number]) => {
        const request = new Request(`http://here${path}`, { method, headers, body: new Uint8Array(bytes) })
        const said = await app.fetch(request)
        return { status: said.status, body: await said.text() }
      },
    },
  }
}

const describeRouter = (nginx: string): void => {
  let folder: string
  let router: ChildProcess
  let address: string
  let community: Listening
  let posthog: Listening
  let hanging = Promise.resolve()
  const { store, receiver } = communityServer()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightglass-nginx-'))
    await mkdir(join(folder, 'logs'))
    community = await listen(receiver)
    posthog = await listen({
      rows: () => [],
      answer: () => hanging.then(() => ({ status: 200, body: '{"status":"Ok"}' })),
    })
    address = `127.0.0.1:${await freePort()}`
    const text = (await readFile(config, 'utf8'))
      .replace('127.0.0.1:8080', address)
      .replace('http://127.0.0.1:8787', community.address)
      .replace('http://127.0.0.1:8000', posthog.address)
      .replace('proxy_read_timeout 5s', 'proxy_read_timeout 600s') // who waits for PostHog shall be seen to
      .replace('http {', temporary(folder))
    await writeFile(join(folder, 'nginx.conf'), text)
    router = spawn(
      nginx,
      ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off; master_process off; pid nginx.pid;'],
      {
        env: { ...process.env, POSTHOG_API_KEY: 'phc_mine' },
        stdio: 'inherit',
      },
    )
    await answering(`http://${address}/beacon`)
  })
  afterAll(async () => {
    const ended = once(router, 'exit')
    router.kill('SIGTERM')
    await ended
    await Promise.all([community.close(), posthog.close()])
    await rm(folder, { recursive: true, force: true })
  })

  const send = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://${address}/beacon`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const stored = async (id: string): Promise<unknown[]> => {
    const done = await store.run([{ sql: 'SELECT body FROM events WHERE anonymous_id = ?', values: [id] }])
    return done.ok ? (done.value[0] ?? []).map(({ body }): unknown => JSON.parse(String(body))) : []
  }
  const heartbeat = (more: object = {}) => ({
    installation_id: randomUUID(),
    version: '1.4.0',
    platform: { os: 'linux', architecture: 'x86_64' },
    user_count_range: '11-50',
    ...more,
  })
  const kept = {
    version: '1.4.0',
    platform: { os: 'linux', architecture: 'x86_64' },
    user_count_range: '11-50',
  }

  it('gives a heartbeat to both, and to each only what is written in it', async () => {
    const sent = heartbeat({ hostname: 'ada-pc', usage_metrics: { projects_count_range: '1-10' } })
    const response = await send(sent, { 'x-forwarded-for': '203.0.113.9', cookie: 'a=b' })
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
    expect(await stored(sent.installation_id)).toEqual([kept])
    await expect.poll(() => posthog.got.length).toBe(1)
    const [got] = posthog.got
    expect(JSON.parse(got?.bytes.toString() ?? '')).toEqual({
      api_key: 'phc_mine',
      event: 'installation_heartbeat',
      distinct_id: sent.installation_id,
      properties: { ...kept, $process_person_profile: false, $geoip_disable: true },
    })
    expect(got?.path).toBe('/capture/')
    expect(JSON.stringify([got?.headers, community.got[0]?.headers])).not.toMatch(/203\.0\.113|a=b/)
    expect(got?.headers['x-forwarded-for']).toBeUndefined()
  })

  it('refuses what is no heartbeat, and other ways to ask', async () => {
    for (const body of ['', '{', '[]', '{"version":"1.0.0"}']) expect((await send(body)).status).toBe(400)
    const got = await fetch(`http://${address}/beacon`)
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await fetch(`http://${address}/to/posthog`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect((await send(heartbeat({ note: 'x'.repeat(300_000) }))).status).toBe(413)
  })

  it('answers while PostHog hangs or is down, and says so where nothing was stored', async () => {
    let release = (): void => {}
    hanging = new Promise((resolve) => (release = resolve))
    const [one, other] = [heartbeat(), heartbeat()]
    const before = posthog.got.length
    expect(await (await send(one)).json()).toEqual({ status: 'ok' }) // to its end
    await expect.poll(() => posthog.got.length).toBe(before + 1) // it has it, and has not answered
    release()
    posthog.failNext({ status: 500 })
    expect((await send(other)).status).toBe(200)
    for (const { installation_id: id } of [one, other]) expect(await stored(id)).toHaveLength(1)
    community.failNext({ status: 503 })
    expect((await send(heartbeat())).status).toBe(503)
  })
}

/** Where it may write as anybody. */
const temporary = (folder: string): string =>
  [
    'http {',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    ),
  ].join('\n')

async function answering(address: string): Promise<void> {
  for (let n = 0; n < 100; n++) {
    if ((await fetch(address).catch(() => null)) !== null) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('nginx did not start')
}

describe('the router in nginx with Lua', () => {
  if (program === null) it.skip('is not installed here', () => {})
  else describeRouter(program)
})
