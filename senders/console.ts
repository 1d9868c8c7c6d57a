import { jsonLines } from '../shared/writers/json-lines.ts'
import type { Carry, Sender } from './sender.ts'

/** Prints what would be sent, one row of a report a line, and sends nothing. */
export const console: Sender = {
  name: 'console',
  needs: [],
  delivery: 'at least once',
  daysBack: 28,
  encode: (reports) => {
    const lines = reports.flatMap(({ rows, day, ...about }) =>
      rows.map((row) => ({ type: 'daily_usage', time: `${day}T00:00:00Z`, ...about, ...row })),
    )
    const body = [...jsonLines(lines)].join('')
    const headers = { 'content-type': 'application/jsonl' }
    return Promise.resolve([{ address: 'console:', method: 'POST', headers, body, events: lines.length }])
  },
  understand: () => ({ kind: 'delivered', receipt: '' }),
}

export const printTo =
  (sink: (text: string) => void): Carry =>
  ({ body }) => {
    if (typeof body === 'string') sink(body)
    return Promise.resolve({ status: 200, headers: {}, body: '' })
  }
