// HTTP by hand, for what no client would send.
import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** Sends the text as it stands and takes what comes until the other side closes. */
export function sendRaw(port: number, text: string, host = '127.0.0.1'): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(text, 'latin1'))
    let got = ''
    socket.setTimeout(5000, () => socket.destroy(new Error(`no end after: ${got}`)))
    socket.on('data', (piece) => (got += piece.toString('latin1')))
    socket.on('error', (error) => (got === '' ? reject(error) : resolve(parseAnswer(got))))
    socket.on('end', () => resolve(parseAnswer(got)))
  })
}

export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
}

export function formatRequest({ method, path, headers, body = '' }: RawRequest): string {
  const length: [string, string][] = method === 'POST' ? [['Content-Length', String(body.length)]] : []
  const all = [...headers, ...length, ['Connection', 'close']]
  return `${method} ${path} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', body = ''] = text.split(/\r\n\r\n([\s\S]*)/)
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    return [name.toLowerCase(), value]
  })
  return { status: Number(first.split(' ')[1]), headers: new Map(headers), body }
}
