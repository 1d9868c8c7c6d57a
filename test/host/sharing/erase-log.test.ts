// Erasing the log of what was sent: what goes, what stays, and that it is gone from the disk.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databasePath } from '../../../host/sharing/database.ts'
import { eraseLog } from '../../../host/sharing/erase-log.ts'
import { askForDeletion } from '../../../host/sharing/forget.ts'
import { listShared } from '../../../host/sharing/sent.ts'
import { Store } from '../../../host/sharing/store.ts'
import { day, lost, reportsOf, sharingSide, start, told } from './sending.ts'
import type { Side } from './sending.ts'

let side: Side
let store: Store
beforeEach(() => {
  side = sharingSide()
  store = new Store(side.folder, { now: () => side.now, steady: () => side.steady })
})
afterEach(() => {
  store.close()
  side.remove()
})

const erase = (through: string | null, sure = true) =>
  eraseLog(store, through, sure, { folder: side.folder, now: side.now })
const onDisk = (): string =>
  readdirSync(side.folder)
    .map((name) => readFileSync(join(side.folder, name), 'latin1'))
    .join('\n')
/** Ids and secrets of the batches there are, as another program would read them. */
function batches(): { id: string; secret: string }[] {
  const other = new DatabaseSync(databasePath(side.folder), { readOnly: true })
  const rows = other.prepare('SELECT id, secret FROM batch ORDER BY frozen_at, rowid').all()
  other.close()
  return rows.map((row) => ({ id: String(row['id']), secret: String(row['secret']) }))
}
/** Two reports sent today and two tomorrow, of the days before. */
async function twoDaysOfSending(): Promise<void> {
  for (const back of [4, 3]) await side.keep(reportsOf(back))
  await side.send()
  side.pass(day)
  for (const back of [2, 1]) await side.keep(reportsOf(back))
  await side.send()
  side.pass(day)
}

describe('all of it', () => {
  it('says first what is lost, and takes nothing away by saying so', async () => {
    await twoDaysOfSending()
    const before = onDisk()
    expect(erase(null, false)).toEqual({
      ok: true,
      value: { entries: 8, receipts: 4, provable: 4, waiting: 0, deletions: 0, erased: false },
    })
    expect(onDisk()).toBe(before)
  })

  it('is gone from the file, its journal and its free pages, with every id, secret, byte and answer', async () => {
    await twoDaysOfSending()
    const secrets = batches().flatMap(({ id, secret }) => [id, secret])
    const [attempt] = side.log.read('"attempt"', 1)
    const body = attempt?.entry.what === 'attempt' ? attempt.entry.body : ''
    const bytes = JSON.stringify(body).slice(1, 60)
    for (const one of [...secrets, bytes]) expect(onDisk()).toContain(one)
    expect(erase(null)).toMatchObject({ value: { entries: 8, erased: true } })
    for (const one of [...secrets, bytes, 'sharing.example', 'debugger']) expect(onDisk()).not.toContain(one)
    expect(listShared(store)).toEqual([])
  })

  it('begins the chain anew with an entry that says so, and what is written after it hangs on that', async () => {
    await twoDaysOfSending()
    erase(null)
    expect(side.log.read('', 9)).toMatchObject([
      { seq: 8, entry: { what: 'erased', through: null, entries: 8 } },
    ])
    expect(side.log.verify()).toEqual({ entries: 1, broken: null })
    side.log.write({ what: 'new id' })
    expect(side.log.verify()).toEqual({ entries: 2, broken: null })
    const other = new DatabaseSync(databasePath(side.folder))
    other.exec(`UPDATE log SET entry = replace(entry, '"entries":8', '"entries":7')`)
    other.close()
    expect(side.log.verify().broken).toBe(8)
  })

  it('sends no day a second time: that it was shared stays noted, without what was sent', async () => {
    await twoDaysOfSending()
    erase(null)
    for (const back of [4, 3, 2, 1])
      expect(
        side.outbox.has('community', 'smart-agents', new Date(start - back * day).toISOString().slice(0, 10)),
      ).toBe(true)
  })

  it('leaves what waits, and what can only be taken back with its secret until that is confirmed', async () => {
    await side.keep(reportsOf(3))
    await side.send()
    askForDeletion(store, { to: null, which: null }, side.now)
    side.carry = lost
    await side.keep(reportsOf(2))
    await side.send() // tried, and waits
    await side.keep(reportsOf(1), side.now + day)
    const before = batches()
    expect(erase(null)).toMatchObject({ value: { provable: 0, waiting: 2, deletions: 1, erased: true } })
    expect(batches()).toEqual(before)
    side.pass(day)
    side.carry = sharingCarry
    await side.send()
    expect(told(side)).toEqual(['erased', 'attempt', 'delivered', 'attempt', 'delivered'])
    expect(side.log.verify().broken).toBeNull()
  })
})
const sharingCarry: Side['carry'] = ({ body }) => {
  const { batch_id } = JSON.parse(String(body)) as { batch_id: string }
  return Promise.resolve({
    ok: true,
    value: { status: 200, headers: {}, body: JSON.stringify({ status: 'ok', batch_id }) },
  })
}

describe('up to a day', () => {
  beforeEach(twoDaysOfSending)

  it('takes away that day and those before, on the disk as well, and leaves later ones as they were', () => {
    const [first, second, third, fourth] = batches()
    const later = side.log.read('', 4)
    expect(erase('2026-11-20')).toMatchObject({
      value: { entries: 4, receipts: 2, provable: 2, erased: true },
    })
    expect(side.log.read('', 9)).toEqual([
      ...later,
      expect.objectContaining({
        seq: 4,
        entry: expect.objectContaining({ what: 'erased', through: '2026-11-20', entries: 4 }) as object,
      }),
    ])
    for (const gone of [first, second])
      for (const one of [gone?.id, gone?.secret]) expect(onDisk()).not.toContain(one)
    expect(batches()).toEqual([third, fourth])
    expect(listShared(store)).toMatchObject([{ batches: 2 }])
  })

  it('an entry that stayed shows when it was touched, and so does one that had been touched before', () => {
    const touch = (sql: string): void => {
      const other = new DatabaseSync(databasePath(side.folder))
      other.exec(sql)
      other.close()
    }
    erase('2026-11-20')
    expect(side.log.verify()).toEqual({ entries: 5, broken: null })
    touch(`UPDATE log SET entry = replace(entry, 'delivered', 'refused') WHERE seq = 8`)
    expect(side.log.verify().broken).toBe(8)
    touch(`UPDATE log SET entry = replace(entry, 'refused', 'delivered') WHERE seq = 8`)
    touch(`UPDATE log SET entry = replace(entry, '2026-11-18', '2026-11-17') WHERE seq = 5`)
    expect(side.log.verify().broken).toBe(5)
    touch('DELETE FROM log WHERE seq = 5')
    expect(side.log.verify().broken).toBe(6)
    erase('2026-11-20')
    expect(side.log.verify().broken).toBe(6)
  })

  it('erased again counts all that ever went', () => {
    erase('2026-11-20')
    expect(erase('2026-11-20')).toMatchObject({ value: { entries: 0, erased: false } })
    expect(erase(null)).toMatchObject({ value: { entries: 4, erased: true } })
    expect(side.log.read('', 9)).toMatchObject([{ entry: { what: 'erased', through: null, entries: 8 } }])
    expect(side.log.verify()).toEqual({ entries: 1, broken: null })
  })
})

it('where sharing was never on, there is nothing to erase and nothing is made', () => {
  const empty = new Store(join(side.folder, 'never'), { now: () => 0, steady: () => 0 })
  expect(eraseLog(empty, null, true, { folder: '', now: 0 })).toMatchObject({
    value: { entries: 0, erased: false },
  })
  expect(readdirSync(side.folder)).not.toContain('never')
})
