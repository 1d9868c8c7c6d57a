// A small machine of its own for a test: a home, the program's folder, and a count of the children that live.
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createHost } from '../host/create-host.ts'
import type { Host, HostDeps } from '../host/create-host.ts'
import { forkChild } from '../host/process.ts'
import type { StartChild } from '../host/process.ts'

export interface World {
  readonly folder: string
  readonly home: string
  readonly data: string
  /** Where a newer version is asked for; nobody answers there unless a test sees to it. */
  releases: string
  /** How many of the children started by `counting` live now. */
  living(): number
  counting(startChild: StartChild): StartChild
  deps(kind: HostDeps['info']['host']): HostDeps
  host(kind: HostDeps['info']['host']): Host
  /** A Smart Agents file with so many events, one every minute from the first on, below the world's folder. */
  makeFile(name: string, events: number, journal?: 'delete' | 'wal', first?: number): Promise<string>
  /** Closes what was kept open of the files in WAL mode. */
  letGo(): Promise<void>
  remove(): Promise<void>
}

export async function makeWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-test-'))
  const home = join(folder, 'home')
  const data = join(folder, 'data')
  await mkdir(home)
  let living = 0
  const writers: DatabaseSync[] = []
  const world: World = {
    folder,
    home,
    data,
    releases: 'http://127.0.0.1:9/latest.json',
    living: () => living,
    counting: (startChild) => () => {
      const child = startChild()
      living++
      child.onExit(() => living--)
      return child
    },
    deps: (host) => ({
      info: {
        version: '0.0.0',
        get releases() {
          return world.releases
        },
        host,
        platform: process.platform,
      },
      paths: { data, temporary: join(data, 'temporary'), home, policy: join(folder, 'policy.json') },
      startChild: world.counting(forkChild),
      environment: {},
      now: Date.now,
      zone: 'UTC',
      memory: 4_000_000_000,
      print: () => {},
    }),
    host: (kind) => createHost(world.deps(kind)),
    makeFile: async (name, events, journal = 'delete', first = Date.UTC(2026, 10, 1)) => {
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      const writer = writeEvents(path, events, journal, first)
      if (journal === 'wal')
        writers.push(writer) // stays open, as a tool's own connection does
      else writer.close()
      return path
    },
    letGo: () => {
      for (const writer of writers.splice(0)) writer.close()
      return Promise.resolve()
    },
    remove: async () => {
      await world.letGo()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
  return world
}

function writeEvents(path: string, events: number, journal: 'delete' | 'wal', first: number): DatabaseSync {
  const db = new DatabaseSync(path)
  db.exec(`PRAGMA journal_mode = ${journal}`)
  db.exec(
    'CREATE TABLE telemetry_events (id TEXT PRIMARY KEY, event_type TEXT, event_data TEXT, timestamp TEXT)',
  )
  const insert = db.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?)')
  db.exec('BEGIN')
  for (let i = 0; i < events; i++) {
    const time = new Date(first + i * 60_000).toISOString()
    const data = JSON.stringify({ agent_type: 'planner', success: i % 10 !== 0, duration_ms: i })
    insert.run(`event-${i}`, 'agent_execution', data, time)
  }
  db.exec('COMMIT')
  return db
}

/** One more event, through a connection of its own, as a tool that starts, writes and ends would. */
export function addEvent(path: string, kind: string): void {
  const db = new DatabaseSync(path, { timeout: 2000 }) // as the tools set it, or longer
  db.prepare('INSERT INTO telemetry_events VALUES (?, ?, ?, ?)').run(
    crypto.randomUUID(),
    kind,
    JSON.stringify({ agent_type: 'planner', success: true, duration_ms: 5 }),
    new Date(Date.UTC(2026, 10, 2)).toISOString(),
  )
  db.close()
}

/** What SQLite itself gives as the file's image, rows in the -wal included. */
export function imageOf(path: string): Buffer {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return Buffer.from(db.serialize())
  } finally {
    db.close()
  }
}

/** A file of no known format: forty jobs, started on the first and ended on the second of November. */
export function makeUnknownFile(path: string): string {
  const db = new DatabaseSync(path)
  db.exec('CREATE TABLE jobs (id INTEGER PRIMARY KEY, started TEXT, ended TEXT, queue TEXT)')
  const insert = db.prepare('INSERT INTO jobs (started, ended, queue) VALUES (?, ?, ?)')
  for (let i = 0; i < 40; i++) {
    const at = (day: number): string => new Date(Date.UTC(2026, 10, day) + i * 60_000).toISOString()
    insert.run(at(1), at(2), i % 2 === 0 ? 'fast' : 'slow')
  }
  db.close()
  return path
}

/** Waits until it holds, and fails when it doesn't in time. */
export async function eventually(holds: () => boolean | Promise<boolean>, within = 5000): Promise<void> {
  const end = Date.now() + within
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come to hold in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
