// Keys in the system's key store: what lies on the disk, and what happens where nobody can open it.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keyStoreOf } from '../../../electron/key-store.ts'
import { Destinations } from '../../../host/sharing/destinations.ts'
import type { KeyStore } from '../../../host/sharing/key-file.ts'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { sightglass } from '../command-line.ts'

let world: World
beforeEach(async () => (world = await makeWorld()))
afterEach(() => world.remove())

const secret = 'phc_0123456789abcdef'
const address = 'https://there.example'

/** Turns each byte by the password's, which is no secret but no plain text either. */
function storeOf(password: string): KeyStore {
  const turn = (bytes: Buffer): Buffer =>
    bytes.map((byte, at) => byte ^ password.charCodeAt(at % password.length)) as Buffer
  return {
    seal: (key) => Promise.resolve(turn(Buffer.from(`sealed ${key}`)).toString('base64')),
    open: (sealed) => {
      const opened = turn(Buffer.from(sealed, 'base64')).toString()
      return Promise.resolve(opened.startsWith('sealed ') ? opened.slice('sealed '.length) : null)
    },
  }
}
const make = (store: KeyStore | null, environment: Record<string, string> = {}) =>
  new Destinations(world.data, environment, store)
const names = async (from: Destinations) => (await from.list()).map(({ name }) => name)
const onDisk = (): string =>
  readdirSync(world.data)
    .map((name) => readFileSync(join(world.data, name), 'latin1'))
    .join('\n')

describe('where the system has a key store', () => {
  beforeEach(async () => {
    await make(storeOf('ring')).set('posthog', { address, key: secret })
  })

  it('a key is sealed by it, the plain key lies nowhere on the disk, and it opens after a restart', async () => {
    expect(onDisk()).not.toContain(secret)
    expect(statSync(join(world.data, 'keys.json')).mode & 0o777).toBe(0o600)
    expect(await make(storeOf('ring')).keys('posthog')).toEqual({ key: secret })
    expect(await names(make(storeOf('ring')))).toEqual(['posthog'])
  })

  it('a key that was set without one stays in the file as it was, and what is set from now on is sealed', async () => {
    await make(null).set('earlyexit', { address, key: 'plain-key' })
    expect(await make(storeOf('ring')).keys('earlyexit')).toEqual({ key: 'plain-key' })
    await make(storeOf('ring')).set('earlyexit', { address, key: 'other-key' })
    expect(onDisk()).not.toMatch(/plain-key|other-key/)
  })

  it('one that can’t open it any more says so, and the key counts as not set', async () => {
    const other = make(storeOf('gone'))
    expect(await names(other)).toEqual([])
    expect(await other.keys('posthog')).toEqual({})
    expect(await other.sealed()).toEqual([
      { kind: 'key-sealed', name: 'posthog', why: 'not opened', variable: 'POSTHOG_API_KEY' },
    ])
    await other.set('posthog', { address, key: 'another-key' })
    expect(await other.keys('posthog')).toEqual({ key: 'another-key' })
  })

  it('a program without it sends nothing there, and leaves the sealed key as it is', async () => {
    const without = make(null)
    const before = readFileSync(join(world.data, 'keys.json'), 'utf8')
    expect(await names(without)).toEqual([])
    expect(await without.whyNot('posthog')).toMatchObject({ kind: 'key-sealed', why: 'elsewhere' })
    expect(await without.set('posthog', { address }, 'basic')).toMatchObject({ ok: true })
    expect(await without.set('posthog', { address: 'https://other.example' })).toMatchObject({
      error: { kind: 'key-sealed' },
    })
    await without.set('otlp', { address })
    expect(JSON.parse(readFileSync(join(world.data, 'keys.json'), 'utf8'))).toMatchObject(
      JSON.parse(before) as object,
    )
    expect(await make(storeOf('ring')).keys('posthog')).toEqual({ key: secret })
  })

  it('a variable with the same address has the key instead, and with another it doesn’t', async () => {
    const variables = { POSTHOG_API_KEY: 'from-variable', POSTHOG_HOST: address }
    expect(await make(null, variables).keys('posthog')).toEqual({ key: 'from-variable' })
    expect(await names(make(null, variables))).toEqual(['posthog'])
    const elsewhere = { ...variables, POSTHOG_HOST: 'https://other.example' }
    expect(await make(null, elsewhere).keys('posthog')).toEqual({})
    expect(await names(make(null, elsewhere))).toEqual([])
    expect(await make(storeOf('ring'), variables).keys('posthog')).toEqual({ key: secret })
  })
})

describe('the command line, which has no key store', () => {
  const share = (args: readonly string[], environment: Record<string, string> = {}) =>
    sightglass(['share', ...args], { data: world.data, home: world.home, folder: world.folder, environment })
  beforeEach(async () => {
    await make(storeOf('ring')).set('posthog', { address, key: secret })
  })

  for (const [language, says, stays] of [
    ['en', 'use the window, give the key in POSTHOG_API_KEY, or set it anew here', 'and stays'],
    [
      'de',
      'das Fenster benutzen, den Schlüssel in POSTHOG_API_KEY angeben oder ihn hier neu setzen',
      'und bleibt',
    ],
  ] as const)
    it(`says what helps, and takes no sealed key away unasked (${language})`, async () => {
      const environment = { LANG: `${language}_XX.UTF-8` }
      expect((await share(['to'], environment)).out).toContain(says)
      for (const command of [
        ['test', 'posthog'],
        ['preview', '--to', 'posthog', await world.makeFile('t.db', 3)],
      ]) {
        const refused = await share(command, environment)
        expect(refused.code).toBe(1)
        expect(refused.err).toContain(says)
      }
      const anew = ['to', 'posthog', address, '--set', 'key=another-key']
      const stayed = await share(anew, environment)
      expect(stayed).toMatchObject({ code: 1, out: '' })
      expect(stayed.err).toContain(stays)
      expect(await make(storeOf('ring')).keys('posthog')).toEqual({ key: secret })
      const forced = await share([...anew, '--force'], environment)
      expect(forced.code).toBe(0)
      expect(forced.err).toMatch(
        /^(The sealed key of posthog is gone|Der versiegelte Schlüssel für posthog ist weg)/,
      )
      expect(await make(null).keys('posthog')).toEqual({ key: 'another-key' })
    })
})

describe('Electron’s key store', () => {
  type Reached = Parameters<typeof keyStoreOf>[0]
  const reached = (backend: string, available = true): Reached => ({
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    getSelectedStorageBackend: () => backend as ReturnType<Reached['getSelectedStorageBackend']>,
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(text).reverse()),
    decryptStringAsync: (sealed) =>
      sealed.length === 0
        ? Promise.reject(new Error('Error while decrypting the ciphertext provided to safeStorage'))
        : Promise.resolve({ shouldReEncrypt: false, result: Buffer.from(sealed).reverse().toString() }),
  })
  for (const [what, store, seals] of [
    ['a keyring on Linux', keyStoreOf(reached('gnome_libsecret'), 'linux'), true],
    [
      'Linux without a keyring, where everybody has the password',
      keyStoreOf(reached('basic_text'), 'linux'),
      false,
    ],
    ['before the program is ready', keyStoreOf(reached('unknown'), 'linux'), false],
    ['macOS', keyStoreOf(reached(''), 'darwin'), true],
    ['Windows with none', keyStoreOf(reached('', false), 'win32'), false],
  ] as const)
    it(`${seals ? 'seals' : 'doesn’t seal'}: ${what}`, async () => {
      const sealed = await store.seal('a key')
      expect(sealed).toBe(seals ? Buffer.from('yek a').toString('base64') : null)
      expect(sealed === null ? null : await store.open(sealed)).toBe(seals ? 'a key' : null)
      expect(await store.open('')).toBeNull()
    })
})
