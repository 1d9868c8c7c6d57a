// Whoever shows an anonymous id and its secret has everything deleted that came with them. The operator needs the id
// alone. The answer is the same whether anything was there.
import * as v from 'valibot'
import { server as words } from '../../shared/words/en-server.ts'
import { answer, refuse, tooMany, unavailable } from '../door.ts'
import type { Door } from '../door.ts'
import { carryOut, whenGone } from '../forget.ts'
import { deletionOfId } from '../forget-id.ts'
import { hashOf } from '../hash.ts'
import { recordIn } from '../keep.ts'
import { spend } from '../limits.ts'
import { refuseStranger } from '../operator.ts'

const Asked = v.strictObject({
  anonymous_id: v.pipe(v.string(), v.uuid(), v.toLowerCase()),
  secret: v.optional(v.pipe(v.string(), v.minLength(16), v.maxLength(256))),
})

const name = 'forget-id'

export const forgetId: Door = {
  name,
  method: 'POST',
  paths: ['/api/v1/telemetry/delete'],
  body: { largest: 'report', gzip: false },
  answer: async (call, here) => {
    const { store, signer, totals, limitsOf } = here
    const sent = recordIn(call)
    const asked = v.safeParse(Asked, sent.ok ? sent.value : null)
    const isOperator = (await refuseStranger(call, here)) === null
    if (!asked.success || (asked.output.secret === undefined && !isOperator))
      return refuse(400, words.noIdProof)
    const { now, network } = call
    const spent = await spend(store, isOperator ? [] : limitsOf(name, { network }, now))
    if (!spent.ok) return unavailable
    if (spent.value.kind === 'limited') return tooMany(spent.value, now)
    const { anonymous_id: id, secret } = asked.output
    const deletion = deletionOfId(id, secret === undefined ? null : await hashOf(secret), now)
    const gone = await carryOut(deletion, here)
    if (!gone.ok) return unavailable
    totals.count(name, 'deleted', now, gone.value)
    const said = { anonymous_id: id, ...whenGone(now, store) }
    return answer({ status: 'ok', ...said, receipt: await signer.sign(said) })
  },
}
