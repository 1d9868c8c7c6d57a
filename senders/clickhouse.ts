// ClickHouse over HTTP: one insert a batch of rows, with a token by which a second copy of it is known and dropped.
// The table that keeps such tokens stands in docs/destinations.md.
import { jsonLines } from '../shared/writers/json-lines.ts'
import { eventsOf, flat, inBatches } from './daily-usage.ts'
import { understandHttp } from './sender.ts'
import type { Event } from './daily-usage.ts'
import type { Ids, Outcome, Request, Response, Sender, Told } from './sender.ts'

export const clickhouse: Sender = {
  name: 'clickhouse',
  needs: [
    { name: 'address', kind: 'address' },
    { name: 'user', kind: 'word', optional: true },
    { name: 'key', kind: 'key', optional: true },
    { name: 'table', kind: 'word', optional: true },
  ],
  delivery: 'exactly once',
  daysBack: 28,
  encode: (reports, ids, told) =>
    Promise.resolve(inBatches(eventsOf(reports, ids)).map((events) => insertOf(events, ids, told))),
  understand,
}

function insertOf(events: readonly Event[], ids: Ids, told: Told): Request {
  const settings = {
    query: `INSERT INTO ${(told['table'] ?? 'daily_usage').split('.').map(quote).join('.')} FORMAT JSONEachRow`,
    insert_deduplication_token: ids.idOf(`insert ${events.map(({ id }) => id).join(' ')}`),
    async_insert: '0', // such an insert would be answered before it is deduplicated
    input_format_skip_unknown_fields: '1',
    date_time_input_format: 'best_effort',
    wait_end_of_query: '1', // so that no error comes after a 200
  }
  const query = Object.entries(settings).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return {
    address: `${(told['address'] ?? '').replace(/\/+$/, '')}/?${query.join('&')}`,
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      ...(told['user'] !== undefined && { 'x-clickhouse-user': told['user'] }),
      ...(told['key'] !== undefined && { 'x-clickhouse-key': told['key'] }),
    },
    body: [...jsonLines(events.map((event) => ({ ...flat(event), anonymous_id: ids.anonymousId })))].join(''),
    events: events.length,
  }
}

const quote = (name: string): string => `\`${name.replace(/[`\\]/g, '\\$&')}\``

/** Its errors that pass: a time-out, too many queries or parts at the moment, no memory left, a read-only replica. */
const passing = ['159', '202', '209', '210', '241', '242', '252', '319']

function understand(response: Response): Outcome {
  const code = response.headers['x-clickhouse-exception-code'] ?? /^Code: (\d+)/.exec(response.body)?.[1]
  if (code === undefined) {
    const outcome = understandHttp(response)
    // An insert is answered with nothing at all: a page comes from somebody in between.
    return outcome.kind === 'delivered' && response.body.trim() !== ''
      ? { kind: 'later', after: null }
      : outcome
  }
  if (passing.includes(code)) return { kind: 'later', after: null }
  return { kind: 'refused', status: response.status, reason: response.body.slice(0, 500) }
}
