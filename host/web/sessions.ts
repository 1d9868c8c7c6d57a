// Who has proved to be the person at this machine. A one-time code, seen only in the terminal and in the address
// it opens, is exchanged for a cookie that no script can read and a token that no other page can send. Cookies are
// shared by all ports of a machine and tokens lie open to scripts, so that each request for data needs both.
// Secrets have 256 bits; only their hashes are kept, and they are compared in constant time.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const codeLife = 5 * 60_000
const mostCodes = 16
const mostTokens = 128
/** Guessing 256 bits is hopeless; the limit makes trying loud and cheap. */
const mostWrong = { count: 20, within: 60_000 }

export type Exchange =
  | { readonly outcome: 'welcome'; readonly token: string; readonly newCookie: string | null }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'too-many' }

export class Sessions {
  readonly #now: () => number
  #codes: { readonly hash: Buffer; readonly until: number }[] = []
  #tokens: { readonly cookie: Buffer; readonly token: Buffer }[] = []
  #wrong: number[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  newCode(): string {
    const code = newSecret()
    this.#codes = [...this.#codes, { hash: hash(code), until: this.#now() + codeLife }].slice(-mostCodes)
    return code
  }

  /** A browser that is known already keeps its cookie, so that its other tabs go on working. */
  exchange(code: string, cookie: string | null): Exchange {
    const now = this.#now()
    this.#wrong = this.#wrong.filter((at) => at > now - mostWrong.within)
    if (this.#wrong.length >= mostWrong.count) return { outcome: 'too-many' }
    this.#codes = this.#codes.filter(({ until }) => until > now)
    const given = hash(code)
    const right = this.#codes.filter((known) => timingSafeEqual(known.hash, given))
    if (right.length === 0) {
      this.#wrong.push(now)
      return { outcome: 'wrong' }
    }
    this.#codes = this.#codes.filter((known) => !right.includes(known))
    const known = cookie !== null && this.#some((entry) => sameHash(entry.cookie, cookie))
    const kept = known ? cookie : newSecret()
    const token = newSecret()
    this.#tokens = [...this.#tokens, { cookie: hash(kept), token: hash(token) }].slice(-mostTokens)
    return { outcome: 'welcome', token, newCookie: known ? null : kept }
  }

  knows(cookie: string | null, token: string | null): boolean {
    if (cookie === null || token === null) return false
    const given = { cookie: hash(cookie), token: hash(token) }
    return this.#some(
      (entry) => timingSafeEqual(entry.cookie, given.cookie) && timingSafeEqual(entry.token, given.token),
    )
  }

  /** Looks at every entry, however early one fits. */
  #some(fits: (entry: { readonly cookie: Buffer; readonly token: Buffer }) => boolean): boolean {
    return this.#tokens.filter(fits).length > 0
  }
}

export const newSecret = (): string => randomBytes(32).toString('base64url')
export const sameSecret = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other))
const sameHash = (known: Buffer, secret: string): boolean => timingSafeEqual(known, hash(secret))
const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest()
