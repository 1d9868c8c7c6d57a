// ClickHouse's HTTP interface, for inserts of JSONEachRow into one table that keeps deduplication tokens.
import type { Answer, Kept, Receiver } from '../receiver.ts'

const failure = (status: number, code: number, text: string): Answer => ({
  status,
  headers: { 'x-clickhouse-exception-code': String(code) },
  body: `Code: ${code}. DB::Exception: ${text}`,
})

export function clickhouseReceiver(user: string, key: string): Receiver {
  const rows: Kept[] = []
  const tokens = new Set<string>()
  return {
    answer: ({ method, query, headers, bytes }) => {
      if (headers['x-clickhouse-user'] !== user || headers['x-clickhouse-key'] !== key)
        return failure(403, 516, `${user}: Authentication failed. (AUTHENTICATION_FAILED)`)
      if (method !== 'POST') return failure(500, 164, 'Cannot execute query in readonly mode. (READONLY)')
      const insert = /^INSERT INTO (`?)(\w+)\1 FORMAT JSONEachRow$/.exec(query.get('query') ?? '')
      if (insert === null) return failure(400, 62, 'Syntax error. (SYNTAX_ERROR)')
      if (insert[2] !== 'daily_usage') return failure(404, 60, 'Table does not exist. (UNKNOWN_TABLE)')
      const token = query.get('insert_deduplication_token') ?? ''
      if (token !== '' && tokens.has(token)) return { status: 200 }
      try {
        const lines = bytes
          .toString('utf8')
          .split('\n')
          .filter((line) => line !== '')
        rows.push(...lines.map((line) => JSON.parse(line) as Kept))
      } catch {
        return failure(400, 117, 'Cannot parse input. (INCORRECT_DATA)')
      }
      tokens.add(token)
      return { status: 200 }
    },
    rows: () =>
      rows.map(({ id: _id, type: _type, anonymous_id: _who, time, ...fields }) => ({
        day: String(time).slice(0, 10),
        ...fields,
      })),
  }
}
