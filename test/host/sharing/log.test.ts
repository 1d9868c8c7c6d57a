// The log: what stands in it before and after the network, and what shows when it was touched.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databasePath } from '../../../host/sharing/database.ts'
import { lockSending } from '../../../host/sharing/lock.ts'
import { keyMark } from '../../../senders/sender.ts'
import { statSync } from 'node:fs'
import { acknowledge, reportsOf, sharingSide, told } from './sending.ts'
import type { Side } from './sending.ts'

let side: Side
beforeEach(() => (side = sharingSide()))
afterEach(() => side.remove())

it('has the attempt with its bytes on the disk before the network is touched, and the outcome after', async () => {
  await side.keep(reportsOf(1))
  side.carry = (sealed, signal) => {
    const other = new DatabaseSync(databasePath(side.folder), { readOnly: true })
    const entries = other.prepare('SELECT entry FROM log').all() as { entry: string }[]
    other.close()
    expect(entries.map(({ entry }) => JSON.parse(entry) as unknown)).toMatchObject([
      {
        what: 'attempt',
        at: '2026-11-20T10:00:00.000Z',
        destination: 'community',
        address: 'https://sharing.example/api/v1/reports',
        about: ['smart-agents 2026-11-19'],
        body: sealed.body,
        bytes: Buffer.byteLength(String(sealed.body)),
        sha256: createHash('sha256').update(String(sealed.body)).digest('hex'),
      },
    ])
    return acknowledge(sealed, signal)
  }
  await side.send()
  expect(told(side)).toEqual(['attempt', 'delivered'])
  const [last] = side.log.read('', 1)
  expect(last?.entry).toMatchObject({ what: 'outcome', of: 1, status: 200 })
})

it('P3: the hash in the log is that of the carried bytes, and a key is in them alone: dots stand in the queue and the log', async () => {
  const key = 'phc_"secret"\\0123456789'
  const encode = () =>
    Promise.resolve([
      {
        address: 'https://events.example',
        method: 'POST' as const,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keyMark('key')}` },
        body: JSON.stringify({ api_key: keyMark('key') }),
        events: 1,
      },
    ])
  side.remove()
  side = sharingSide({
    sender: { encode, understand: () => ({ kind: 'refused', status: 400, reason: 'no' }) },
  })
  await side.keep(reportsOf(1))
  await side.send({ keys: () => Promise.resolve({ key }) })
  const body = side.went[0]?.body ?? ''
  expect(JSON.parse(body)).toEqual({ api_key: key })
  const [attempt] = side.log.read('"attempt"', 1)
  expect(attempt?.entry).toMatchObject({
    sha256: createHash('sha256').update(body).digest('hex'),
    bytes: Buffer.byteLength(body),
    body: '{"api_key":"•key•"}',
  })
  const kept = new DatabaseSync(databasePath(side.folder), { readOnly: true })
  for (const table of ['item', 'batch', 'log'])
    expect(JSON.stringify(kept.prepare(`SELECT * FROM ${table}`).all())).not.toContain('0123456789')
  kept.close()
})

describe('an entry that was touched shows', () => {
  beforeEach(async () => {
    for (const back of [3, 2, 1]) await side.keep(reportsOf(back))
    await side.send()
    expect(side.log.verify()).toEqual({ entries: 6, broken: null })
  })
  for (const [what, sql, broken] of [
    ['changed', `UPDATE log SET entry = replace(entry, 'delivered', 'refused') WHERE seq = 4`, 4],
    ['taken out', 'DELETE FROM log WHERE seq = 3', 4],
    ['taken off the end', 'DELETE FROM log WHERE seq = 6', 6],
    [
      'put in between',
      `UPDATE log SET seq = 9 WHERE seq = 6; INSERT INTO log SELECT 6, entry, hash FROM log WHERE seq = 2`,
      6,
    ],
    ['taken off the beginning', 'DELETE FROM log WHERE seq = 1', 2],
    ['all taken out', 'DELETE FROM log', 1],
  ] as const)
    it(what, () => {
      const other = new DatabaseSync(databasePath(side.folder))
      other.exec(sql)
      other.close()
      expect(side.log.verify().broken).toBe(broken)
    })
})

it('is found by its words, and no letter in them is a pattern', async () => {
  for (const back of [2, 1]) await side.keep(reportsOf(back))
  await side.send()
  expect(side.log.read('2026-11-18', 10)).toHaveLength(1)
  expect(side.log.read('2026-11-1_', 10)).toHaveLength(0)
  expect(side.log.read('%', 10)).toHaveLength(0)
})

it('only its owner can read what sharing keeps', () => {
  expect(statSync(databasePath(side.folder)).mode & 0o777).toBe(0o600)
})

it('at most one process sends, and one that was killed leaves nothing locked', async () => {
  const lock = join(import.meta.dirname, '../../../host/sharing/lock.ts')
  const script = `import { lockSending } from ${JSON.stringify(lock)}; if (lockSending(${JSON.stringify(side.folder)})) { process.stdout.write('mine'); setInterval(() => {}, 1000) }`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(other.stdout, 'data')
  expect(lockSending(side.folder)).toBeNull()
  other.kill('SIGKILL')
  await once(other, 'close')
  const give = lockSending(side.folder)
  expect(give).not.toBeNull()
  expect(lockSending(side.folder)).toBeNull()
  give?.()
  const again = lockSending(side.folder)
  expect(again).not.toBeNull()
  again?.()
})
