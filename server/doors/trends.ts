import { fail, ok } from '../../shared/result.ts'
import { answer, refuse, unavailable } from '../door.ts'
import type { Door } from '../door.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { hashOf } from '../hash.ts'
import { textIn } from '../store.ts'
import { trendsDocument } from '../trends/renew.ts'

/** For everybody: made once a day, so that asking for it costs next to nothing. */
export const trends: Door = {
  name: 'trends',
  method: 'GET',
  paths: ['/trends.json'],
  cors: true,
  answer: async ({ request }, { store, nearby }) => {
    const asked = await nearby.read(trendsDocument, async () => {
      const found = await store.run([
        { sql: 'SELECT body FROM documents WHERE name = CAST(? AS TEXT)', values: [trendsDocument] },
      ])
      return found.ok ? ok(textIn(found.value[0]?.[0], 'body') || null) : fail('unavailable')
    })
    if (!asked.ok) return unavailable
    const body = asked.value
    if (body === null) return refuse(404, words.noTrends)
    const etag = `"${(await hashOf(body)).slice(0, 32)}"`
    const headers = { etag, 'cache-control': 'public, max-age=3600' }
    const known = (request.headers.get('if-none-match') ?? '')
      .split(',')
      .map((one) => one.trim().replace(/^W\//, ''))
    if (known.includes(etag)) return { status: 304, body: '', headers }
    return answer(body, { ...headers, 'content-type': 'application/json' })
  },
}
