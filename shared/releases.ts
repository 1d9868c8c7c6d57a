// A door: what the address of the releases answers with, which may be anybody's by the time it is asked. Two words are
// taken from it, each of a shape of its own, and a page that lies anywhere else than where was asked is no page of ours.
import * as v from 'valibot'
import type { Result } from './result.ts'
import { fail, ok } from './result.ts'

/** Bytes. Two short words need no more. */
export const largestRelease = 4096

const Release = v.object({
  version: v.pipe(v.string(), v.regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/)),
  /** Where a person reads about it and gets it. */
  page: v.pipe(v.string(), v.maxLength(500)),
})
/** Nothing that could make it look like another address, or carry something along. */
const plainPath = /^[\w./~-]*$/
export type Release = v.InferOutput<typeof Release>

export type ReleaseFault = 'too-large' | 'not-json' | 'malformed' | 'elsewhere'

export interface Updates {
  /** The version of the program that runs. */
  readonly own: string
  /** The newest there is; null where that is not beyond one's own. */
  readonly newer: Release | null
}

export function readRelease(text: string, address: string): Result<Release, ReleaseFault> {
  if (text.length > largestRelease) return fail('too-large')
  let told: unknown
  try {
    told = JSON.parse(text)
  } catch {
    return fail('not-json')
  }
  const read = v.safeParse(Release, told)
  if (!read.success) return fail('malformed')
  const { version, page } = read.output
  const server = /^https?:\/\/[^/]+\//.exec(address)?.[0] ?? address
  if (!page.startsWith(server)) return fail('elsewhere')
  return plainPath.test(page.slice(server.length)) ? ok({ version, page }) : fail('malformed')
}

/** A version that is only tried out (`1.2.0-beta.1`) is older than the one it leads to. */
export function isNewer(version: string, own: string): boolean {
  const [ours = '', trial] = own.split('-')
  const [a, b] = [version, ours].map((one) => one.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const step = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (step !== 0) return step > 0
  }
  return trial !== undefined
}
