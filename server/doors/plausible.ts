// Plausible's events, of pages and of libraries. They carry no id and no time: each is one, and is now. Who it was it
// does not say, and is not asked.
import { isRecord } from '../../shared/plain.ts'
import { server as words } from '../../shared/words/en-server.ts'
import { parseJson } from '../body.ts'
import { refuse } from '../door.ts'
import type { Door } from '../door.ts'
import { keep, recordIn } from '../keep.ts'
import { kindOf, knownOf } from '../known.ts'

const name = 'plausible'

export const plausible: Door = {
  name,
  method: 'POST',
  paths: ['/api/event'],
  body: { largest: 'foreign', gzip: true },
  cors: true,
  answer: async (call, here) => {
    const read = recordIn(call)
    if (!read.ok) return read.error
    const { n, d, u, p, name: sent = n, domain = d, url = u, props = p } = read.value
    for (const [field, value] of Object.entries({ name: sent, domain, url }))
      if (typeof value !== 'string' || value === '') return refuse(400, words.wrongField(field))
    const { kept: fields, dropped } = knownOf(recordOf(props))
    const event = {
      kind: kindOf(sent),
      anonymousId: null,
      day: call.day,
      at: call.now,
      os: fields['os'] ?? null,
      version: fields['tool_version'] ?? null,
      body: fields,
    }
    const done = await keep(call, here, {
      door: name,
      pieces: [{ id: crypto.randomUUID(), events: [event] }],
      limits: here.limitsOf(name, { network: call.network }, call.now),
      dropped: dropped + Object.keys(read.value).length - 1, // all but the name
    })
    return done.ok ? { status: 202, body: 'ok', headers: { 'content-type': 'text/plain' } } : done.error
  },
}

/** Its script sends them as a text in the text. */
function recordOf(props: unknown): Readonly<Record<string, unknown>> {
  if (typeof props !== 'string') return isRecord(props) ? props : {}
  const read = parseJson(new TextEncoder().encode(props))
  return read.ok && isRecord(read.value) ? read.value : {}
}
