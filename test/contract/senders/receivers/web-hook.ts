// Google's Apps Script as a web application, running the script of docs/destinations.md: a write is answered by a
// redirect to another address, where its answer is read by GET; a status can't be set, so a wrong secret gets a 200
// like everything else. And Airtable, which takes ten records at once behind a token.
import { json, jsonOf } from '../receiver.ts'
import type { Kept, Receiver } from '../receiver.ts'

export type Records = readonly { readonly fields: Readonly<Record<string, unknown>> }[]

export function sheetReceiver(run: (body: string) => string, kept: () => readonly Kept[]): Receiver {
  const answers = new Map<string, string>()
  return {
    answer: (got) => {
      if (got.path === '/macros/s/test/exec' && got.method === 'POST') {
        const key = `answer${answers.size}`
        answers.set(key, run(got.bytes.toString('utf8')))
        const location = `http://${got.headers['host'] ?? ''}/macros/echo?user_content_key=${key}`
        return { status: 302, headers: { location, 'content-type': 'text/html' }, body: '<HTML>Moved</HTML>' }
      }
      if (got.path !== '/macros/echo') return { status: 404 }
      if (got.method !== 'GET') return { status: 405 }
      const body = answers.get(got.query.get('user_content_key') ?? '')
      return body === undefined ? { status: 404 } : { status: 200, body }
    },
    rows: kept,
  }
}

export function airtableReceiver(token: string): Receiver {
  const kept: Records[number][] = []
  return {
    answer: (got) => {
      if (got.path !== '/v0/app1/Usage') return json(404, { error: 'NOT_FOUND' })
      if (got.headers['authorization'] !== `Bearer ${token}`)
        return json(401, { error: { type: 'AUTHENTICATION_REQUIRED', message: 'Authentication required' } })
      const body = jsonOf(got)
      const records = body?.['records'] as Records | undefined
      if (body === null || !Array.isArray(records) || records.length > 10 || Object.keys(body).length !== 1)
        return json(422, { error: { type: 'INVALID_RECORDS' } })
      kept.push(...records)
      return json(200, { records: records.map(({ fields }, i) => ({ id: `rec${i}`, fields })) })
    },
    rows: () => kept.map(({ fields }) => rowOf(fields)),
  }
}

function rowOf({ id: _id, type: _type, time, ...fields }: Readonly<Record<string, unknown>>): Kept {
  return { day: String(time).slice(0, 10), ...fields }
}
