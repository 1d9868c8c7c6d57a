// ipcMain, and the program's end of message ports.
import { EventEmitter } from 'node:events'
import type { IpcMain, MessagePortMain } from 'electron'
import { decode, encode } from './clone.ts'
import type { StandInContents } from './window.ts'
import type { FrameLook, FromPage } from './wire.ts'

type Handler = Parameters<IpcMain['handle']>[1]
type PortShape = Pick<MessagePortMain, 'postMessage' | 'start' | 'close'>

/** A port's messages wait until it is started, as Electron's do. */
export class StandInPort extends EventEmitter implements PortShape {
  readonly #send: (body: string) => void
  readonly #onClose: () => void
  #waiting: unknown[] | null = []
  #open = true

  constructor(send: (body: string) => void, onClose: () => void) {
    super()
    this.#send = send
    this.#onClose = onClose
  }
  postMessage(message: unknown): void {
    const body = encode(message)
    if (this.#open) this.#send(body)
  }
  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const data of waiting) this.emit('message', { data, ports: [] })
  }
  close(): void {
    if (!this.#open) return
    this.#onClose()
    this.closed()
  }
  receive(data: unknown): void {
    if (this.#waiting === null) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
  closed(): void {
    if (!this.#open) return
    this.#open = false
    this.emit('close')
  }
}

type IpcShape = Pick<IpcMain, 'handle' | 'removeHandler'>

export class StandInIpc extends EventEmitter implements IpcShape {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** The reply as text, refused like Electron refuses what it cannot copy. */
  async invoke(
    sender: StandInContents,
    frame: object | null,
    channel: string,
    args: unknown[],
  ): Promise<string> {
    const handler = this.#handlers.get(channel)
    try {
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      const event = { sender, senderFrame: frame, type: 'frame', processId: 1, frameId: 1 }
      return encode(await (Reflect.apply(handler, undefined, [event, ...args]) as unknown))
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error })
    }
  }

  deliver(
    sender: StandInContents,
    frame: object | null,
    channel: string,
    args: unknown[],
    ports: StandInPort[],
  ): void {
    this.emit(channel, { sender, senderFrame: frame, ports, returnValue: undefined, type: 'frame' }, ...args)
  }
}

/** The ports that one page has given away. */
export class Ports {
  readonly #open = new Map<number, StandInPort>()
  readonly #contents: StandInContents

  constructor(contents: StandInContents) {
    this.#contents = contents
  }
  take(id: number): StandInPort {
    const port = new StandInPort(
      (body) => this.#contents.toPage({ type: 'port', id, body }),
      () => this.#contents.toPage({ type: 'port-closed', id }),
    )
    this.#open.set(id, port)
    return port
  }
  receive(message: Extract<FromPage, { type: 'port' | 'port-closed' }>): void {
    const port = this.#open.get(message.id)
    if (message.type === 'port') port?.receive(decode(message.body))
    else {
      this.#open.delete(message.id)
      port?.closed()
    }
  }
  closeAll(): void {
    const ports = [...this.#open.values()]
    this.#open.clear()
    for (const port of ports) port.closed()
  }
}

export function frameObject(frame: FrameLook): object | null {
  if (frame === null) return null
  const { url, top, token } = frame
  return { url, parent: top ? null : {}, processId: 1, frameToken: token, routingId: 1 }
}
