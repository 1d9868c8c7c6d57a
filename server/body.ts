// Reads a request's body up to a limit, counting as the pieces come: a body that is too large is refused before
// it is held in memory, whatever its content-length said.
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'

export async function readBody(
  request: Request,
  limit: number,
): Promise<Result<Uint8Array<ArrayBuffer>, 'too large'>> {
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  if (reader === undefined) return ok(new Uint8Array(0))
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > limit) {
      void reader.cancel()
      return fail('too large')
    }
    pieces.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return ok(whole)
}
