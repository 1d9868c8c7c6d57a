// Plausible counts what happens now: its events carry no time and can't be recognised again. So only yesterday is
// sent, one row a request, and nothing twice.
import { dailyUsage, eventsOf } from './daily-usage.ts'
import { endpoint, postJson } from './http.ts'
import { understandHttp } from './sender.ts'
import type { Outcome, Response, Sender } from './sender.ts'

export const plausible: Sender = {
  name: 'plausible',
  needs: [
    { name: 'address', kind: 'address' },
    { name: 'site', kind: 'word' },
  ],
  delivery: 'at most once',
  daysBack: 1,
  encode: (reports, ids, told) => {
    const site = told['site'] ?? ''
    return Promise.resolve(
      eventsOf(reports, ids).map(({ day, fields }) =>
        postJson({
          address: endpoint(told, '/api/event'),
          headers: { 'user-agent': `Sightglass/${fields['program'] ?? ''}` },
          value: {
            name: dailyUsage,
            url: `https://${site}/${dailyUsage}`,
            domain: site,
            interactive: false, // a report is no visit
            props: { day, ...fields },
          },
          events: 1,
        }),
      ),
    )
  },
  understand,
}

/** It answers 202 also to what it drops, and says so in a header. */
function understand(response: Response): Outcome {
  const dropped = response.headers['x-plausible-dropped']
  if (dropped !== undefined && dropped !== '0')
    return { kind: 'refused', status: response.status, reason: `x-plausible-dropped: ${dropped}` }
  const outcome = understandHttp(response)
  return outcome.kind === 'delivered' && response.status !== 202
    ? { kind: 'refused', status: response.status, reason: response.body.slice(0, 500) } // somebody in between
    : outcome
}
