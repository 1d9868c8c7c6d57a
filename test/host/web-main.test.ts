// `npm start` in the browser, from outside: its own process, its terminal, a second start, and its end.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isRecord } from '../../shared/plain.ts'
import { eventually, makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { makeBrowser, makePage } from './web-browser.ts'

const entry = join(import.meta.dirname, 'web-entry.ts')

interface Started {
  readonly child: ChildProcess
  said(): string
  complained(): string
  /** The addresses it has printed so far. */
  addresses(): string[]
  ended: Promise<unknown>
}

let world: World
let page: string
let all: Started[]

beforeEach(async () => {
  world = await makeWorld()
  page = await makePage(world.folder)
  all = []
})
afterEach(async () => {
  for (const { child } of all) child.kill('SIGKILL')
  await Promise.all(all.map(({ ended }) => ended))
  await world.remove()
})

function start(args: readonly string[], more: Record<string, string> = {}): Started {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env
  const child = spawn(process.execPath, [entry, page, ...args], {
    env: { ...environment, HOME: world.home, SIGHTGLASS_HOME: world.data, ...more },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let [said, complained] = ['', '']
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (complained += piece.toString()))
  const started: Started = {
    child,
    said: () => said,
    complained: () => complained,
    addresses: () => said.match(/http:\/\/127\.0\.0\.1:\d+\/#\S+/g) ?? [],
    ended: once(child, 'close'),
  }
  all.push(started)
  return started
}
async function firstAddress(started: Started): Promise<string> {
  await eventually(() => started.addresses().length > 0 || started.child.exitCode !== null, 10_000)
  const [address] = started.addresses()
  if (address === undefined) throw new Error(`no address: ${started.said()}${started.complained()}`)
  return address
}
const portOf = (address: string): number => Number(new URL(address).port)
const instancePath = (): string => join(world.data, 'running.json')
async function works(address: string): Promise<string | null | undefined> {
  const connected = await makeBrowser(portOf(address)).connect(address)
  if (!connected.ok || !(await connected.value.bridge.call('app.info', {})).ok) return undefined
  return connected.value.openAtStart
}

it('prints an address that works, with the file that was named, from the folder the person is in', async () => {
  const started = start(['--port', '0', 'some/file.db'], { INIT_CWD: world.folder })
  expect(await works(await firstAddress(started))).toBe(join(world.folder, 'some/file.db'))
  expect(started.said()).toContain('works once')
})

it('prints a fresh address for each Enter, and the old one stays used', async () => {
  const started = start(['--port', '0'])
  const first = await firstAddress(started)
  expect(await works(first)).toBe(null)
  started.child.stdin?.write('\n')
  await eventually(() => started.addresses().length === 2)
  expect(await works(started.addresses()[1] ?? '')).toBe(null)
  expect(await works(first)).toBe(undefined)
})

it('a second start asks the first for a fresh address with its own file, and ends', async () => {
  const first = start(['--port', '0'])
  const port = portOf(await firstAddress(first))
  const second = start([join(world.folder, 'b.db')])
  await second.ended
  expect(second.child.exitCode).toBe(0)
  const [address = ''] = second.addresses()
  expect(portOf(address)).toBe(port)
  expect(await works(address)).toBe(join(world.folder, 'b.db'))
  expect(first.child.exitCode).toBe(null)
})

it('only this account can read the file by which a second start finds the first', async () => {
  await firstAddress(start(['--port', '0']))
  await eventually(() => stat(instancePath()).then(Boolean, () => false))
  expect((await stat(instancePath())).mode & 0o777).toBe(0o600)
  expect((await stat(world.data)).mode & 0o777).toBe(0o700)
  const stored: unknown = JSON.parse(await readFile(instancePath(), 'utf8'))
  if (!isRecord(stored)) throw new Error('not a record')
  for (const name of ['ask', 'reply']) expect(Buffer.from(String(stored[name]), 'base64url').length).toBe(32)
})

it('asking for an address needs the secret, and gives nothing away without it', async () => {
  const address = await firstAddress(start(['--port', '0']))
  const browser = makeBrowser(portOf(address))
  for (const body of [
    {},
    { ask: '', open: null },
    { ask: 'x'.repeat(43), open: null },
    { ask: 7, open: 7 },
  ]) {
    const answer = await browser.fetch('/again', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(403)
    expect(await answer.text()).not.toContain('code=')
  }
})

it('stops at once when told to, and leaves no instance file and no copies', async () => {
  const started = start(['--port', '0'])
  const address = await firstAddress(started)
  const connected = await makeBrowser(portOf(address)).connect(address)
  if (!connected.ok) throw new Error('not connected')
  const path = await world.makeFile('wanted.db', 100)
  expect((await connected.value.bridge.stream('files.open', { path }, () => {})).ok).toBe(true)
  const begun = Date.now()
  started.child.kill('SIGTERM')
  await started.ended
  expect(Date.now() - begun).toBeLessThan(2000)
  expect(started.child.exitCode).toBe(0)
  expect(started.complained()).toBe('')
  expect(await readdir(join(world.data, 'temporary'))).toEqual([])
  await expect(stat(instancePath())).rejects.toThrow('ENOENT')
})

it('after a crash the next start takes no notice of the file that was left, and sweeps up its copies', async () => {
  const crashed = start(['--port', '0'])
  await firstAddress(crashed)
  await eventually(() => stat(instancePath()).then(Boolean, () => false))
  const left = join(world.data, 'temporary', String(crashed.child.pid))
  await mkdir(left, { recursive: true })
  await writeFile(join(left, 'copy.db'), 'someone’s telemetry')
  crashed.child.kill('SIGKILL')
  await crashed.ended
  const next = start(['--port', '0'])
  expect(await works(await firstAddress(next))).toBe(null)
  expect(await readdir(join(world.data, 'temporary'))).not.toContain(String(crashed.child.pid))
  const third = start([])
  await third.ended
  expect(third.said()).toContain('runs already')
})

it('is not fooled by a stranger on the port of a program that is gone', async () => {
  const stranger = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      const body = JSON.stringify({ reply: 'x'.repeat(43), address: 'http://127.0.0.1:1/#code=stolen' })
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`
      socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`)
    })
  })
  stranger.listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  const bound = stranger.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  await mkdir(world.data)
  const secrets = { ask: 'a'.repeat(43), reply: 'b'.repeat(43) }
  await writeFile(instancePath(), JSON.stringify({ port, pid: process.pid, ...secrets }))
  const started = start(['--port', '0'])
  const address = await firstAddress(started)
  stranger.close()
  expect(portOf(address)).not.toBe(1)
  expect(await works(address)).toBe(null)
})

it('leaves a copy alone that another program of ours, still running, is reading', async () => {
  const other = join(world.data, 'temporary', String(process.pid))
  await mkdir(other, { recursive: true })
  await writeFile(join(other, 'copy.db'), 'being read')
  await firstAddress(start(['--port', '0']))
  expect(await readdir(other)).toEqual(['copy.db'])
})

it('says in one sentence what is wrong with how it was started', async () => {
  const first = await firstAddress(start(['--port', '0']))
  const wrong: readonly [readonly string[], RegExp][] = [
    [['--port', 'abc'], /--port takes a number/],
    [['--port'], /--port takes a number/],
    [['--port', '99999'], /--port takes a number/],
    [['--nonsense'], /no option --nonsense/],
    [['a.db', 'b.db'], /one file/],
    [['--port', String(portOf(first))], /taken by another program/],
  ]
  for (const [args, sentence] of wrong) {
    const elsewhere = { SIGHTGLASS_HOME: join(world.folder, 'elsewhere') }
    const started = start(args, elsewhere)
    await started.ended
    expect(started.child.exitCode).toBe(1)
    expect(started.complained()).toMatch(sentence)
    expect(started.complained().trim().split('\n')).toHaveLength(1)
  }
})
