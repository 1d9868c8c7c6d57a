// The table of commands against the bridge's table: what the windows can do, a person at a terminal can do.
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from './commands.ts'
import { run } from '../../host/cli/run.ts'
import type { Host } from '../../host/create-host.ts'
import { directBridge } from '../../host/direct.ts'
import type { Bridge, MethodName } from '../../shared/bridge.ts'
import { bridge as table } from '../../shared/bridge.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { commandLines } from './command-lines.ts'
import { modulesLoaded } from './modules-loaded.ts'

let world: World
let host: Host
const releases = createServer((request, response) => {
  const page = `http://${request.headers.host ?? ''}/`
  response.end(JSON.stringify({ version: '9.0.0', page }))
})
beforeAll(async () => {
  world = await makeWorld()
  await once(releases.listen(0, '127.0.0.1'), 'listening')
  const { port } = releases.address() as AddressInfo // it listens on a port
  world.releases = `http://127.0.0.1:${port}/latest.json`
  host = world.host('command line')
})
afterAll(async () => {
  releases.close()
  await host.close()
  await world.remove()
})

interface Seen {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly called: ReadonlySet<MethodName>
  readonly started: readonly (readonly string[])[]
}

/** What only Ctrl-C ends. */
const endless = new Set<MethodName>(['files.follow'])

async function sightglass(...args: string[]): Promise<Seen> {
  let [out, err] = ['', '']
  const called = new Set<MethodName>()
  const started: (readonly string[])[] = []
  const direct = directBridge(host.rpc)
  const stop = new AbortController()
  const recording: Bridge = {
    call: (name, given) => (called.add(name), direct.call(name, given)),
    stream: (name, ...given) => {
      called.add(name)
      if (endless.has(name)) setTimeout(() => stop.abort(), 300)
      return direct.stream(name, ...given)
    },
  }
  const plain = { isTerminal: false, width: 80, colours: false }
  const code = await run(args, {
    bridge: recording,
    bytes: host.bytes,
    ask: () => Promise.resolve('yes'),
    start: (given) => (started.push(given), Promise.resolve(0)),
    out: { ...plain, write: (text) => void (out += text) },
    err: { ...plain, write: (text) => void (err += text) },
    folder: world.folder,
    zone: 'UTC',
    now: Date.now,
    signal: stop.signal,
  })
  return { code, out, err, called, started }
}

describe('the commands', () => {
  it('reach every method of the bridge', () => {
    const reached = new Set(commands.flatMap(({ calls }) => calls))
    expect(Object.keys(table).filter((name) => ![...reached].some((method) => method === name))).toEqual([])
  })

  it('call what they say they call, no more and no less', async () => {
    const lines = await commandLines(world, async (...args) => (await sightglass(...args)).out)
    for (const { name, calls } of commands) {
      const called = new Set<MethodName>()
      expect(lines[name], `a line that runs ${name}`).toBeDefined()
      for (const one of lines[name] ?? []) {
        const line = typeof one === 'function' ? await one() : one
        const seen = await sightglass(...line)
        expect(seen, line.join(' ')).toMatchObject({ code: 0, err: '' })
        for (const method of seen.called) called.add(method)
      }
      expect(called, name).toEqual(new Set(calls))
    }
  })

  it('are all in the help, and each tells its usage, its options and an example', async () => {
    const { out } = await sightglass('--help')
    for (const command of commands) {
      expect(out).toContain(`\n  ${command.name} `)
      const help = (await sightglass('help', command.name)).out
      expect((await sightglass(command.name, '--help')).out).toBe(help)
      for (const option of Object.keys(command.options)) expect(help).toContain(`\n  --${option}`)
      expect(help).toContain(`sightglass ${command.name}`)
      expect(command.examples.length).toBeGreaterThan(0)
    }
  })

  it('are loaded when they are asked for: the help and the version wait for no other, nor for the engine', () => {
    const ofCommands = (modules: readonly string[]): string[] =>
      modules.filter((path) => path.startsWith('host/cli/commands/') || path === 'host/file/native.ts')
    expect(ofCommands(modulesLoaded(world, '--help'))).toEqual([])
    expect(ofCommands(modulesLoaded(world, '--version'))).toEqual(['host/cli/commands/version.ts'])
    expect(ofCommands(modulesLoaded(world, 'settings'))).toEqual(['host/cli/commands/settings.ts'])
  })

  it('have no line of help that is wider than the terminal', async () => {
    for (const name of ['', ...commands.map((command) => command.name)]) {
      const { out } = await sightglass('help', ...(name === '' ? [] : [name]))
      const wide = out.split('\n').filter((line) => line.length > 80 && !line.startsWith('  sightglass'))
      expect(wide).toEqual([])
    }
  })

  it.each([
    ['opne', 'open'],
    ['reprot', 'report'],
    ['exports', 'export'],
    ['share frget', 'share forget'],
    ['shrae', 'share'],
    ['frob', null],
    ['x', null],
  ])('answer %s with what was meant: %s', async (typed, meant) => {
    const { err } = await sightglass(...typed.split(' '))
    const [, guess = null] = /Did you mean (.+)\?/.exec(err) ?? []
    expect(guess).toBe(meant)
  })

  it('answer a wrong call with one sentence and exit code 2', async () => {
    const wrong = [
      ['frob'],
      ['help', 'frob'],
      ['constructor'],
      ['report'],
      ['report', ''],
      ['report', 'a.db', 'b.db'],
      ['report', '--colour', 'a.db'],
      ['report', '--zone', 'Mars/Base', 'a.db'],
      ['report', 'a.db', '--zone'],
      ['report', '--json=yes', 'a.db'],
      ['report', '--constructor', 'a.db'],
      ['report', 'a.db', '--json', '--html', 'a.html'],
      ['sample', '--events', 'many', 'a.db'],
      ['sample', '--events', '0', 'a.db'],
      ['sample', '--seed', '-1', 'a.db'],
      ['sample', '--until', '2026-02-30', 'a.db'],
      ['sample', '--format', 'other', 'a.db'],
      ['open', '--tool', 'other'],
      ['delete'],
      ['delete', 'a.db', '--tool', 'smart-agents'],
      ['settings', 'theme', 'purple'],
      ['settings', '__proto__', 'x'],
    ]
    for (const line of wrong) {
      const seen = await sightglass(...line)
      expect(seen, line.join(' ')).toMatchObject({ code: 2, out: '', started: [] })
      expect(seen.err, line.join(' ')).toMatch(/^[^\n]+\.( Usage: [^\n]+)?\n$|^[^\n]+\n$/)
      expect(seen.called.size, line.join(' ')).toBe(0)
    }
  })

  it('take a file whose name begins with a dash after --', async () => {
    await world.makeFile('-odd.db', 3)
    expect(JSON.parse((await sightglass('report', '--json', '--', '-odd.db')).out)).toMatchObject({
      events: 3,
    })
  })
})

describe('open', () => {
  it('starts the program on the file, with its path in full and the same options', async () => {
    const { started } = await sightglass('open', 'some.db', '--port', '4000', '--no-open', '--browser')
    expect(started).toEqual([[join(world.folder, 'some.db'), '--port', '4000', '--no-open', '--browser']])
  })

  it('finds the tool’s own file, but takes the one that is named', async () => {
    const own = await world.makeFile('home/.smart-agents/telemetry/telemetry.db', 20).catch(() => '')
    expect((await sightglass('open', '--tool', 'smart-agents')).started).toEqual([
      [own || join(world.home, '.smart-agents', 'telemetry', 'telemetry.db')],
    ])
    expect((await sightglass('open', 'x.db', '--tool', 'smart-agents')).started).toEqual([
      [join(world.folder, 'x.db')],
    ])
  })

  it('says so where the tool has no file', async () => {
    const seen = await sightglass('open', '--tool', 'earlyexit')
    expect(seen).toMatchObject({ code: 1, started: [] })
    expect(seen.err).toContain('earlyexit')
  })
})

describe('settings', () => {
  it('change by a person’s words, and go back', async () => {
    expect((await sightglass('settings', 'firstdayofweek', 'Sunday')).out).toContain('Sunday')
    expect((await sightglass('settings', 'letterKeys', 'off')).out).toContain('off')
    expect((await sightglass('settings', 'timeZone', 'Asia/Kathmandu')).out).toContain('Asia/Kathmandu')
    const all: unknown = JSON.parse((await sightglass('settings', '--json')).out)
    expect(all).toMatchObject({ firstDayOfWeek: 7, letterKeys: false, timeZone: 'Asia/Kathmandu' })
    await sightglass('settings', 'timeZone', '--reset')
    expect(JSON.parse((await sightglass('settings', 'timeZone', '--json')).out)).toBe(null)
    expect(JSON.parse((await sightglass('settings', 'letterKeys', '--json')).out)).toBe(false)
    await sightglass('settings', '--reset')
    expect(JSON.parse((await sightglass('settings', '--json')).out)).toMatchObject({ letterKeys: true })
  })
})

describe('files', () => {
  it('lists what a stranger named without letting the name command the terminal', async () => {
    await mkdir(join(world.folder, 'strange'))
    await mkdir(join(world.folder, 'strange', 'a\u001b[2Jb\u202ec\u0007'))
    expect((await sightglass('files', '--in', 'strange')).out).toBe('abc/\n')
  })
})
