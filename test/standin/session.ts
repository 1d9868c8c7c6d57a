// Schemes, sessions, and the small server behind which the program's own protocol handler answers: Chromium does
// not route an address like app://local/, so the page is at http://127.0.0.1:PORT/ and each request is put to the
// handler under the address that Electron would have given it.
import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { pipeline } from 'node:stream/promises'
import type { CustomScheme, Protocol, Session, session } from 'electron'
import { needReady, strict } from './world.ts'
import type { World } from './world.ts'

type Handler = Parameters<Protocol['handle']>[1]
type ProtocolShape = Pick<Protocol, 'handle' | 'isProtocolHandled'>
type SessionShape = Pick<
  Session,
  | 'setSpellCheckerEnabled' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler'
> // prettier-ignore
type PermissionHandlers = {
  asked: Parameters<Session['setPermissionRequestHandler']>[0]
  checked: Parameters<Session['setPermissionCheckHandler']>[0]
  device: Parameters<Session['setDevicePermissionHandler']>[0]
}

export class Schemes {
  readonly #world: World
  readonly #known = new Map<string, CustomScheme>()

  constructor(world: World) {
    this.#world = world
  }
  register(schemes: CustomScheme[]): void {
    if (this.#world.ready)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const scheme of schemes) this.#known.set(scheme.scheme, scheme)
  }
  /** Without these a page has no origin, no fetch and no worker, so the stand-in shows none. */
  check(scheme: string): void {
    const { standard, secure, supportFetchAPI } = this.#known.get(scheme)?.privileges ?? {}
    if (standard !== true || secure !== true || supportFetchAPI !== true)
      throw new Error(`${scheme} is not registered as standard, secure and fit for fetch`)
  }
}

export class StandInSession extends EventEmitter implements SessionShape {
  readonly permissions: PermissionHandlers = { asked: null, checked: null, device: null }
  spellChecker = true
  readonly protocol: ProtocolShape
  readonly webRequest: { onBeforeRequest: (listener: BeforeRequest) => void }
  readonly #schemes: Schemes
  readonly #handlers = new Map<string, Handler>()
  #before: BeforeRequest | null = null
  #origin: Promise<string> | null = null
  #base = ''

  constructor(schemes: Schemes) {
    super()
    this.#schemes = schemes
    this.protocol = strict('protocol', {
      handle: (scheme: string, handler: Handler) => {
        if (this.#handlers.has(scheme))
          throw new Error('Failed to register protocol: the scheme has been registered')
        this.#handlers.set(scheme, handler)
      },
      isProtocolHandled: (scheme: string) => this.#handlers.has(scheme),
    })
    this.webRequest = strict('webRequest', {
      onBeforeRequest: (listener: BeforeRequest) => (this.#before = listener),
    })
  }

  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable
  }
  setPermissionRequestHandler(handler: PermissionHandlers['asked']): void {
    this.permissions.asked = handler
  }
  setPermissionCheckHandler(handler: PermissionHandlers['checked']): void {
    this.permissions.checked = handler
  }
  setDevicePermissionHandler(handler: PermissionHandlers['device']): void {
    this.permissions.device = handler
  }
  setDisplayMediaRequestHandler(): void {}

  maySend(url: string): boolean {
    let cancelled = false
    this.#before?.({ url }, ({ cancel }) => (cancelled = cancel === true))
    return !cancelled
  }

  /** The address behind which this session's handlers answer. */
  listen(): Promise<string> {
    this.#origin ??= this.#serve()
    return this.#origin
  }
  async toReal(url: string): Promise<{ readonly url: string; readonly base: string }> {
    const { protocol, host, pathname, search, hash } = new URL(url)
    this.#schemes.check(protocol.slice(0, -1))
    if (!this.#handlers.has(protocol.slice(0, -1)))
      throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}'`)
    this.#base = `${protocol}//${host}`
    return { url: `${await this.listen()}${pathname || '/'}${search}${hash}`, base: this.#base }
  }

  async #serve(): Promise<string> {
    const server: Server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        if (!request.destroyed) console.error(`the protocol handler failed: ${String(error)}`)
        response.destroy() // net::ERR_FAILED in Electron
      })
    })
    server.listen(0, '127.0.0.1').unref()
    await once(server, 'listening')
    const address = server.address()
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const handler = this.#handlers.get(this.#base.split(':')[0] ?? '')
    if (handler === undefined) throw new Error('no handler')
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers))
      if (typeof value === 'string' && name !== 'host' && name !== 'connection') headers.set(name, value)
    const answer = await handler(
      new Request(`${this.#base}${request.url ?? '/'}`, { method: request.method ?? 'GET', headers }),
    )
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    if (answer.body === null) response.end()
    else await pipeline(Readable.fromWeb(answer.body as NodeReadableStream), response)
  }
}
type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void

export function createSessions(
  world: World,
  schemes: Schemes,
): Pick<typeof session, 'fromPartition'> & {
  readonly defaultSession: StandInSession
} {
  const made = new Map<string, StandInSession>()
  const fromPartition = (name: string): StandInSession => {
    needReady(world, 'Session can only be received')
    const known = made.get(name) ?? strict('session', new StandInSession(schemes))
    made.set(name, known)
    return known
  }
  return {
    fromPartition: (name: string) => fromPartition(name) as unknown as Session, // a part of one
    get defaultSession() {
      return fromPartition('')
    },
  }
}
