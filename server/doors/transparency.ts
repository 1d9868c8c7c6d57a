import { answer, refuse, unavailable } from '../door.ts'
import type { Door } from '../door.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { monthInWords, reportMonth } from '../transparency.ts'

/** For everybody: a month's totals, of this month where none is named. */
export const transparency: Door = {
  name: 'transparency',
  method: 'GET',
  paths: ['/transparency.json', '/transparency.txt'],
  cors: true,
  answer: async ({ request, query, day }, { store }) => {
    const month = query.get('month') ?? day.slice(0, 7)
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return refuse(400, words.noMonth)
    const report = await reportMonth(store, month)
    if (!report.ok) return unavailable
    const headers = { 'cache-control': 'public, max-age=3600' }
    if (!new URL(request.url).pathname.endsWith('.txt')) return answer(report.value, headers)
    return answer(monthInWords(report.value), { ...headers, 'content-type': 'text/plain; charset=utf-8' })
  },
}
