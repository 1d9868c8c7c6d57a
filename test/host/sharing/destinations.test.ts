// Where reports go: what a destination must be told, what is refused, and where its keys lie.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Destinations } from '../../../host/sharing/destinations.ts'
import { keyMark } from '../../../senders/sender.ts'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'sightglass-destinations-'))))
afterEach(() => rm(folder, { recursive: true }))
const make = (environment: Record<string, string> = {}) => new Destinations(folder, environment)
const listed = async (from: Destinations) => (await from.list()).map(({ name, told }) => [name, told])
const secret = 'phc_0123456789abcdef'
const address = 'https://there.example'

it('there is none until one is set', async () => {
  expect(await make().list()).toEqual([])
  expect(readdirSync(folder)).toEqual([])
})

it('a key lies in a file of its own that only its owner can read, and everything else sees a mark', async () => {
  await make().set('community', { address })
  await make().remove('community')
  expect(readdirSync(folder), 'what needs no key makes no file of keys').toEqual(['destinations.json'])
  expect(await make().set('earlyexit', { address, key: secret })).toEqual({ ok: true, value: null })
  expect(await listed(make())).toEqual([['earlyexit', { address, key: keyMark('key') }]])
  expect(await make().keys('earlyexit')).toEqual({ key: secret })
  const holding = readdirSync(folder).filter((name) =>
    readFileSync(join(folder, name), 'utf8').includes(secret),
  )
  expect(holding).toEqual(['keys.json'])
  expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600)
})

it('is gone with its keys when it is taken away', async () => {
  await make().set('earlyexit', { address, key: secret })
  await make().set('otlp', { address })
  await make().remove('earlyexit')
  expect(await listed(make())).toEqual([['otlp', { address }]])
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain(secret)
})

it('stays away when it is taken away while it is still being set', async () => {
  const one = make()
  await Promise.all([one.set('earlyexit', { address, key: secret }), one.remove('earlyexit')])
  expect(await listed(make())).toEqual([])
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain(secret)
})

it('what is not fit is refused with its reason, and nothing is kept of it', async () => {
  const fault = async (name: string, given: Record<string, string>) => {
    const result = await make().set(name, given)
    return result.ok ? null : result.error
  }
  expect(await fault('nowhere', {})).toMatchObject({ kind: 'destination-unknown' })
  expect(await fault('constructor', {})).toMatchObject({ kind: 'destination-unknown' })
  expect(await fault('earlyexit', {})).toEqual({ kind: 'need-missing', need: 'address' })
  expect(await fault('earlyexit', { address, pass: 'x' })).toMatchObject({
    kind: 'need-unknown',
    need: 'pass',
  })
  expect(await fault('earlyexit', { address: 'http://there.example' })).toMatchObject({ why: 'not-https' })
  expect(await fault('earlyexit', { address: 'https://a:b@there.example' })).toMatchObject({
    why: 'user-info',
  })
  for (const key of ['two words', 'line\nbreak', 'kéy', 'x'.repeat(5000)])
    expect(await fault('earlyexit', { address, key })).toEqual({ kind: 'bad-key', need: 'key' })
  expect(readdirSync(folder)).toEqual([])
})

it('the variables of the tools’ own documents count, and what a person has set wins over them', async () => {
  const environment = {
    POSTHOG_API_KEY: secret,
    POSTHOG_HOST: 'https://eu.example',
    TELEMETRY_ENDPOINT: 'https://agents.example',
    TELEMETRY_API_KEY: 'agents-key',
    EARLYEXIT_TELEMETRY_BACKEND: 'http',
    EARLYEXIT_TELEMETRY_ENDPOINT: 'https://exits.example',
    EARLYEXIT_TELEMETRY_API_KEY: 'exits-key',
    VOICEMODE_TELEMETRY_ENDPOINT: 'https://voice.example/telemetry',
  }
  await make().set('earlyexit', { address })
  expect(await listed(make(environment))).toEqual([
    ['posthog', { address: 'https://eu.example', key: keyMark('key') }],
    ['smart-agents', { address: 'https://agents.example', key: keyMark('key') }],
    ['earlyexit', { address }], // never with a key that was meant for another address
    ['voicemode', { address: 'https://voice.example/telemetry' }],
  ])
  expect(await make(environment).keys('posthog')).toEqual({ key: secret })
  expect(await make(environment).keys('earlyexit')).toEqual({})
  expect(await listed(make({ ...environment, EARLYEXIT_TELEMETRY_BACKEND: 'none' }))).toHaveLength(4)
  await make().remove('earlyexit')
  expect(await listed(make({ ...environment, EARLYEXIT_TELEMETRY_BACKEND: 'none' }))).toHaveLength(3)
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain(secret)
})

it('an address that isn’t allowed is no destination, wherever it comes from', async () => {
  expect(await make({ VOICEMODE_TELEMETRY_ENDPOINT: 'http://voice.example' }).list()).toEqual([])
  await writeFile(join(folder, 'destinations.json'), '{"otlp": {"address": "http://evil.example"}, "s3": 7}')
  expect(await make().list()).toEqual([])
})
