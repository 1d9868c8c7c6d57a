import { jsonLines } from '../shared/writers/json-lines.ts'
import type { Carry, Sender } from './sender.ts'

/** Prints what would be sent, one row of a report a line, and sends nothing. */
export const console: Sender = {
  name: 'console',
  needs: [],
  encode: (reports) => ({
    address: 'console:',
    method: 'POST',
    headers: { 'content-type': 'application/jsonl' },
    body: [
      ...jsonLines(
        reports.flatMap(({ rows, day, ...about }) =>
          rows.map((row) => ({ type: 'daily_usage', time: `${day}T00:00:00Z`, ...about, ...row })),
        ),
      ),
    ].join(''),
  }),
  understand: () => ({ kind: 'delivered', receipt: '' }),
}

export const printTo =
  (sink: (text: string) => void): Carry =>
  (request) => {
    sink(request.body)
    return Promise.resolve({ status: 200, headers: {}, body: '' })
  }
