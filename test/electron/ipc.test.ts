// Row I11: what the shell's channels refuse, at the functions themselves, so that ten thousand tries take a second.
import fc from 'fast-check'
import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { createRpc } from '../../host/rpc.ts'
import { connectIpc } from '../../electron/ipc.ts'
import type { IpcDeps } from '../../electron/ipc.ts'
import { bridge } from '../../shared/bridge.ts'
import type { Handlers, MethodName } from '../../shared/bridge.ts'
import { isRecord } from '../../shared/plain.ts'
import { ok } from '../../shared/result.ts'
import { channel } from '../../shared/shell.ts'

type Listener = (event: object, ...args: unknown[]) => unknown
const methods = Object.keys(bridge) as MethodName[]

/** The shell's channels with a host that only counts, and a way to send as any frame. */
function makeShell() {
  const listeners = new Map<string, Listener>()
  const sent: unknown[][] = []
  const count = { reached: 0, chosen: 0, saved: 0 }
  const reach = (): Promise<unknown> => {
    count.reached++
    return Promise.resolve(ok(null))
  }
  const mainFrame = { url: 'app://local/', processId: 4, frameToken: 'top', parent: null }
  const contents = {
    mainFrame,
    gone: false,
    isDestroyed: (): boolean => contents.gone,
    send: (...args: unknown[]): void => void sent.push(args),
  }
  const register = (name: string, listener: unknown): unknown => listeners.set(name, listener as Listener)
  const ipc = connectIpc({
    ipcMain: registering(register),
    contents: () => contents,
    rpc: createRpc(Object.fromEntries(methods.map((name) => [name, reach])) as unknown as Handlers),
    chooseFile: () => {
      count.chosen++
      return Promise.resolve('/chosen.db')
    },
    saveFile: () => {
      count.saved++
      return Promise.resolve(ok(true))
    },
  })
  const deliver = (name: string, event: object, ...args: unknown[]): unknown =>
    listeners.get(name)?.(event, ...args)
  return {
    ipc,
    count,
    sent,
    contents,
    mainFrame,
    deliver,
    ours: { sender: contents, senderFrame: mainFrame },
  }
}

/** What of ipcMain the shell uses. */
function registering(register: (name: string, listener: unknown) => unknown): IpcDeps['ipcMain'] {
  const part: unknown = { handle: register, on: register }
  return part as IpcDeps['ipcMain']
}

/** A port that remembers what was said on it. */
function makePort() {
  const said: unknown[] = []
  const heard = new Map<string, () => void>()
  const port = {
    said,
    closed: false,
    close: () => (port.closed = true),
    start: () => {},
    on: (name: string, listener: () => void) => heard.set(name, listener),
    postMessage: (message: unknown) => said.push(message),
    hear: (name: string) => heard.get(name)?.(),
  }
  return port
}

const main = { url: 'app://local/', processId: 4, frameToken: 'top', parent: null }
const strangers: readonly (readonly [string, object | null])[] = [
  ['a frame that is already gone', null],
  ['a page at about:blank', { ...main, url: 'about:blank' }],
  ['a page without an address', { ...main, url: '' }],
  ['a page that is no address at all', { ...main, url: 'local' }],
  ['a frame inside our page', { ...main, frameToken: 'inner', parent: main }],
  ['a frame that has another above it', { ...main, parent: main }],
  ['another top frame with our address', { ...main, frameToken: 'other' }],
  ['another process with our address', { ...main, processId: 5 }],
  ['a web site', { ...main, url: 'https://local/' }],
  ['a file', { ...main, url: 'file:///app://local/' }],
  ['another host of our scheme', { ...main, url: 'app://local.evil.test/' }],
  ['our host with a port', { ...main, url: 'app://local:80/' }],
  ['our host after a user name', { ...main, url: 'app://local@evil.test/' }],
  ['our host with a user name', { ...main, url: 'app://someone@local/' }],
  ['our host with a password', { ...main, url: 'app://:secret@local/' }],
  ['our host in other letters', { ...main, url: 'app://LOCAL/' }],
  ['a scheme that begins like ours', { ...main, url: 'apps://local/' }],
  ['data of a page', { ...main, url: 'data:text/html,app://local/' }],
]

describe('the channels of the desktop window', () => {
  for (const [what, senderFrame] of strangers)
    it(`refuse ${what}, on every channel, and do nothing for it`, async () => {
      const { count, sent, contents, deliver, ipc } = makeShell()
      const event = { sender: contents, senderFrame }
      expect(() => deliver(channel.call, event, 'app.info', {})).toThrow('refused')
      expect(() => deliver(channel.chooseFile, event)).toThrow('refused')
      expect(() => deliver(channel.saveFile, event, 'a.svg', Uint8Array.of(1))).toThrow('refused')
      const port = makePort()
      deliver(channel.stream, { ...event, ports: [port] }, { name: 'files.open', args: { path: '/a.db' } })
      ipc.open('/secret.db')
      deliver(channel.ready, event)
      await new Promise((resolve) => setImmediate(resolve))
      expect(port).toMatchObject({ closed: true, said: [] })
      expect(sent).toEqual([])
      expect(count).toEqual({ reached: 0, chosen: 0, saved: 0 })
    })

  it('refuse our own address from contents that are not our window, and from a window that is gone', () => {
    const { contents, mainFrame, ours, deliver, count } = makeShell()
    expect(() => deliver(channel.call, { ...ours, sender: { mainFrame } }, 'app.info', {})).toThrow('refused')
    contents.gone = true
    expect(() => deliver(channel.call, ours, 'app.info', {})).toThrow('refused')
    expect(count.reached).toBe(0)
  })

  it('refuse a frame that is disposed of while it is looked at', () => {
    const { contents, deliver } = makeShell()
    const disposed = {
      get parent(): never {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      },
    }
    const event = { sender: contents, senderFrame: disposed }
    expect(() => deliver(channel.call, event, 'app.info', {})).toThrow('refused')
    const port = makePort()
    expect(() => deliver(channel.stream, { ...event, ports: [port] }, {})).not.toThrow()
    expect(port.closed).toBe(true)
  })

  it('answer our page', async () => {
    const { deliver, ours, count } = makeShell()
    expect(await deliver(channel.call, ours, 'app.info', {})).toEqual(ok(null))
    expect(await deliver(channel.chooseFile, ours)).toBe('/chosen.db')
    const port = makePort()
    deliver(channel.stream, { ...ours, ports: [port] }, { name: 'files.open', args: { path: '/a.db' } })
    await new Promise((resolve) => setImmediate(resolve))
    expect(port.said).toEqual([{ answer: ok(null) }])
    expect(await deliver(channel.saveFile, ours, 'a.svg', Uint8Array.of(1))).toEqual(ok(true))
    expect(count).toEqual({ reached: 2, chosen: 1, saved: 1 })
  })

  it.each([
    ['no name', [undefined, Uint8Array.of(1)]],
    ['a name without end', ['a'.repeat(400), Uint8Array.of(1)]],
    ['text for bytes', ['a.svg', '<svg/>']],
    ['a list for bytes', ['a.svg', [1, 2]]],
  ])('save nothing for a page that gives %s', async (_, args) => {
    const { deliver, ours, count } = makeShell()
    expect(await deliver(channel.saveFile, ours, ...args)).toMatchObject({ ok: false })
    expect(count.saved).toBe(0)
  })

  it('refuse 10,000 malformed calls of our own page, each with a reason, and reach no handler with one', async () => {
    const { deliver, ours, count } = makeShell()
    const args = fc.anything({
      withDate: true,
      withMap: true,
      withSet: true,
      withBigInt: true,
      withTypedArray: true,
    })
    const anything = fc.oneof(
      args,
      fc.object({ maxDepth: 6 }),
      fc.json().map((text): unknown => JSON.parse(text)),
    )
    const call = fc
      .tuple(fc.oneof(fc.constantFrom(...methods), fc.string(), anything), anything)
      .filter(([name, given]) => !isSound(name, given))
    await fc.assert(
      fc.asyncProperty(call, async ([name, given]) => {
        const answer = await deliver(channel.call, ours, name, given)
        const port = makePort()
        deliver(channel.stream, { ...ours, ports: [port] }, { name, args: given })
        await new Promise((resolve) => setImmediate(resolve))
        const [streamed] = port.said
        for (const refused of [answer, isRecord(streamed) ? streamed['answer'] : null]) {
          expect(refused).toMatchObject({
            ok: false,
            error: { kind: expect.stringMatching(/^(unknown-method|bad-call)$/) as unknown },
          })
          expect(JSON.stringify(refused).length).toBeLessThan(2000)
        }
      }),
      { numRuns: 5000, seed: 11 },
    )
    expect(count.reached).toBe(0)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('take a stream without a port, and without a message, for nothing', async () => {
    const { deliver, ours, count } = makeShell()
    deliver(channel.stream, { ...ours, ports: [] }, { name: 'files.open', args: { path: '/a.db' } })
    const port = makePort()
    deliver(channel.stream, { ...ours, ports: [port] }, 'files.open')
    expect(port.said).toMatchObject([{ answer: { ok: false, error: { kind: 'unknown-method' } } }])
    expect(count.reached).toBe(0)
  })

  for (const end of ['message', 'close', 'the page is gone'])
    it(`give a stream up at the first sign that nobody wants it: ${end}`, () => {
      const { contents, mainFrame } = makeShell()
      const listeners = new Map<string, Listener>()
      const register = (name: string, listener: unknown): unknown => listeners.set(name, listener as Listener)
      let aborted = false
      const ipc = connectIpc({
        ipcMain: registering(register),
        contents: () => contents,
        chooseFile: () => Promise.resolve(null),
        saveFile: () => Promise.resolve(ok(false)),
        rpc: {
          call: () => Promise.resolve(ok(null)),
          stream: (_name, _args, _send, signal) => {
            signal.addEventListener('abort', () => (aborted = true))
            return new Promise(() => {})
          },
        },
      })
      const port = makePort()
      const event = { sender: contents, senderFrame: mainFrame, ports: [port] }
      listeners.get(channel.stream)?.(event, { name: 'files.open', args: { path: '/a.db' } })
      expect(aborted).toBe(false)
      if (end === 'the page is gone') ipc.pageGone()
      else port.hear(end)
      expect(aborted).toBe(true)
    })

  it('keep files for the page until it listens, and again after it was reloaded', () => {
    const { ipc, sent, deliver, ours } = makeShell()
    ipc.open('/early.db')
    expect(sent).toEqual([])
    deliver(channel.ready, ours)
    ipc.open('/later.db')
    ipc.pageGone()
    ipc.open('/meanwhile.db')
    expect(sent).toEqual([
      [channel.open, '/early.db'],
      [channel.open, '/later.db'],
    ])
    deliver(channel.ready, ours)
    expect(sent.at(-1)).toEqual([channel.open, '/meanwhile.db'])
  })
})

/** Chance may make a sound call as well. */
function isSound(name: unknown, args: unknown): boolean {
  const method = methods.find((one) => one === name)
  return method !== undefined && safeParse(bridge[method].args, args).success
}
