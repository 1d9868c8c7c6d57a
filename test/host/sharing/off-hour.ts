// An hour of the program with sharing never switched on: every command and with them every method that a window has,
// while a tended host looks for what is due. Its clock is set by hand; the work itself takes as long as it takes.
import { mock } from 'node:test'
import { commands } from '../../../host/cli/commands.ts'
import { run } from '../../../host/cli/run.ts'
import { createHost } from '../../../host/create-host.ts'
import { directBridge } from '../../../host/direct.ts'
import { makeWorld } from '../../world.ts'
import { commandLines } from '../command-lines.ts'

const minute = 60_000
const realTimeout = setTimeout
const rest = (time: number) => new Promise<void>((resolve) => realTimeout(resolve, time))

const world = await makeWorld()
mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.now() })
/** While commands work, time goes on as it does. */
const work = new AbortController()
const passing = (async () => {
  while (!work.signal.aborted) {
    await rest(20)
    mock.timers.tick(20)
  }
})()

const host = createHost({ ...world.deps('web'), now: () => Date.now() })
host.tend()
const codes: Record<string, number> = {}

async function sightglass(...args: readonly string[]): Promise<string> {
  let out = ''
  const stop = new AbortController()
  if (args[0] === 'follow') realTimeout(() => stop.abort(), 500)
  const plain = { isTerminal: false, width: 80, colours: false }
  const code = await run(args, {
    bridge: directBridge(host.rpc),
    bytes: host.bytes,
    ask: () => Promise.resolve('no'), // the one thing that is never done
    start: () => Promise.resolve(0),
    out: { ...plain, write: (text) => void (out += text) },
    err: { ...plain, write: () => {} },
    folder: world.folder,
    zone: 'UTC',
    now: Date.now,
    signal: stop.signal,
  })
  codes[args.slice(0, 2).join(' ')] = code
  return out
}

/** What asks a network, with --yes. */
const pressed = new Set(['share test', 'updates'])
const lines = await commandLines(world, sightglass)
for (const { name } of commands)
  for (const line of lines[name] ?? []) {
    const args = typeof line === 'function' ? await line() : line
    // Whoever presses this is told the address first: it is not part of an hour of which nothing was asked.
    await sightglass(...(pressed.has(name) ? args.filter((arg) => arg !== '--yes') : args))
  }
work.abort()
await passing
for (let passed = 0; passed < 60 * minute; passed += minute / 4) {
  mock.timers.tick(minute / 4)
  await rest(5)
}
await host.close()
process.stdout.write(`${JSON.stringify({ folder: world.folder, data: world.data, codes })}\n`)
process.exit(0)
