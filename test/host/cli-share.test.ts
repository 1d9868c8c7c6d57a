// Sharing from a terminal and from scripts, by the real command line: what is refused, and what switches it on.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { sightglass } from './command-line.ts'

const dayLength = 86_400_000
let world: World
beforeEach(async () => (world = await makeWorld()))
afterEach(() => world.remove())

const share = (args: readonly string[], environment: Record<string, string> = {}) =>
  sightglass(['share', ...args], { data: world.data, home: world.home, folder: world.folder, environment })

/** A ticked file with events of yesterday, and a destination on this machine. */
async function ready(): Promise<void> {
  const yesterday = Math.floor(Date.now() / dayLength) * dayLength - dayLength
  const path = await world.makeFile('telemetry.db', 30, 'delete', yesterday)
  expect((await share(['files', '--tick', path])).code).toBe(0)
  expect((await share(['to', 'file', join(world.folder, 'shared.jsonl')])).code).toBe(0)
}
const hashIn = (out: string): string => /: ([0-9a-f]{64})\s*$/.exec(out.trimEnd())?.[1] ?? ''

describe('in a script', () => {
  it('share on wants the hash of the preview that was read, and no other will do', async () => {
    await ready()
    const asked = await share(['on'])
    expect(asked).toMatchObject({ code: 1 })
    expect(asked.err).toContain('--i-have-read-the-preview')
    expect(asked.out).toContain('share off stops at once')
    expect(asked.out).toContain('Whoever receives it sees the network address it comes from')
    const wrong = await share(['on', '--i-have-read-the-preview', 'ab'.repeat(32)])
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect((await share(['status'])).out).toContain('Sharing is off')
    const [, command = ''] = /^ {2}sightglass share (on .*)$/m.exec((await share(['preview'])).out) ?? []
    const on = await share(command.split(' '))
    expect(on).toMatchObject({ code: 0, err: '' })
    expect(on.out).toMatch(/Sharing is on: detailed, since [\d-]{10} \d\d:\d\d UTC\./)
    expect(on.out).toContain('The next report leaves between')
    expect((await share(['now'])).out).toContain('No day since sharing was switched on has ended')
    const off = await share(['off'])
    expect(off.out).toContain('Sharing is off. Nothing waits')
  })

  it('the hash of one level switches on no other', async () => {
    await ready()
    const hash = hashIn((await share(['preview', '--level', 'basic'])).out)
    const on = await share(['on', '--level', 'detailed', '--i-have-read-the-preview', hash])
    expect(on.code).toBe(1)
  })

  it('share now refuses while sharing is off, and makes nothing', async () => {
    const now = await share(['now'])
    expect(now).toMatchObject({ code: 1, out: '' })
    expect(now.err).toContain('Sharing is off')
    expect(existsSync(join(world.data, 'sharing.db'))).toBe(false)
    expect(await share(['now', '--to', 'none'])).toMatchObject({ code: 0, out: '', err: '' })
  })

  it('a file is named from the folder that one is in, an address is https, and what is set is all that is told', async () => {
    const to = await share(['to', 'file', 'shared.jsonl'])
    expect(to.out).toContain(join(world.folder, 'shared.jsonl'))
    expect(to.out).not.toContain('There are')
    expect((await share(['to', 'community', 'http://sharing.example'])).err).toContain('not https')
    for (const args of [
      ['to', 'nowhere', 'https://there.example'],
      ['test', 'nowhere'],
    ])
      expect(await share(args)).toMatchObject({
        code: 2,
        err: expect.stringContaining('There are: community, '),
      })
  })

  it('a key comes from a file, and no command shows it', async () => {
    await writeFile(join(world.folder, 'key.txt'), 'phc_0123456789abcdef\n')
    const to = await share(['to', 'posthog', 'https://there.example', '--set', 'key=@key.txt'])
    expect(to.out).toContain('••••••••')
    for (const args of [['to'], ['to', '--json'], ['status', '--json']])
      expect((await share(args)).out).not.toContain('phc_0123')
  })
})

it('share log --erase says first what is lost, and erases it when that is asked for', async () => {
  await ready()
  const hash = hashIn((await share(['preview', '--level', 'basic'])).out)
  await share(['on', '--i-have-read-the-preview', hash])
  await share(['off'])
  const said = await share(['log', '--erase'])
  expect(said.out).toContain('2 entries of the log would be gone for good')
  expect(said.out).toContain('Nothing was erased. With --yes it is.')
  expect((await share(['log'])).out).toContain('switched on: basic')
  expect((await share(['log', 'zebra'])).out).toBe('Nothing in the log holds “zebra”.\n')
  expect((await share(['log', '--erase', '--through', '2020-01-01', '--yes'])).out).toContain(
    'Nothing is erased',
  )
  expect((await share(['log', '--erase', '--through', 'soon'])).code).toBe(2)
  expect((await share(['log', '--erase', '--yes'])).out).toContain('2 entries erased.')
  const log = await share(['log'])
  expect(log.out).toContain('2 entries before this erased by you')
  expect(log.out).not.toContain('switched on')
  expect(await share(['log', '--verify'])).toMatchObject({ code: 0 })
})

describe('on a build server', () => {
  it('share on is refused without a hash, and the destination by HTTP is suggested', async () => {
    await ready()
    await share(['to', 'web-hook', 'http://127.0.0.1:9/hook'])
    const on = await share(['on'], { CI: 'true' })
    expect(on.code).toBe(1)
    expect(on.out).toContain('can’t be deleted from here, only by whoever runs it')
    expect(on.err).toContain('share to web-hook https://')
    expect((await share(['status'], { CI: 'true' })).out).toContain('build server')
  })
})

describe('where sharing is forbidden', () => {
  for (const environment of [{ DO_NOT_TRACK: '1' }, { SIGHTGLASS_SHARING: 'off' }])
    it(`${Object.keys(environment).join()} wins over the right hash`, async () => {
      await ready()
      const hash = hashIn((await share(['preview', '--level', 'basic'])).out)
      const on = await share(['on', '--i-have-read-the-preview', hash], environment)
      expect(on.code).toBe(1)
      expect(on.err).toContain(Object.keys(environment).join())
      expect(existsSync(join(world.data, 'sharing.db'))).toBe(false)
    })
})

it('npm’s names are commands of sharing', async () => {
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const meant = { status: 'share status', enable: 'share on', disable: 'share off', preview: 'share preview' }
  for (const [name, command] of Object.entries(meant))
    expect(scripts[`telemetry:${name}`]).toBe(`node scripts/sightglass.mjs ${command}`)
})
