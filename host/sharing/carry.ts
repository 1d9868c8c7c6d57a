// Carries one request over HTTP. It follows no redirect, keeps no connection and no cookie, believes certificates
// that the system or the given file vouches for, and says of each failure whether the other side may have got it.
import { X509Certificate, createHash } from 'node:crypto'
import { request as plainRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { checkServerIdentity, getCACertificates } from 'node:tls'
import type { PeerCertificate } from 'node:tls'
import type { Response, Sealed } from '../../senders/sender.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { checkAddress } from './address.ts'
import type { Carrier, CarryFault } from './send.ts'

export interface Trust {
  /** Certificates of an authority of one's own, beside the usual ones; PEM. */
  readonly authority?: string
  /** SHA-256 of the server's public key, in base64: no other is spoken to. */
  readonly pin?: string
}

const patience = 10_000
/** A receipt is short; what goes on beyond is no answer. */
const longestAnswer = 64 * 1024

/** From that address of this machine's, where one is named. */
export const carryHttp =
  (trust: Trust = {}, timeout = patience, from?: string): Carrier =>
  (sealed, signal) =>
    exchange(sealed, trust, { timeout, longest: longestAnswer, from }, signal)

export const askHttp =
  (trust: Trust = {}, timeout = patience) =>
  (address: string, signal: AbortSignal, longest = longestAnswer): Promise<Result<Response, CarryFault>> =>
    exchange({ address, method: 'GET', headers: {}, body: '' }, trust, { timeout, longest }, signal)

interface Bounds {
  readonly timeout: number
  readonly longest: number
  readonly from?: string | undefined
}
type Exchanged = Omit<Sealed, 'method'> & { readonly method: Sealed['method'] | 'GET' }

function exchange(
  { address, method, headers, body }: Exchanged,
  trust: Trust,
  { timeout, longest, from }: Bounds,
  signal: AbortSignal,
): Promise<Result<Response, CarryFault>> {
  const checked = checkAddress(address)
  if (!checked.ok) return Promise.resolve(fault('address', false, checked.error))
  const url = checked.value
  if (signal.aborted) return Promise.resolve(fault('stopped', false, 'stopped'))
  return new Promise((resolve) => {
    const bytes = Buffer.from(body)
    /** Once the connection stands, the bytes may have arrived whatever is heard afterwards. */
    let reached = false
    const end = (result: Result<Response, CarryFault>): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stopped)
      resolve(result)
      asked.destroy()
    }
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest
    const asked = send(url, {
      method,
      agent: false,
      ...(from !== undefined && { localAddress: from }),
      headers: {
        ...headers,
        'user-agent': headers['user-agent'] ?? 'Sightglass',
        ...lengthOf(method, bytes),
      },
      ...tlsOf(url, trust),
      // `localhost` is this machine, whatever a table of names says.
      ...(url.hostname === 'localhost' && { lookup: loopback }),
    })
    asked.on('socket', (socket) => {
      const event = url.protocol === 'https:' ? 'secureConnect' : 'connect'
      socket.once(event, () => (reached = true))
    })
    const stopped = (): void => end(fault('stopped', reached, 'stopped'))
    const timer = setTimeout(
      () => end(fault('time-out', reached, `nothing for ${timeout / 1000} s`)),
      timeout,
    )
    signal.addEventListener('abort', stopped)
    asked.on('error', (error) => end(fault(whyOf(error, reached), reached, codeOf(error))))
    asked.on(
      'response',
      (answer) => void read(answer, longest).then((told) => end(told ?? fault('lost', true, 'cut short'))),
    )
    asked.end(bytes)
  })
}

const loopback: LookupFunction = (_host, { all }, give) => {
  if (all === true) give(null, [{ address: '127.0.0.1', family: 4 }])
  else give(null, '127.0.0.1', 4)
}

const lengthOf = (method: string, bytes: Buffer): Record<string, string> =>
  method === 'GET' ? {} : { 'content-length': String(bytes.length) }

function tlsOf(url: URL, { authority, pin }: Trust): object {
  if (url.protocol !== 'https:') return {}
  const check = (host: string, certificate: PeerCertificate): Error | undefined =>
    checkServerIdentity(host, certificate) ?? (pin === undefined ? undefined : checkPin(certificate, pin))
  return {
    checkServerIdentity: check,
    rejectUnauthorized: true,
    ...(authority !== undefined && { ca: [...getCACertificates(), authority] }),
  }
}

const notPinned = 'CERT_NOT_PINNED'

function checkPin({ raw }: PeerCertificate, pin: string): Error | undefined {
  const key = new X509Certificate(raw).publicKey.export({ type: 'spki', format: 'der' })
  const found = createHash('sha256').update(key).digest('base64')
  return found === pin ? undefined : Object.assign(new Error('not the pinned key'), { code: notPinned })
}

const bytesOf = (answer: IncomingMessage): AsyncIterable<Buffer> =>
  answer.iterator({ destroyOnReturn: false })

/** Null where it broke off. */
async function read(answer: IncomingMessage, longest: number): Promise<Result<Response, CarryFault> | null> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const piece of bytesOf(answer)) {
      chunks.push(piece)
      length += piece.length
      if (length > longest) break
    }
  } catch {
    return null
  }
  if (length <= longest && !answer.complete) return null
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(answer.headers)) headers[name] = String(value)
  const body = Buffer.concat(chunks).subarray(0, longest).toString('utf8')
  return ok({ status: answer.statusCode ?? 0, headers, body })
}

const fault = (why: CarryFault['why'], reached: boolean, detail: string) =>
  fail<CarryFault>({ why, reached, detail })

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name

function whyOf(error: Error, reached: boolean): CarryFault['why'] {
  if (codeOf(error) === notPinned) return 'pin'
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO|TLS|SSL/.test(codeOf(error))) return 'certificate'
  return reached ? 'lost' : 'connection'
}
