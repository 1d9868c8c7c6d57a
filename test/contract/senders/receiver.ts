// A stand-in for a destination, on a real socket of this machine. What it answers is its own; nothing here or in
// receivers/ imports a sender, and receivers.test.ts holds each against something that isn't this project's.
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Got {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What it has kept, in the words of the list of fields. */
export type Kept = Readonly<Record<string, unknown>>

export interface Receiver {
  answer(got: Got): Answer | Promise<Answer>
  rows(): readonly Kept[]
}

export interface Listening {
  readonly address: string
  /** Everything that came, also what was answered by failNext. */
  readonly got: readonly Got[]
  rows(): readonly Kept[]
  /** What the next request is answered with, instead of by the receiver. */
  failNext(answer: Answer): void
  close(): Promise<void>
}

export async function listen(receiver: Receiver): Promise<Listening> {
  const got: Got[] = []
  const failures: Answer[] = []
  const server = createServer((request, response) => {
    const answered = readRequest(request).then((one) => {
      got.push(one)
      return failures.shift() ?? receiver.answer(one)
    })
    answered.then(
      ({ status, headers, body }) => response.writeHead(status, { ...headers }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    rows: receiver.rows,
    failNext: (answer) => failures.push(answer),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function readRequest(request: IncomingMessage): Promise<Got> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://receiver')
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    headers,
    bytes: Buffer.concat(chunks),
  }
}

export type Json = Readonly<Record<string, unknown>>

/** The day of a time in ISO 8601. */
export const dayOf = (time: unknown): string => String(time).slice(0, 10)

/** Null for what isn't a JSON object. */
export function jsonOf({ bytes }: Pick<Got, 'bytes'>): Json | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
  } catch {
    return null
  }
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})
