// The community server's one application. What it may keep is what the list of fields allows, and who sent it is
// never looked at: no line here reads an address, so none can be kept or logged.
import { Hono } from 'hono'
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { parseBatch } from '../shared/sharing/wire.ts'
import type { Batch } from '../shared/sharing/wire.ts'
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import { server as words } from '../shared/words/en-server.ts'
import { readBody } from './body.ts'
import type { Store } from './store.ts'

export interface Config {
  /** Bytes; a day's report is a few kilobytes. */
  readonly largestBody: number
  /** Reports of days longer ago than this are not taken in. */
  readonly keepDays: number
}
export const usualConfig: Config = { largestBody: 256 * 1024, keepDays: 90 }

export interface Deps {
  readonly store: Store
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly config: Config
}

interface Refusal {
  readonly status: ContentfulStatusCode
  readonly error: string
}

export function createApp({ store, clock, config }: Deps): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    c.header('x-content-type-options', 'nosniff')
    c.header('cache-control', 'no-store')
    c.header('content-security-policy', "default-src 'none'")
  })
  app.get('/', (c) => c.text(words.about))
  app.get('/api/v1/telemetry/health', async (c) => {
    const health = await store.health()
    return health.ok ? c.json({ status: 'ok', ...health.value }) : refuse(c, unavailable)
  })
  app.post('/api/v1/reports', async (c) => {
    const read = await readReports(c.req.raw, clock(), config)
    if (!read.ok) return refuse(c, read.error)
    const { batch, sha256 } = read.value
    const taken = await store.take({ batch, sha256, received: clock() })
    if (!taken.ok) return refuse(c, unavailable)
    if (taken.value.kind === 'different') return refuse(c, { status: 422, error: words.different })
    const received = new Date(taken.value.received).toISOString()
    return c.json({ status: 'ok', batch_id: batch.batch_id, sha256, received })
  })
  app.all('/api/v1/reports', (c) => refuse(c, { status: 405, error: words.postOnly }))
  app.notFound((c) => refuse(c, { status: 404, error: words.notFound }))
  app.onError((error, c) => {
    console.error(`${c.req.method} ${routePath(c)}: ${error.name}`) // a message may quote what was sent
    return refuse(c, { status: 500, error: words.broke })
  })
  return app
}

const unavailable: Refusal = { status: 503, error: words.unavailable }

function refuse(c: Context, { status, error }: Refusal): Response {
  if (status === 503) c.header('retry-after', '60')
  if (status === 405) c.header('allow', 'POST')
  return c.json({ error }, status)
}

interface ReadReports {
  readonly batch: Batch
  readonly sha256: string
}

async function readReports(
  request: Request,
  now: number,
  config: Config,
): Promise<Result<ReadReports, Refusal>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const coding = request.headers.get('content-encoding')
  if (type !== 'application/json' || coding !== null) return fail({ status: 415, error: words.plainJson })
  const body = await readBody(request, config.largestBody)
  if (!body.ok) return fail({ status: 413, error: words.tooLarge(config.largestBody) })
  const sent = parseJson(body.value)
  if (!sent.ok) return fail({ status: 400, error: words.notJson })
  const parsed = parseBatch(sent.value)
  if (!parsed.ok) return fail({ status: 400, error: parsed.error })
  const wrongDay = parsed.value.reports.some(({ day }) => !isTakenDay(day, now, config.keepDays))
  if (wrongDay) return fail({ status: 400, error: words.wrongDay(config.keepDays) })
  return ok({ batch: parsed.value, sha256: await sha256Of(body.value) })
}

function parseJson(bytes: Uint8Array): Result<unknown, 'not json'> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    return fail('not json')
  }
}

const dayLength = 86_400_000

/** A day that has ended, by a sender's clock that may be an hour ahead of ours, and that is not too long ago. */
function isTakenDay(day: string, now: number, keepDays: number): boolean {
  const ended = Date.parse(`${day}T00:00:00Z`) + dayLength
  return ended <= now + 3_600_000 && ended > now - keepDays * dayLength
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
