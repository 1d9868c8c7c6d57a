// From reports to the very bytes. The preview and the queue both come through here: what is shown is what is kept
// and sent. Only an Outbound can be frozen, and only what was frozen can be queued.
import { createHash } from 'node:crypto'
import { keyMark } from '../../senders/sender.ts'
import type { Ids, Request, Sender, Told } from '../../senders/sender.ts'
import type { Outbound } from '../../shared/sharing/anonymize.ts'
import type { Drawn } from './ids.ts'

export interface Destination {
  /** What the person calls it; the sender's own name, where there is one of its kind. */
  readonly name: string
  readonly sender: Sender
  /** Addresses and words as they are, marks for keys. */
  readonly told: Told
}

export const encodeFor = (
  reports: Outbound,
  { sender, told }: Destination,
  ids: Ids,
): Promise<readonly Request[]> => sender.encode(reports, ids, told)

export class Frozen {
  readonly #made = true
  readonly destination: string
  readonly drawn: Drawn
  readonly reports: Outbound
  readonly requests: readonly Request[]

  private constructor(destination: string, drawn: Drawn, reports: Outbound, requests: readonly Request[]) {
    this.destination = destination
    this.drawn = drawn
    this.reports = reports
    this.requests = requests
  }

  static async of(reports: Outbound, destination: Destination, drawn: Drawn): Promise<Frozen> {
    return new Frozen(destination.name, drawn, reports, await encodeFor(reports, destination, drawn.ids))
  }

  /** Whatever only looks like one is none. */
  get isFrozen(): boolean {
    return this.#made
  }
}

/** Puts the keys where their marks stand: in the body as JSON writes them. */
export function fillKeys<
  T extends { readonly headers: Readonly<Record<string, string>>; readonly body: string },
>(request: T, keys: Told): T {
  const fill = (from: string, write: (key: string) => string): string =>
    Object.entries(keys).reduce((all, [need, key]) => all.replaceAll(keyMark(need), () => write(key)), from)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) headers[name] = fill(value, (key) => key)
  return {
    ...request,
    headers,
    body: fill(request.body, (key) => JSON.stringify(key).slice(1, -1)),
  }
}

export const sha256 = (body: string): string => createHash('sha256').update(body).digest('hex')
