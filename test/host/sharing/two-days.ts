// The whole way of two days' reports, from freezing to their receipts, over a real connection: run to its end by the
// test of kills, and in a process of its own (killed.ts) up to the point where that is killed.
import { Database } from '../../../host/sharing/database.ts'
import { Log } from '../../../host/sharing/log.ts'
import { Outbox } from '../../../host/sharing/outbox.ts'
import { carryHttp } from '../../../host/sharing/carry.ts'
import { Pace, usualLimits } from '../../../host/sharing/pace.ts'
import { sendDue } from '../../../host/sharing/send.ts'
import { drawIds } from '../../../host/sharing/ids.ts'
import { Frozen } from '../../../host/sharing/freeze.ts'
import { anonymousId, consent, reportsOf, start } from './sending.ts'
import { senders } from '../../../senders/index.ts'

export async function sendTwoDays(folder: string, address: string, now: number): Promise<void> {
  const clock = { now: () => now, steady: () => performance.now() }
  const db = new Database(folder)
  const log = new Log(db, clock.now)
  const outbox = new Outbox(db, log, clock.now)
  const destination = { name: 'community', sender: senders.community, told: { address } }
  for (const back of [1, 2]) {
    const reports = reportsOf(back)
    const [report] = reports
    if (report !== undefined && !outbox.has('community', report.format, report.day))
      outbox.keep(consent, await Frozen.of(reports, destination, drawIds(anonymousId)), start)
  }
  await sendDue({
    outbox,
    pace: new Pace(db, clock, usualLimits),
    clock,
    random: () => 0,
    consent: () => Promise.resolve(consent),
    destinations: [destination],
    keys: () => Promise.resolve({}),
    carry: () => carryHttp(),
    ask: () => Promise.reject(new Error('not asked')),
    draw: () => drawIds(anonymousId),
    watch: () => () => {},
  })
  db.close()
}
