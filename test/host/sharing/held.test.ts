// Proof of absence against the project's own server: what it says is still there, held against the log, with what lies
// in either's files changed behind its back.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogEntry } from '../../../shared/share-log.ts'
import { day, good, startLoop } from './loop.ts'
import type { Loop } from './loop.ts'

let loop: Loop
beforeEach(async () => void (loop = await startLoop()))
afterEach(() => loop.end())

const held = (address: string | null) => loop.host.handlers['share.held']({ address })
const askAt = () => `${loop.address}/api/v1/batches/list`
async function states(): Promise<string[]> {
  const [answer] = await good(held(askAt()))
  return answer?.compared?.reports.map(({ state }) => state) ?? []
}
async function entries(): Promise<readonly LogEntry[]> {
  const page = await good(loop.host.handlers['share.log']({ words: '', before: null, most: 100 }))
  return page.lines.map(({ entry }) => entry)
}
/** In the server's own store, as whoever runs it could. */
function changeThere(sql: string): void {
  const db = new DatabaseSync(loop.place.store)
  db.exec(sql)
  db.close()
}

describe('what is still there', () => {
  it('is told by the server alone, when it is asked at the address that was shown, and stands in the log without secrets', async () => {
    expect(await good(held(null))).toEqual([])
    await loop.switchOn()
    await loop.shareFrom(3)
    await good(loop.host.handlers['share.off']({}))
    const before = (await entries()).length
    const sentTo = `${loop.address}/api/v1/reports`
    const plan = { to: 'community', sentTo, address: askAt(), batches: 3, compared: null }
    expect(await good(held(null))).toEqual([plan])
    expect(await good(held('https://other.example/api/v1/batches/list'))).toEqual([])
    expect(await entries()).toHaveLength(before) // so far nobody was asked
    expect(await states()).toEqual(['there', 'there', 'there'])
    const [outcome, attempt] = await entries()
    expect(outcome).toMatchObject({ what: 'outcome', outcome: 'delivered', status: 200 })
    expect(attempt).toMatchObject({ what: 'attempt', address: askAt(), about: ['question'] })
    const { batches } = JSON.parse(attempt?.what === 'attempt' ? attempt.body : '') as {
      batches: { secret: string }[]
    }
    expect(batches.map(({ secret }) => secret)).toEqual(['•secret•', '•secret•', '•secret•'])
    // The question is no acknowledgement: no receipt is missing for it.
    const { receipts } = await good(loop.host.handlers['share.verifyLog']({}))
    expect(receipts.map(({ state }) => state)).toEqual(['verified', 'verified', 'verified'])
  })

  it('is told apart: gone as asked for, there against a receipt, missing, changed, waiting, or forgotten by age', async () => {
    await loop.switchOn()
    await loop.shareFrom(3)
    const [shared] = await good(loop.host.handlers['share.sent']({}))
    const [newest = '', middle = '', oldest = ''] = shared?.sent.map(({ batch }) => batch) ?? []
    await good(loop.host.handlers['share.forget']({ to: null, which: { batches: [newest] } }))
    expect(await states()).toEqual(['gone', 'there', 'there'])
    // The log is made to say that the middle one was deleted; the oldest gets other bytes there.
    loop.change('INSERT INTO deletion (batch, asked, next, confirmed) VALUES (?, 1, 1, 1)', middle)
    changeThere(`UPDATE seen SET sha256 = '${'f'.repeat(64)}' WHERE id LIKE '%${oldest}'`)
    expect(await states()).toEqual(['gone', 'remains', 'other bytes'])
    loop.change('UPDATE deletion SET confirmed = NULL WHERE batch = ?', middle)
    loop.change('UPDATE batch SET delivered = 0 WHERE id = ?', oldest)
    loop.change("UPDATE log SET entry = json_set(entry, '$.key', 'x') WHERE instr(entry, ?) > 0", oldest)
    expect(await states()).toEqual(['gone', 'not yet', 'arrived'])
    changeThere('DELETE FROM events; DELETE FROM seen')
    expect(await states()).toEqual(['gone', 'gone', 'never arrived'])
    loop.change('UPDATE batch SET delivered = 1 WHERE id = ?', oldest)
    expect(await states()).toEqual(['gone', 'gone', 'missing'])
    loop.now += 91 * day
    expect(await states()).toEqual(['gone', 'gone', 'forgotten'])
  })

  it('stays unknown where nobody answers, or what is answered is nonsense, and the log says so', async () => {
    await loop.switchOn()
    await loop.shareFrom(1)
    const port = Number(new URL(loop.address).port)
    const listed = (id: string) => `{"status":"ok","batches":[{"batch_id":"${id}","sha256":"0"}]}`
    const answers = [
      '<html>Log in to this network</html>',
      '{"status":"ok"}',
      '{"status":"ok","batches":[null]}',
      listed('not-asked-for'),
      listed('x').padEnd(100_000),
    ]
    await loop.serverAfter(async () => {
      await expect(held(askAt())).resolves.toMatchObject({
        error: { kind: 'held-unreached', why: 'refused' },
      })
      let next = 0
      const stranger = createServer((_, response) => response.end(answers[next++]))
      stranger.listen(port, '127.0.0.1')
      await once(stranger, 'listening')
      for (const _ of answers)
        expect(await held(askAt())).toMatchObject({ error: { kind: 'held-not-told', status: 200 } })
      stranger.closeAllConnections()
      stranger.close()
      await once(stranger, 'close')
    })
    const told = (await entries()).flatMap((entry) => (entry.what === 'outcome' ? [entry.outcome] : []))
    expect(told).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'unclear', 'delivered'])
    expect(await states()).toEqual(['there'])
  })
})
