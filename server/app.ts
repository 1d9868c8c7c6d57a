// The community server's one application, on whichever home. Everything that a request meets before and after its
// door is here: bounds on its body, headers, preflights, limits, counts, a log without personal data.
import { Hono } from 'hono'
import type { Context } from 'hono'
import { isRecord } from '../shared/plain.ts'
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { server as words } from '../shared/words/en-server.ts'
import { readBody } from './body.ts'
import type { BodyFault } from './body.ts'
import { refuse } from './door.ts'
import type { Answer, Call, Door, Here } from './door.ts'
import { doors } from './doors/index.ts'
import type { Limiter } from './limits.ts'
import { dayOf } from './totals.ts'

export interface Deps extends Omit<Here, 'limitsOf'> {
  readonly limiter: Limiter
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Of the sender, as this home knows it; it goes no further than the limiter. */
  readonly addressOf: (c: Context) => string | null
  readonly log: (line: LogLine) => void
}

/** No id, no network, no address, nothing of what was sent. */
export interface LogLine {
  readonly at: string
  readonly door: string
  readonly status: number
  readonly ms: number
  readonly bytes: number
  /** The name of what broke, never its message: that may quote what was sent. */
  readonly error?: string
}

export function createApp(deps: Deps): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(safe)) if (!c.res.headers.has(name)) c.header(name, value)
  })
  app.get('/', (c) => c.text(words.about))
  for (const door of doors) for (const path of door.paths) hang(app, door, path, deps)
  for (const [path, there] of Map.groupBy(doors.flatMap(withPaths), ([found]) => found))
    app.all(path, (c) =>
      passBy(
        c,
        there.map(([, door]) => door),
      ),
    )
  app.notFound((c) => send(c, refuse(404, words.notFound)))
  app.onError((error, c) => {
    deps.log({ ...lineOf(deps, 'none', 500, 0, 0), error: error.name })
    return send(c, refuse(500, words.broke))
  })
  return app
}

const safe: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
}

const withPaths = (door: Door): (readonly [string, Door])[] => door.paths.map((path) => [path, door])

/** What another method than the door's is answered: a preflight, or that there is no such way. */
function passBy(c: Context, there: readonly Door[]): Response {
  const open = there.find(({ cors }) => cors)
  if (c.req.method === 'OPTIONS' && open !== undefined) {
    c.header('access-control-allow-methods', `${open.method}, OPTIONS`)
    c.header('access-control-allow-headers', 'Content-Type')
    c.header('access-control-max-age', '86400')
    allowAll(c)
    return c.body(null, 204)
  }
  const allow = [...new Set(there.map(({ method }) => method))].join(', ')
  const said = refuse(405, words.otherMethod(allow), { allow })
  return send(c, inWordsOf(there[0], said))
}

function allowAll(c: Context): void {
  c.header('access-control-allow-origin', '*')
  c.header('cross-origin-resource-policy', 'cross-origin')
}

function hang(app: Hono, door: Door, path: string, deps: Deps): void {
  const here: Here = { ...deps, limitsOf: deps.limiter.limitsOf }
  const open = async (c: Context): Promise<Response> => {
    const began = performance.now()
    const now = deps.clock()
    const read = await bodyOf(c.req.raw, door, deps)
    let error: string | undefined
    let said: Answer
    if (!read.ok) said = inWordsOf(door, read.error)
    else
      try {
        said = await door.answer(await callOf(c, read.value, now, deps), here)
      } catch (thrown) {
        error = thrown instanceof Error ? thrown.name : 'unknown'
        said = inWordsOf(door, refuse(500, words.broke))
      }
    const took = performance.now() - began
    deps.metrics.record(door.name, said.status, took)
    if (said.status >= 400) deps.totals.count(door.name, `refused ${said.status}`, now)
    const line = lineOf(deps, door.name, said.status, took, read.ok ? read.value.length : 0)
    deps.log(error === undefined ? line : { ...line, error })
    if (door.cors) allowAll(c)
    return send(c, said)
  }
  if (door.method === 'GET') app.get(path, open)
  else app.post(path, open)
}

const lineOf = (deps: Deps, door: string, status: number, ms: number, bytes: number): LogLine => ({
  at: new Date(deps.clock()).toISOString(),
  door,
  status,
  ms: Math.round(ms * 10) / 10,
  bytes,
})

async function callOf(c: Context, bytes: Uint8Array<ArrayBuffer>, now: number, deps: Deps): Promise<Call> {
  const { headers } = c.req.raw
  const day = dayOf(now)
  const address = deps.addressOf(c)
  return {
    request: c.req.raw,
    query: new URL(c.req.url).searchParams,
    params: c.req.param(),
    bytes,
    now,
    day,
    network: await deps.limiter.network(address, day),
    networkAbout: (about) => deps.limiter.network(address, day, about),
    leavesNoTrace: headers.get('dnt') === '1' || headers.get('sec-gpc') === '1',
  }
}

const faults: Readonly<Record<BodyFault, (largest: number) => Answer>> = {
  'too large': (largest) => refuse(413, words.tooLarge(largest)),
  'too slow': () => refuse(408, words.tooSlow, { connection: 'close' }),
  'unknown coding': () => refuse(415, words.plainOrGzip),
  broken: () => refuse(400, words.brokenBody),
}

async function bodyOf(
  request: Request,
  { body }: Door,
  { config }: Deps,
): Promise<Result<Uint8Array<ArrayBuffer>, Answer>> {
  if (body === undefined) return ok(new Uint8Array(0))
  if (!body.gzip && request.headers.has('content-encoding')) return fail(refuse(415, words.plainJson))
  const largest = body.largest === 'report' ? config.largestReport : config.largestForeign
  const read = await readBody(request, { largest, slowest: config.slowestBody })
  return read.ok ? read : fail(faults[read.error](largest))
}

/** What the application refuses, as the door's own protocol says it. */
function inWordsOf(door: Door | undefined, said: Answer): Answer {
  if (door?.refusal === undefined || !isRecord(said.body)) return said
  return { ...said, body: door.refusal(said.status, String(said.body['error'])) }
}

function send(c: Context, { status, body, headers = {} }: Answer): Response {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  if (status === 304) return c.body(null, status)
  return typeof body === 'string' ? c.body(body, status) : c.json(body, status)
}
