// The simplest form of an event: one flat object, told whether it is new.
import { server as words } from '../../shared/words/en-server.ts'
import { answer, refuse } from '../door.ts'
import type { Door } from '../door.ts'
import { keep, pieceId, recordIn, whenOf } from '../keep.ts'
import { anonymousIdOf, osOf, pick, version, versionOf, word } from '../kept.ts'
import { knownOf } from '../known.ts'

const name = 'event'

export const simpleEvent: Door = {
  name,
  method: 'POST',
  paths: ['/event'],
  body: { largest: 'report', gzip: true },
  answer: async (call, here) => {
    const read = recordIn(call)
    if (!read.ok) return read.error
    const { event_id: eventId, anonymous_id: sentId, timestamp, ...sent } = read.value
    const anonymousId = anonymousIdOf(sentId)
    if (typeof eventId !== 'string' || eventId === '') return refuse(400, words.wrongField('event_id'))
    if (anonymousId === null) return refuse(400, words.wrongField('anonymous_id'))
    const { kept: fields, dropped } = knownOf(sent)
    const own = pick(sent, { os: word, provider: word, version, event: word })
    const id = await pieceId(eventId)
    const event = {
      kind: 'event',
      anonymousId,
      ...whenOf(timestamp, call.now),
      os: osOf(sent['os']),
      version: versionOf(sent['version']),
      body: { ...fields, ...own.kept },
    }
    const done = await keep(call, here, {
      door: name,
      pieces: [{ id, events: [event] }],
      limits: here.limitsOf(name, { id: anonymousId, network: call.network }, call.now),
      dropped: Math.min(dropped, own.dropped),
    })
    if (!done.ok) return done.error
    return answer({ status: done.value.has(id) ? 'ok' : 'duplicate' })
  },
}
