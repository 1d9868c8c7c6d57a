// What the local web host answers, address by address. Requests come here through the gate only. A page's file
// is anyone's who passed it; whatever touches the host needs a session.
import type { IncomingMessage, ServerResponse } from 'node:http'
import * as v from 'valibot'
import type { CancelSignal } from '../../shared/bridge.ts'
import { fail } from '../../shared/result.ts'
import type { Result } from '../../shared/result.ts'
import { address, tokenHeader } from '../../shared/web.ts'
import type { Words } from '../../shared/words/en.ts'
import type { Host } from '../create-host.ts'
import { answerBytes } from '../page.ts'
import type { Page } from '../page.ts'
import { mostArgumentBytes } from '../rpc.ts'
import { readBody } from './body.ts'
import { againPath, AgainRequest } from './instance.ts'
import type { AgainSecrets } from './instance.ts'
import {
  replyJson,
  replyResult,
  replySentence,
  replyBytes,
  replyWith,
  beginLines,
  statusOf,
} from './reply.ts'
import { sameSecret } from './sessions.ts'
import type { Sessions } from './sessions.ts'

export interface Web {
  readonly words: Words['web']
  readonly host: Pick<Host, 'rpc' | 'bytes'>
  readonly files: Page
  readonly sessions: Sessions
  readonly again: AgainSecrets
  /** Its port is part of it: a browser shares cookies between all ports of a machine. */
  readonly cookieName: string
  address(open?: string): string
}
interface Asked {
  readonly web: Web
  readonly request: IncomingMessage
  readonly out: ServerResponse
  /** What follows the route's address: a method's name, an id. */
  readonly rest: string
}
interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly needs: 'session' | 'nothing'
  answer(asked: Asked): Promise<void> | void
}

const routes: readonly Route[] = [
  { method: 'POST', path: address.session, needs: 'nothing', answer: beginSession },
  { method: 'POST', path: againPath, needs: 'nothing', answer: giveAddress },
  { method: 'POST', path: address.call, needs: 'session', answer: call },
  { method: 'POST', path: address.stream, needs: 'session', answer: stream },
  { method: 'GET', path: address.bytes, needs: 'session', answer: bytes },
]

export async function answer(web: Web, request: IncomingMessage, out: ServerResponse): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?')
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const route = routes.find((one) => (one.path.endsWith('/') ? path.startsWith(one.path) : path === one.path))
  if (method !== (route?.method ?? 'GET')) return replySentence(out, 405, web.words.refused.method)
  if (route === undefined) {
    const file = await web.files.answer(path)
    return file === null ? replySentence(out, 404, web.words.refused.nothing) : replyWith(request, out, file)
  }
  if (route.needs === 'session' && !web.sessions.knows(cookieOf(web, request), tokenOf(request)))
    return replyJson(out, 403, fail({ kind: 'disconnected' }))
  await route.answer({ web, request, out, rest: path.slice(route.path.length) })
}

function tokenOf(request: IncomingMessage): string | null {
  const token = request.headers[tokenHeader]
  return typeof token === 'string' ? token : null
}

function cookieOf(web: Web, request: IncomingMessage): string | null {
  const start = `${web.cookieName}=`
  const cookies = (request.headers.cookie ?? '').split(/; */)
  return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length) ?? null
}

const CodeBody = v.strictObject({ code: v.pipe(v.string(), v.maxLength(256)) })

async function beginSession({ web, request, out }: Asked): Promise<void> {
  const body = await readBody(request)
  const given = v.safeParse(CodeBody, body.outcome === 'json' ? body.value : null)
  const code = given.success ? given.output.code : '' // what is not even a code counts as a wrong one
  const result = web.sessions.exchange(code, cookieOf(web, request))
  if (result.outcome === 'too-many')
    return replySentence(out, 429, web.words.refused.tooMany, { 'retry-after': '60' })
  if (result.outcome === 'wrong') return replySentence(out, 403, web.words.refused.code)
  const cookie = `${web.cookieName}=${result.newCookie}; Path=/; HttpOnly; SameSite=Strict`
  replyJson(out, 200, { token: result.token }, result.newCookie === null ? {} : { 'set-cookie': cookie })
}

/** A second start asks for an address; it gets our half of the secret too, so that it knows whom it asked. */
async function giveAddress({ web, request, out }: Asked): Promise<void> {
  const body = await readBody(request)
  const given = v.safeParse(AgainRequest, body.outcome === 'json' ? body.value : null)
  if (!given.success || !sameSecret(given.output.ask, web.again.ask))
    return replySentence(out, 403, web.words.refused.again)
  replyJson(out, 200, { reply: web.again.reply, address: web.address(given.output.open ?? undefined) })
}

async function call({ web, request, out, rest: name }: Asked): Promise<void> {
  const args = await readArgs(name, request, out)
  if (args !== null) replyResult(out, await web.host.rpc.call(name, args.value))
}

/** Items that may wait for a page that doesn't take them; after that the page is taken for lost. */
const mostWaiting = 16 * 1024 * 1024

async function stream({ web, request, out, rest: name }: Asked): Promise<void> {
  const args = await readArgs(name, request, out)
  if (args === null) return
  const line = (value: unknown): void => {
    if (out.destroyed) return
    if (!out.headersSent) beginLines(out)
    out.write(`${JSON.stringify(value)}\n`)
    if (out.writableLength > mostWaiting) out.destroy()
  }
  const result = await web.host.rpc.stream(name, args.value, (item) => line({ item }), signalOf(out))
  if (!out.headersSent && statusOf(result) !== 200) return replyResult(out, result)
  line({ answer: result })
  out.end()
}

/** Aborts when the page goes away, or cancels by closing its request, before all was said. */
function signalOf(out: ServerResponse): CancelSignal {
  const gone = new AbortController()
  out.once('close', () => {
    if (!out.writableFinished) gone.abort()
  })
  return gone.signal
}

async function bytes({ web, request, out, rest: id }: Asked): Promise<void> {
  await replyBytes(request, out, answerBytes(web.host, id, request.headers.range ?? null))
}

/** The arguments of a call, boxed, or null when the request was answered with what is wrong with them. */
async function readArgs(
  name: string,
  request: IncomingMessage,
  out: ServerResponse,
): Promise<{ readonly value: unknown } | null> {
  const body = await readBody(request)
  if (body.outcome === 'json') return body
  const badCall = (issue: string): Result<never> =>
    fail({ kind: 'bad-call', method: name.slice(0, 64), issue })
  if (body.outcome === 'not-json') replyResult(out, badCall('arguments: are not JSON'))
  if (body.outcome === 'too-large')
    replyJson(out, 413, badCall(`arguments: are larger than ${mostArgumentBytes} bytes`), {
      connection: 'close',
    })
  return null
}
