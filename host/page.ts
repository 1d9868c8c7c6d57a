// The built page as its window gets it: which files there are, and the headers that bind them. The local web host
// and the desktop shell answer with the very same responses, so that what one forbids the other forbids too. Only
// files that were there at the start are served: an address is looked up in that list and never becomes a path.
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Host } from './create-host.ts'

const guards = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp', // with the line above: memory shared with the worker
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-store',
} as const
/** The build names these files after their content. Kept, they are compiled once and not at every start. */
const keep = { 'cache-control': 'private, max-age=31536000, immutable' } as const

const nothingElse = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const pagePolicy = `${nothingElse}; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'`
/** A worker follows the policy of its own response: it alone compiles SQLite's WebAssembly. */
const workerPolicy = `${nothingElse}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'`

/** For every response that is not a file of the page: data, refusals, what is not there. */
export const dataHeaders = { ...guards, 'content-security-policy': nothingElse } as const

const types: { readonly [end: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export interface Page {
  /** The response for an address's path, or null when the page has no such file. */
  answer(pathname: string): Promise<Response | null>
}

/** Lists the built page once; throws when it was never built. */
export async function listPage(folder: string): Promise<Page> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, string>()
  for (const entry of found) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, path).split(sep).join('/')}`, path)
  }
  const index = files.get('/index.html')
  if (index === undefined) throw new Error('the page has no index.html')
  files.set('/', index)

  return {
    answer: async (pathname) => {
      const path = files.get(pathname)
      if (path === undefined) return null
      return new Response(await readFile(path), {
        headers: {
          ...guards,
          ...(pathname.startsWith('/assets/') && keep),
          'content-security-policy': isWorker(pathname) ? workerPolicy : pagePolicy,
          'content-type': types[extname(path)] ?? 'application/octet-stream',
        },
      })
    },
  }
}

/** The build names it after renderer/worker.ts. */
const isWorker = (pathname: string): boolean => /^\/assets\/worker-[\w-]+\.js$/.test(pathname)

export function answerNothing(status: number): Response {
  return new Response(null, { status, headers: dataHeaders })
}

export interface BytesAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Each is good until the next is asked for; then its memory is used again. */
  readonly pieces: AsyncIterable<Uint8Array> | null
}

/** The bytes of an opened file, whole or the range asked for, piece by piece as they are read. */
export function answerBytes(host: Pick<Host, 'bytes'>, id: string, rangeHeader: string | null): BytesAnswer {
  const nothing = (status: number, more: Readonly<Record<string, string>> = {}): BytesAnswer => ({
    status,
    headers: { ...dataHeaders, ...more },
    pieces: null,
  })
  const whole = host.bytes(id)
  if (!whole.ok) return nothing(404)
  const { size, pieces } = whole.value
  const type = { 'content-type': 'application/octet-stream' }
  if (size === null) return { status: 200, headers: { ...dataHeaders, ...type }, pieces }
  const range = rangeHeader === null ? { start: 0, end: size } : parseRange(rangeHeader, size)
  const headers = { ...type, 'accept-ranges': 'bytes' }
  if (range === null) return nothing(416, { ...headers, 'content-range': `bytes */${size}` })
  const part = host.bytes(id, range)
  if (!part.ok) return nothing(404)
  return {
    status: rangeHeader === null ? 200 : 206,
    headers: {
      ...dataHeaders,
      ...headers,
      'content-length': String(range.end - range.start),
      ...(rangeHeader !== null && { 'content-range': `bytes ${range.start}-${range.end - 1}/${size}` }),
    },
    pieces: part.value.pieces,
  }
}

/** A response may be read at any later time, so it has copies. */
export function asResponse({ status, headers, pieces }: BytesAnswer): Response {
  return new Response(pieces && ReadableStream.from(copies(pieces)), { status, headers })
}

async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield piece.slice()
}

/** One range of bytes, as `[start, end)`; null for what can't be answered. */
function parseRange(header: string, size: number): { start: number; end: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? []
  if (first === '' && last === '') return null
  if (first === '') return Number(last) === 0 ? null : { start: Math.max(0, size - Number(last)), end: size }
  const start = Number(first)
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  return start < end ? { start, end } : null
}
