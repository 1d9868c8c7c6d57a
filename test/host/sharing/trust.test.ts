// Whom a destination is believed to be: an authority of one's own and a pinned key, set and tried by the command line
// against a server of this machine. Its pin is worked out by openssl's own recipe, not by the program's.
import { createPublicKey, createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { sightglass } from '../command-line.ts'
import { authority, expired, good, goodKey } from './certificates.ts'

let server: Server
let address = ''
/** What was asked, down to each header's name. */
const asked: string[] = []
beforeAll(async () => {
  server = createServer({ cert: good, key: goodKey }, (request, response) => {
    asked.push(`${request.method} ${request.url} ${Object.keys(request.headers).sort().join(' ')}`)
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `https://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

let world: World
beforeEach(async () => {
  world = await makeWorld()
  asked.length = 0
  for (const [name, text] of Object.entries({
    'own.pem': authority,
    'wrong.pem': expired,
    'no.pem': 'not a certificate',
  }))
    await writeFile(join(world.folder, name), text)
})
afterEach(() => world.remove())

// openssl x509 -pubkey | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64
const spki = createPublicKey(good).export({ type: 'spki', format: 'der' })
const pin = createHash('sha256').update(spki).digest('base64')
const wrongPin = createHash('sha256').update('another key').digest('base64')

async function tested(needs: Readonly<Record<string, string>>, language: string) {
  const around = {
    ...{ data: world.data, home: world.home, folder: world.folder },
    environment: { LANG: `${language}_XX.UTF-8` },
  }
  const set = Object.entries(needs).flatMap(([need, text]) => ['--set', `${need}=${text}`])
  expect((await sightglass(['share', 'to', 'community', address, ...set], around)).err).toBe('')
  return sightglass(['share', 'test', 'community', '--yes'], around)
}
const file = (name: string): string => join(world.folder, name)

for (const [what, needs, en, de] of [
  [
    'nobody is named who vouches for it',
    () => ({}),
    'It can’t prove who it is',
    'Es kann nicht beweisen, wer es ist',
  ],
  [
    'another authority is named',
    () => ({ authority: file('wrong.pem') }),
    'It can’t prove who it is',
    'Es kann nicht beweisen',
  ],
  [
    'the pin is another key’s',
    () => ({ authority: file('own.pem'), pin: wrongPin }),
    'Its key is not the pinned one',
    'Sein Schlüssel ist nicht der festgelegte',
  ],
  [
    'it is pinned, and nobody vouches for it',
    () => ({ pin }),
    'It can’t prove who it is',
    'Es kann nicht beweisen',
  ],
  [
    'the authority’s file holds no certificate',
    () => ({ authority: file('no.pem') }),
    'holds no certificate that can be read',
    'kein lesbares Zertifikat',
  ],
  [
    'the authority’s file is gone',
    () => ({ authority: file('gone.pem') }),
    'holds no certificate that can be read',
    'kein lesbares Zertifikat',
  ],
] as const)
  it(`share test says in words what is wrong where ${what}, and asks nothing`, async () => {
    for (const [language, words] of [
      ['en', en],
      ['de', de],
    ] as const) {
      const said = await tested(needs(), language)
      expect(said.code).toBe(1)
      expect(said.out.replaceAll("'", '’')).toContain(words)
    }
    expect(asked).toEqual([])
  })

for (const [what, needs] of [
  ['an authority of one’s own', () => ({ authority: file('own.pem') })],
  ['an authority of one’s own and the pinned key', () => ({ authority: file('own.pem'), pin })],
] as const)
  it(`share test says that the certificate is good by ${what}, and asks once, without key, body or report`, async () => {
    const said = await tested(needs(), 'en')
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(said.out).toContain('It answers (status 404). Its certificate is good.')
    expect(asked).toEqual(['GET /api/v1/reports connection host user-agent'])
  })
