// Runs in the preload's isolated world: gives the preload a `require` with what a sandboxed preload has, and
// carries its messages to the program through a binding that only this world can see.
import { decode, encode } from './clone.ts'
import { Half } from './worlds.ts'
import type { FromPage, ToPage } from './wire.ts'

type Listener = (event: object, ...args: unknown[]) => void
interface World {
  /** The way out; Chromium puts it here. */
  readonly standInSend: (text: string) => void
  standInReceive: (message: ToPage) => void
  standInFiles: { readonly name: string; readonly size: number; readonly path: string }[]
  standInPreload: (preload: (...names: unknown[]) => void) => void
}
const world = globalThis as unknown as World
const send = (message: FromPage): void => world.standInSend(JSON.stringify(message))

const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
const listeners = new Map<string, Listener[]>()
const ports = new Map<number, MessagePort>()
let next = 0

const ipcRenderer = {
  invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = next++
      const body = encode(args)
      waiting.set(id, { resolve, reject })
      send({ type: 'invoke', id, channel, body })
    }),
  send: (channel: string, ...args: unknown[]): void => send({ type: 'send', channel, body: encode(args) }),
  on: (channel: string, listener: Listener): object => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    return ipcRenderer
  },
  postMessage: (channel: string, message: unknown, transfer: MessagePort[] = []): void => {
    const body = encode(message)
    send({ type: 'post', channel, body, ports: transfer.map(handOver) })
  },
}

/** The port given away lives on in the program; here it only passes on. */
function handOver(port: MessagePort): number {
  const id = next++
  ports.set(id, port)
  port.onmessage = ({ data }: MessageEvent<unknown>) => send({ type: 'port', id, body: encode(data) })
  port.addEventListener('close', () => {
    ports.delete(id)
    send({ type: 'port-closed', id })
  })
  return id
}

world.standInReceive = (message) => {
  if (message.type === 'reply') {
    const waiter = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.body !== undefined) waiter?.resolve(decode(message.body))
    else waiter?.reject(new Error(message.error))
  } else if (message.type === 'port') ports.get(message.id)?.postMessage(decode(message.body))
  else if (message.type === 'port-closed') ports.get(message.id)?.close()
  else {
    const args = decode(message.body) as unknown[] // made by encode, of a list
    for (const listener of listeners.get(message.channel) ?? []) listener({}, ...args)
  }
}

const exposed: { readonly key: string; readonly api: unknown }[] = []
const half: Half = new Half('preload', (message) => {
  if (message.type === 'hello') for (const { key, api } of exposed) expose(key, api)
  return undefined
})
function expose(key: string, api: unknown): void {
  const reply = half.send({ type: 'expose', key, api: half.pack(api) })
  if (reply !== null && 'thrown' in reply) throw new Error(reply.thrown)
}

const electron: { readonly [name: string]: unknown } = {
  contextBridge: {
    exposeInMainWorld: (key: string, api: unknown) => {
      exposed.push({ key, api })
      expose(key, api)
    },
  },
  ipcRenderer,
  webUtils: {
    getPathForFile: (file: unknown) => {
      if (!(file instanceof File)) throw new TypeError('getPathForFile: not a File')
      return world.standInFiles.find(({ name, size }) => name === file.name && size === file.size)?.path ?? ''
    },
  },
}
world.standInFiles = []

/** In a sandboxed preload `require` knows Electron and three small modules; Node's own it does not find. */
function require(name: string): unknown {
  if (name === 'electron' || name === 'electron/renderer')
    return new Proxy(electron, {
      get: (known, key): unknown => {
        if (typeof key === 'symbol' || key in known) return Reflect.get(known, key)
        throw new Error(`the stand-in's preload has no electron.${key}`)
      },
    })
  throw new Error(`module not found: ${name}`)
}

world.standInPreload = (preload) => {
  if (window !== window.top) return // frames inside the page get no preload
  const module = { exports: {} }
  try {
    preload(require, module, module.exports, { type: 'renderer', sandboxed: true, contextIsolated: true })
  } catch (error) {
    send({ type: 'preload-failed', error: error instanceof Error ? error.message : String(error) })
  }
}
