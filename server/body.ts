// Reads a request's body up to a limit, counting as the pieces come, after decompression: what is too large is refused
// before it is held in memory, whatever its content-length said, and a bomb before it has unfolded. A body that comes
// too slowly is given up.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'

export type BodyFault = 'too large' | 'too slow' | 'unknown coding' | 'broken'

export interface BodyLimits {
  /** Bytes, after decompression. */
  readonly largest: number
  /** Milliseconds, for all of it. */
  readonly slowest: number
}

export async function readBody(
  request: Request,
  { largest, slowest }: BodyLimits,
): Promise<Result<Uint8Array<ArrayBuffer>, BodyFault>> {
  const coding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (coding !== 'identity' && coding !== 'gzip') return fail('unknown coding')
  if (request.body === null) return ok(new Uint8Array(0))
  const stream = coding === 'gzip' ? request.body.pipeThrough(new DecompressionStream('gzip')) : request.body
  const reader: ReadableStreamDefaultReader<Uint8Array> = stream.getReader()
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooSlow = new Promise<'too slow'>((late) => (timer = setTimeout(() => late('too slow'), slowest)))
  try {
    const read = await Promise.race([readPieces(reader, largest), tooSlow])
    if (typeof read !== 'string') return ok(joined(read))
    void reader.cancel().catch(() => {})
    return fail(read)
  } catch {
    return fail('broken') // cut off, or no gzip
  } finally {
    clearTimeout(timer)
  }
}

async function readPieces(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  largest: number,
): Promise<Uint8Array[] | 'too large'> {
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return pieces
    length += value.length
    if (length > largest) return 'too large'
    pieces.push(value)
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const deepest = 64
const [quote, backslash, openArray, closeArray, openObject, closeObject] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
]

/** JSON in UTF-8, without a byte order mark, and not nested deeper than anybody means. */
export const parseJson = (bytes: Uint8Array): Result<unknown, 'not json'> =>
  isTooDeep(bytes) ? fail('not json') : parseShaped(bytes)

/** For who goes down into it only as far as a known shape does. */
export function parseShaped(bytes: Uint8Array): Result<unknown, 'not json'> {
  try {
    return ok(JSON.parse(utf8.decode(bytes)))
  } catch {
    return fail('not json')
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (inText) {
      if (byte === backslash) at++
      else if (byte === quote) inText = false
    } else if (byte === quote) inText = true
    else if (byte === openArray || byte === openObject) {
      if (++depth > deepest) return true
    } else if (byte === closeArray || byte === closeObject) depth--
  }
  return false
}
