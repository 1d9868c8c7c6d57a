// A file under the program's eyes while its tool writes. The writer here is SQLite's own, through another
// connection in the same way as a tool's; what is followed runs in a child process, as in the program.
import { statSync, utimesSync } from 'node:fs'
import { copyFile, rename, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FollowItem } from '../../shared/bridge.ts'
import { follow } from '../../host/file/follow.ts'
import { addEvent, eventually, makeWorld } from '../world.ts'
import type { World } from '../world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.remove())

interface Followed {
  readonly path: string
  readonly items: FollowItem[]
  readonly added: () => number
  end(): Promise<void>
}

async function made(name: string, journal: 'delete' | 'wal' = 'wal'): Promise<Followed> {
  return followed(await world.makeFile(name, 500, journal), 500)
}

async function followed(path: string, rows: number): Promise<Followed> {
  const host = world.host('command line')
  const items: FollowItem[] = []
  const cancel = new AbortController()
  const args = { path, after: { rows, rowid: rows } }
  const answer = host.rpc.stream(
    'files.follow',
    args,
    (item) => items.push(item as FollowItem),
    cancel.signal,
  )
  await eventually(() => items.length > 0) // "writing": its first look is done
  return {
    path,
    items,
    added: () => items.reduce((sum, item) => sum + (item.type === 'added' ? item.events.length : 0), 0),
    end: async () => {
      cancel.abort()
      await answer
      await host.close()
    },
  }
}

const last = ({ items }: Followed): FollowItem | undefined => items.at(-1)
const change = (path: string, sql: string): void => {
  const db = new DatabaseSync(path, { timeout: 2000 })
  db.exec(sql)
  db.close()
}

const rest = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

it('shows a row that can be read only after the log was seen to change', async () => {
  const file = await made('late.db')
  const writer = new DatabaseSync(file.path)
  writer.exec('PRAGMA wal_autocheckpoint = 0')
  for (let i = 0; i < 50; i++) addEvent(file.path, 'workflow')
  await eventually(() => file.added() === 50)
  writer.exec('PRAGMA wal_checkpoint(RESTART)') // what comes next is written over the beginning of the log
  await rest(1200)
  const log = `${file.path}-wal`
  const { size } = statSync(log)
  utimesSync(log, 1_790_000_000, 1_790_000_000)
  await rest(700) // it was seen to change, and read
  addEvent(file.path, 'error')
  utimesSync(log, 1_790_000_000, 1_790_000_000)
  expect(statSync(log)).toMatchObject({ size, mtimeMs: 1_790_000_000_000 })
  await eventually(() => file.added() === 51)
  writer.close()
  await file.end()
}, 20_000)

for (const journal of ['wal', 'delete'] as const) {
  it(`shows what a tool adds (journal: ${journal}), each row once`, async () => {
    const file = await made(`add-${journal}.db`, journal)
    for (let i = 0; i < 3; i++) addEvent(file.path, 'workflow')
    await eventually(() => file.added() === 3)
    addEvent(file.path, 'error')
    await eventually(() => file.added() === 4)
    expect(last(file)).toMatchObject({
      events: [{ kind: 'error', duration: 5, dimensions: expect.any(Array) }],
    })
    await file.end()
  })

  it(`notices within two seconds that rows were removed (journal: ${journal})`, async () => {
    const file = await made(`remove-${journal}.db`, journal)
    change(file.path, 'DELETE FROM telemetry_events WHERE rowid BETWEEN 10 AND 20')
    await eventually(() => last(file)?.type === 'changed', 2000)
    await file.end()
  })
}

it('looks once more where a tool went over to a log between two steps of a look', async () => {
  const path = await world.makeFile('over.db', 500, 'delete')
  const script = `new (require('node:sqlite').DatabaseSync)(process.argv[1])
    .exec('PRAGMA journal_mode = wal; DELETE FROM telemetry_events WHERE rowid > 480')`
  const items: FollowItem[] = []
  let looks = 0
  const input = {
    path,
    temporary: world.folder,
    now: Date.now(),
    after: { rows: 500, rowid: 500 },
    get choices() {
      if (looks++ === 0) execFileSync(process.execPath, ['-e', script, path]) // the file is open, its rows aren't read yet
      return {}
    },
  }
  await follow(input, { progress: (item) => items.push(item), serve: () => {} })
  expect(looks).toBe(2)
  expect(items.at(-1)).toEqual({ type: 'changed', how: 'rewritten' })
})

it('notices a change in an old row, which no count shows, once the file is still', async () => {
  const file = await made('update.db')
  change(file.path, `UPDATE telemetry_events SET event_data = '{"success":false}' WHERE rowid = 7`)
  await eventually(() => last(file)?.type === 'changed', 8000)
  expect(file.added()).toBe(0)
  await file.end()
})

it('sums a large file up between its looks, and notices a change in the last of its old rows', async () => {
  const rows = 400_000
  const path = await world.makeFile('large.db', 1, 'wal')
  change(
    path,
    `INSERT INTO telemetry_events WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${rows})
     SELECT 'id ' || n, 'workflow', '{"success":true}', '2026-11-01T00:00:00Z' FROM numbers`,
  )
  const file = await followed(path, rows)
  addEvent(path, 'workflow')
  await eventually(() => file.added() === 1, 2000)
  await rest(6000)
  expect(file.items.filter(({ type }) => type === 'changed')).toEqual([])
  change(path, `UPDATE telemetry_events SET event_data = '{"success":false}' WHERE rowid = ${rows}`)
  await eventually(() => last(file)?.type === 'changed', 15_000)
  await file.end()
})

it('says nothing while nothing that is shown changes', async () => {
  const file = await made('other.db')
  change(file.path, 'CREATE TABLE other (x); INSERT INTO other VALUES (1)')
  await rest(5000)
  expect(file.items.filter((item) => item.type !== 'writing')).toEqual([])
  await file.end()
})

it('notices that another file took its place', async () => {
  const file = await made('replaced.db', 'delete')
  const other = join(world.folder, 'other-file.db')
  await copyFile(file.path, other)
  await rename(other, file.path)
  await eventually(() => last(file)?.type === 'changed', 2000)
  expect(last(file)).toEqual({ type: 'changed', how: 'replaced' })
  await file.end()
})

it('notices that the file was cut short', async () => {
  const file = await made('short.db', 'delete')
  await truncate(file.path, 8192)
  await eventually(() => last(file)?.type === 'changed', 2000)
  expect(last(file)).toEqual({ type: 'changed', how: 'truncated' })
  await file.end()
})

it('notices that the file is gone, or was renamed', async () => {
  const file = await made('gone.db', 'delete')
  await rename(file.path, `${file.path}.away`)
  await eventually(() => last(file)?.type === 'gone', 2000)
  await rm(`${file.path}.away`)
  await file.end()
})
