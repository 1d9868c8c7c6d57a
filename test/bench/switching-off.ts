// Switching sharing off while a request is under way and the queue is full.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { carryHttp } from '../../host/sharing/carry.ts'
import { databasePath } from '../../host/sharing/database.ts'
import { usualCap } from '../../host/sharing/outbox.ts'
import { Switch } from '../../host/sharing/switch.ts'
import { reportsOf, sharingSide } from '../host/sharing/sending.ts'
import { atMost } from './row.ts'
import type { BenchPlace, Measurement, Row } from './row.ts'

const runs = 5
const name = 'share: switching off with a full queue'

export const switchingOff: Measurement = {
  rows: [name],
  measure: async (place) => [await measureOff(place)],
}

/** From the word to the end of the request under way, with as many others behind it as the queue holds. */
async function measureOff(place: BenchPlace): Promise<Row> {
  let arrived = (): void => {}
  const server = createServer((request) => request.resume().on('end', () => arrived())) // and never answers
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const times: number[] = []
  try {
    for (let run = 0; run < runs; run++) {
      const under = new Promise<void>((resolve) => (arrived = resolve))
      times.push(await switchOff(place, address, under))
    }
  } finally {
    server.close()
    server.closeAllConnections()
  }
  const said = `the slowest of ${runs}: ${usualCap.items} requests waiting, one under way; the issue's own limit, in no ratio`
  return atMost(name, Math.max(...times), 100, 'ms', said)
}

async function switchOff(place: BenchPlace, address: string, under: Promise<void>): Promise<number> {
  const side = sharingSide({ address })
  const paths = {
    data: side.folder,
    temporary: place.folder,
    home: place.folder,
    policy: join(place.folder, 'none'),
  }
  const own = new Switch(paths, {}, () => side.now)
  try {
    if (!(await own.on('detailed')).ok) throw new Error('sharing is not on')
    for (let back = usualCap.items; back > 0; back--) await side.keep(reportsOf(back))
    if (side.outbox.size().items !== usualCap.items) throw new Error('the queue is not full')
    const sent = side.send({
      consent: () => own.consent(),
      carry: () => carryHttp(),
      watch: (stop) => own.watch(stop),
    })
    await under
    const began = performance.now()
    await own.off()
    await sent
    const took = performance.now() - began
    const kept = new DatabaseSync(databasePath(side.folder), { readOnly: true })
    const left = kept
      .prepare("SELECT (SELECT count(*) FROM item) + (SELECT count(*) FROM kept WHERE name = 'id') AS n")
      .get()
    kept.close()
    if (left?.['n'] !== 0 || (await own.consent()) !== null) throw new Error('not all is gone')
    return took
  } finally {
    side.remove()
  }
}
