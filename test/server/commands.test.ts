// What whoever runs a server does by hand, on a real folder; typed, where it matters that it is a process.
import { spawnSync } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usualConfig } from '../../server/config.ts'
import { carryOutCommand } from '../../server/node/commands.ts'
import { placeAt } from '../../server/node/place.ts'
import { startServer } from '../../server/node/start.ts'
import type { RunningServer } from '../../server/node/start.ts'
import { makeBatch } from '../contract/server/batches.ts'
import type { Batch } from '../contract/server/batches.ts'

const program = join(import.meta.dirname, '../../server/node.ts')
const isWindows = process.platform === 'win32'
const isRoot = process.getuid?.() === 0
let folder: string
let server: RunningServer | null = null
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'sightglass-commands-'))))
afterEach(async () => {
  await server?.close()
  server = null
  await rm(folder, { recursive: true, force: true })
})

const data = (name = 'data') => join(folder, name)
async function start(name = 'data'): Promise<RunningServer> {
  server = await startServer({
    port: 0,
    host: '127.0.0.1',
    place: placeAt(data(name), undefined),
    config: usualConfig,
  })
  return server
}
async function stop(): Promise<void> {
  await server?.close()
  server = null
}
const run = (words: readonly string[], name = 'data'): Promise<string> =>
  carryOutCommand(words, { place: placeAt(data(name), undefined), config: usualConfig, clock: Date.now })
/** As it is typed: in a process of its own. */
function type(words: readonly string[], name = 'data'): string {
  const done = spawnSync(process.execPath, [program, ...words, '--data', data(name)], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
  return done.stdout.trim()
}
const send = (batch: Batch, address = server?.address ?? '') =>
  fetch(`${address}/api/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: batch.body,
  })
const forget = (batch: Batch) =>
  fetch(`${server?.address ?? ''}/api/v1/batches/${batch.id}/delete`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: batch.secret }),
  })
function rows(sql: string, name = 'data'): Record<string, unknown>[] {
  const db = new DatabaseSync(join(data(name), 'sightglass-server.db'), { readOnly: true })
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}
const kept = (name = 'data') => rows('SELECT seen FROM events ORDER BY seen', name).map((row) => row['seen'])

describe('a backup', () => {
  it('is made while the server runs; put back, it is as it was, but for what was deleted since', async () => {
    await start()
    const [one, two, three] = [makeBatch(), makeBatch(), makeBatch()]
    for (const batch of [one, two]) expect((await send(batch)).status).toBe(200)
    type(['backup', join(folder, 'backup.db')])
    if (!isWindows) expect(statSync(join(folder, 'backup.db')).mode & 0o777).toBe(0o600)
    expect((await send(three)).status).toBe(200)
    expect((await forget(one)).status).toBe(200)
    await expect(run(['restore', join(folder, 'backup.db')])).rejects.toThrow('the server still runs')
    expect((await send(makeBatch())).status).toBe(200) // and goes on as it did
    await stop()
    await run(['restore', join(folder, 'backup.db')])
    expect(kept()).toEqual([`reports ${two.id}`])
    await start()
    expect((await send(one)).status).toBe(410) // nor does it come in again
    expect((await send(three)).status).toBe(200)
  })

  it('put back by hand, without our command, loses what was deleted at the next start', async () => {
    await start()
    const batch = makeBatch()
    await send(batch)
    await run(['backup', join(folder, 'backup.db')])
    await forget(batch)
    await stop()
    for (const end of ['', '-wal', '-shm'])
      await rm(join(data(), `sightglass-server.db${end}`), { force: true })
    writeFileSync(join(data(), 'sightglass-server.db'), readFileSync(join(folder, 'backup.db')))
    expect(kept()).toEqual([`reports ${batch.id}`])
    await start()
    expect(kept()).toEqual([])
  })

  it('that is damaged changes nothing, and none is written over another', async () => {
    await start()
    await send(makeBatch())
    await stop()
    writeFileSync(join(folder, 'bad.db'), 'not a database')
    await expect(run(['restore', join(folder, 'bad.db')])).rejects.toThrow()
    await expect(run(['backup', join(folder, 'bad.db')])).rejects.toThrow('exists already')
    expect(kept()).toHaveLength(1)
  })

  it('holds no key that hides networks', async () => {
    await start()
    await send(makeBatch())
    await run(['backup', join(folder, 'backup.db')])
    const keys = JSON.parse(readFileSync(join(data(), 'day-keys.json'), 'utf8')) as Record<string, string>
    expect(Object.keys(keys)).toHaveLength(1)
    const bytes = readFileSync(join(folder, 'backup.db'))
    for (const key of Object.values(keys)) {
      expect(bytes.includes(key)).toBe(false)
      expect(bytes.includes(Buffer.from(key, 'hex'))).toBe(false)
    }
  })
})

describe('all of a store', () => {
  it('comes out and goes into another, once', async () => {
    await start()
    const batches = [makeBatch(), makeBatch(), makeBatch()]
    for (const batch of batches) await send(batch)
    await stop()
    await run(['export', join(folder, 'all.jsonl')])
    await run(['import', join(folder, 'all.jsonl')], 'other')
    await run(['import', join(folder, 'all.jsonl')], 'other')
    const everything = 'SELECT * FROM events ORDER BY seen, position'
    expect(rows(everything, 'other')).toEqual(rows(everything))
    expect(rows('SELECT * FROM seen ORDER BY id', 'other')).toEqual(rows('SELECT * FROM seen ORDER BY id'))
    await start('other')
    const again = await send(batches[0] ?? makeBatch())
    expect([again.status, rows('SELECT count(*) AS n FROM events', 'other')]).toEqual([200, [{ n: 3 }]])
  })

  it('comes out as SQL that makes the same rows, comes back from SQL, D1’s too, and goes into CSV', async () => {
    await start()
    for (let n = 0; n < 3; n++) await send(makeBatch())
    await stop()
    await run(['export', join(folder, 'all.sql')])
    await run(['nightly'], 'other') // makes the tables
    const db = new DatabaseSync(join(data('other'), 'sightglass-server.db'))
    db.exec(readFileSync(join(folder, 'all.sql'), 'utf8'))
    db.close()
    expect(rows('SELECT * FROM events ORDER BY seen', 'other')).toEqual(
      rows('SELECT * FROM events ORDER BY seen'),
    )
    // What wrangler makes of D1: the tables as well, others among them.
    const tables = rows(
      "SELECT sql FROM sqlite_schema WHERE name IN ('seen', 'events', 'deletions', 'totals', 'documents')",
    )
    const made = tables.map(({ sql }) => `${String(sql)};\n`).join('')
    const inserts = readFileSync(join(folder, 'all.sql'), 'utf8')
    writeFileSync(
      join(folder, 'd1.sql'),
      `PRAGMA defer_foreign_keys=TRUE;\nCREATE TABLE "d1_migrations"(id);\n${made}${inserts}`,
    )
    for (const file of ['d1', 'all']) await run(['import', join(folder, `${file}.sql`)], file)
    for (const file of ['d1', 'all'])
      expect(rows('SELECT * FROM events ORDER BY seen', file)).toEqual(
        rows('SELECT * FROM events ORDER BY seen'),
      )
    await run(['export', join(folder, 'all.csv')])
    expect(readFileSync(join(folder, 'all.csv'), 'utf8').trim().split('\r\n')).toHaveLength(4)
    await expect(run(['export', join(folder, 'all.csv')])).rejects.toThrow('exists already')
    await expect(run(['import', join(folder, 'all.csv')], 'other')).rejects.toThrow(/^line 1 of \S+all\.csv /)
  })
})

describe('the keys of receipts', () => {
  it('lie in a file that nobody else reads, and a new one is signed by the old one', async () => {
    await start()
    await stop()
    const file = join(data(), 'signing-keys.json')
    if (!isWindows) expect(statSync(file).mode & 0o777).toBe(0o600)
    const service = 65_534
    if (isRoot) chownSync(data(), service, service) // as systemd keeps it; the command is given by root
    type(['keys', 'rotate'])
    if (isRoot) expect(statSync(file).uid).toBe(service)
    const running = await start()
    interface Published {
      keys: { id: string; key: string; signed_by?: { id: string; signature: string } }[]
    }
    const { keys } = (await (
      await fetch(`${running.address}/.well-known/sightglass-keys`)
    ).json()) as Published
    const [fresh, old] = keys
    expect(fresh?.signed_by?.id).toBe(old?.id)
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: old?.key ?? '' }, format: 'jwk' })
    const signature = Buffer.from(fresh?.signed_by?.signature ?? '', 'base64url')
    expect(verify(null, Buffer.from(fresh?.key ?? ''), key, signature)).toBe(true)
    const answer = (await (await send(makeBatch())).json()) as { receipt: { key: string } }
    expect(answer.receipt.key).toBe(fresh?.id)
  })
})

describe('by hand', () => {
  it('limits are listed and begin anew', async () => {
    await start()
    await send(makeBatch())
    const listed = (await run(['limits', 'list'])).split('\n')
    expect(listed.some((line) => /^1 of 60\treports id [0-9a-f-]{36}$/.test(line))).toBe(true)
    expect(await run(['limits', 'reset', 'reports'])).toBe('2 limits begin anew.')
    expect(await run(['limits', 'list'])).toBe('Nobody is counted in this hour.')
  })

  it('all that carries an id is deleted, and nothing else', async () => {
    await start()
    const [ada, other] = [makeBatch({ anonymousId: '11111111-1111-4111-8111-111111111111' }), makeBatch()]
    for (const batch of [ada, other]) await send(batch)
    expect(await run(['forget', '11111111-1111-4111-8111-111111111111'])).toBe('1 event was deleted.')
    const log = join(data(), 'sightglass-server.db-wal') // it would hold the row until it is written over
    expect(statSync(log).size).toBe(0)
    await expect(run(['forget', '11111111-1111-4111-8111-11111111111'])).rejects.toThrow(
      'an anonymous id is a UUID',
    )
    expect(kept()).toEqual([`reports ${other.id}`])
  })

  it('own SQL reads and cannot write', async () => {
    await start()
    await send(makeBatch())
    expect(JSON.parse(await run(['query', 'SELECT count(*) AS n FROM events']))).toEqual([{ n: 1 }])
    await expect(run(['query', 'DELETE FROM events'])).rejects.toThrow(/not authorized/)
    expect(kept()).toHaveLength(1)
  })

  it('on a folder that is no server’s is refused, and makes none there', async () => {
    await expect(run(['limits', 'list'], 'typo')).rejects.toThrow(/no server’s data in \S+typo/)
    expect(existsSync(data('typo'))).toBe(false)
  })

  if (!isWindows)
    it('PostgreSQL’s password stands in no command line and in nothing that is said', () => {
      const tool = join(folder, 'pg_dump')
      writeFileSync(tool, '#!/bin/sh\n[ "$PGPASSWORD" = "ge heim" ] && echo "told: $*" >&2; exit 1\n', {
        mode: 0o700,
      })
      const env = { PATH: folder, DATABASE_URL: 'postgres://me:ge%20heim@127.0.0.1:1,127.0.0.1:2/mine' }
      const { status, stderr } = spawnSync(process.execPath, [program, 'backup', join(folder, 'b')], {
        encoding: 'utf8',
        env,
      })
      expect(status).toBe(1)
      expect(stderr).toMatch(/^backup: told: .*--dbname=postgres:\/\/me@127\.0\.0\.1:1,127\.0\.0\.1:2\/mine/)
      expect(stderr).not.toMatch(/ge(%20| )heim/)
    })

  it('a command that isn’t one is told, with those that are', () => {
    expect(() => type(['nonsense'])).toThrow(/^nonsense: [^]*keys rotate[^]*limits reset NAME/)
  })
})
