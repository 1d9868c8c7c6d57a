// Ways to end a request. Every reply carries the headers of host/page.ts: no cache keeps it, nothing embeds it,
// and no header ever lets another origin read it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Result } from '../../shared/result.ts'
import { dataHeaders } from '../page.ts'
import type { BytesAnswer } from '../page.ts'

type More = Readonly<Record<string, string>>

export function replyJson(out: ServerResponse, status: number, value: unknown, more: More = {}): void {
  reply(out, status, 'application/json', JSON.stringify(value), more)
}

export function replySentence(out: ServerResponse, status: number, sentence: string, more: More = {}): void {
  reply(out, status, 'text/plain', `${sentence}\n`, more)
}

function reply(out: ServerResponse, status: number, type: string, text: string, more: More): void {
  const length = String(Buffer.byteLength(text))
  const about = { 'content-type': `${type}; charset=utf-8`, 'content-length': length }
  out.writeHead(status, { ...dataHeaders, ...about, ...more }).end(text)
}

/** Lines of JSON follow, each as soon as it is known. */
export function beginLines(out: ServerResponse): void {
  out.writeHead(200, { ...dataHeaders, 'content-type': 'application/x-ndjson; charset=utf-8' })
}

export function replyResult(out: ServerResponse, result: Result<unknown>): void {
  replyJson(out, statusOf(result), result)
}

/** A call that could not even be made is told by the status too; a call that failed is an answer. */
export function statusOf(result: Result<unknown>): number {
  if (result.ok) return 200
  return result.error.kind === 'unknown-method' ? 404 : result.error.kind === 'bad-call' ? 400 : 200
}

/** A response made by host/page.ts: sent no faster than it is taken, given up when the other side goes. */
export async function replyWith(
  request: IncomingMessage,
  out: ServerResponse,
  response: Response,
): Promise<void> {
  out.writeHead(response.status, Object.fromEntries(response.headers))
  if (request.method === 'HEAD' || response.body === null) {
    await response.body?.cancel()
    out.end()
    return
  }
  try {
    await pipeline(response.body, out)
  } catch {
    out.destroy() // cut off rather than ended: what was sent is not the whole
  }
}

/** No faster than it is taken: a piece's memory is used again only when the piece has gone. */
export async function replyBytes(
  request: IncomingMessage,
  out: ServerResponse,
  { status, headers, pieces }: BytesAnswer,
): Promise<void> {
  out.writeHead(status, headers)
  if (request.method === 'HEAD' || pieces === null) return void out.end()
  try {
    for await (const piece of pieces)
      await new Promise<void>((resolve, reject) => {
        out.write(piece, (error) => (error ? reject(error) : resolve()))
      })
    out.end()
  } catch {
    out.destroy() // cut off rather than ended: what was sent is not the whole
  }
}
