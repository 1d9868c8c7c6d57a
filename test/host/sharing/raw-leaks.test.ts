// P4 once more, from the very files: secrets in every column of every table of a real SQLite file of each shared format,
// and in the names of its folder, tables, columns and JSON keys. The day goes the whole way that a person's own goes
// (reading, counting, making anonymous, freezing, sending by every sender), and what came out anywhere is searched.
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'
import { parse } from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHost } from '../../../host/create-host.ts'
import type { Host } from '../../../host/create-host.ts'
import { allSenders } from '../../../host/sharing/destinations.ts'
import type { Sender } from '../../../senders/sender.ts'
import { Day } from '../../../shared/ids.ts'
import { smartAgentsTables } from '../../../shared/sample/smart-agents.ts'
import type { Result } from '../../../shared/result.ts'
import { sharedFormats } from '../../../shared/sharing/lists/index.ts'
import { leaksIn, planted, secrets } from '../../shared/sharing/secrets.ts'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'
import { earlyexitTables } from '../tool-files.ts'

const seeds = 3
const dayLength = 86_400_000
const noon = Date.parse('2026-11-20T12:00:00Z')
const yesterday = parse(Day, '2026-11-19')

/** One after another, so that each stands somewhere. */
function* takeSecrets(seed: number): Generator<string> {
  for (let at = seed * 37; ; at++) yield planted[at % planted.length] ?? ''
}
const next = (all: Generator<string>): string => String(all.next().value)

/** What a tool writes into this column where it isn't a secret, so that there is something to report. */
type Usual = Readonly<Record<string, (row: number) => string | number>>
const inDay = (row: number): number => noon - dayLength + row * 60_000

const smartAgentsUsual: Usual = {
  event_type: () => 'agent_execution',
  timestamp: (row) => new Date(inDay(row)).toISOString(),
}
const earlyexitUsual: Usual = {
  timestamp: (row) => inDay(row) / 1000,
  total_runtime: (row) => row / 7,
  exit_reason: (row) => (row % 2 === 0 ? 'timeout' : 'completed'),
  command_category: () => 'test',
}
const jsonKeys =
  'agent_type used_with_agent skill_name tool_name tool model provider error_type error_category component task_type workflow_type feature_name action operation agent_version sdk_version success duration_ms cost input_tokens output_tokens data_size session_id agent_id'

/** Every key the format knows has a secret, and so has one that it doesn't, under a name that is one. */
function eventData(row: number, all: Generator<string>): string {
  const known = jsonKeys.split(' ').map((key) => [key, next(all)] as const)
  const data: Record<string, unknown> = { ...Object.fromEntries(known), [next(all)]: { deeper: [next(all)] } }
  if (row % 3 === 0)
    Object.assign(data, { agent_type: 'debugger', success: row % 2 === 0, duration_ms: row * 10 })
  return row % 11 === 5 ? `not JSON ${next(all)}` : JSON.stringify(data)
}

const rows = 240

function plant(path: string, tables: readonly string[], main: string, usual: Usual, seed: number): void {
  const all = takeSecrets(seed)
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  for (const table of tables) db.exec(table)
  // Without the zeros of UTF-16, which no name can hold.
  const nameOf = (at: number): string => secrets[(seed * 7 + at) % secrets.length] ?? ''
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
  db.exec(`ALTER TABLE ${main} ADD COLUMN ${quoted(nameOf(0))} TEXT`)
  db.exec(`CREATE TABLE ${quoted(nameOf(1))} (${quoted(nameOf(2))} TEXT)`)
  const named = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  db.exec('BEGIN')
  for (const { name } of named) {
    const table = String(name)
    const columns = db.prepare(`SELECT name FROM pragma_table_info(?)`).all(table)
    const insert = db.prepare(
      `INSERT OR IGNORE INTO ${quoted(table)} VALUES (${columns.map(() => '?').join()})`,
    )
    for (let row = 0; row < rows; row++)
      insert.run(
        ...columns.map(({ name: column }, at) => {
          const own = table === main ? usual[String(column)] : undefined
          // Each usual column has its turn at holding a secret as well, even that of the time.
          if (own !== undefined && row % (columns.length + 5) !== at) return own(row)
          if (column === 'event_data') return eventData(row, all)
          return at === 0 ? `${next(all)} ${row}` : next(all)
        }),
      )
  }
  db.exec('COMMIT')
  db.close()
}

const captured: string[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const plain = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body).toString() : ''
    const url = decodeURIComponent(request.url ?? '')
    captured.push(
      [request.url, url, JSON.stringify(request.rawHeaders), plain, body.toString('latin1')].join('\n'),
    )
    // Every third is refused with all that came, so that the log has that as well.
    response.writeHead(captured.length % 3 === 0 ? 422 : 200).end(body)
  })
})

let world: World
let host: Host
let now = noon
let printed = ''
beforeEach(async () => {
  ;[now, printed, captured.length] = [noon, '', 0]
  world = await makeWorld()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = createHost({
    ...world.deps('web'),
    now: () => now,
    print: (text) => (printed += text),
    sharing: { clock: { now: () => now, steady: () => now }, random: () => 0 },
  })
})
afterEach(async () => {
  await host.close()
  server.close()
  server.closeAllConnections()
  await world.remove()
})

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const signal = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} }
const ignore = (): void => {}

async function setAll(): Promise<void> {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const place = { address, key: 'a-key', path: join(world.folder, 'shared.jsonl'), word: 'a-word' }
  const toldOf = ({ needs }: Sender) => Object.fromEntries(needs.map(({ name, kind }) => [name, place[kind]]))
  for (const sender of allSenders)
    good(
      await host.handlers['share.setDestination']({ name: sender.name, told: toldOf(sender), level: null }),
    )
}

/** Sends until nothing waits that could go; each look is an hour after the one before. */
async function sendAll(): Promise<void> {
  for (let look = 0; look < 12; look++) {
    now += 3_600_000
    good(await host.handlers['share.now']({ to: null }, ignore, signal))
  }
}

for (let seed = 0; seed < seeds; seed++)
  it(`P4: no secret out of any column of a real file leaves by any sender, nor stays in the queue or the log (${seed})`, async () => {
    const folder = join(world.folder, (secrets[seed * 5 + 4] ?? '').replaceAll('/', ' ')) // a person's name
    await mkdir(folder)
    const files = {
      'smart-agents': [smartAgentsTables, 'telemetry_events', smartAgentsUsual],
      earlyexit: [[earlyexitTables], 'executions', earlyexitUsual],
    } as const
    expect(Object.keys(files).sort()).toEqual([...sharedFormats].sort())
    for (const [name, [tables, main, usual]] of Object.entries(files)) {
      const path = join(folder, `${name}.db`)
      plant(path, tables, main, usual, seed)
      expect(new Set(leaksIn(await readFile(path, 'latin1'))).size).toBeGreaterThan(400)
      good(await host.handlers['share.tick']({ path, ticked: true }, ignore, signal))
    }
    await setAll()
    const asked = { path: null, day: yesterday, level: 'detailed', to: null } as const
    const plan = good(await host.handlers['share.plan'](asked, ignore, signal))
    good(
      await host.handlers['share.on']({ level: 'detailed', day: yesterday, seen: plan.seen }, ignore, signal),
    )
    good(await host.handlers['share.earlier']({ from: yesterday }, ignore, signal))

    const queue = good(await host.handlers['share.queue']({}))
    const shown = await Promise.all(
      queue.map(async ({ batch }) => good(await host.handlers['share.item']({ batch }))),
    )
    for (const { name } of allSenders) {
      const own = queue.filter(({ to }) => to === name)
      expect([name, ...new Set(own.flatMap(({ about }) => about))].sort()).toEqual(
        [name, ...sharedFormats.map((format) => `${format} ${yesterday}`)].sort(),
      )
      expect(own.reduce((sum, { events }) => sum + events, 0)).toBeGreaterThanOrEqual(sharedFormats.length)
    }
    for (const word of ['agent_execution', 'debugger', 'timeout'])
      expect(JSON.stringify(shown)).toContain(word)

    await sendAll()
    const overTheNet = allSenders.filter(({ needs }) => needs.some(({ kind }) => kind === 'address'))
    expect(captured.length).toBeGreaterThanOrEqual(overTheNet.length)
    const own = new DatabaseSync(join(world.data, 'sharing.db'), { readOnly: true })
    const kept = ['log', 'item', 'batch', 'day', 'deletion', 'kept'].map((table) =>
      own.prepare(`SELECT * FROM ${table}`).all(),
    )
    own.close()
    const out = {
      shown: JSON.stringify([shown, plan.requests]),
      wire: captured.join('\n'),
      printed,
      file: await readFile(join(world.folder, 'shared.jsonl'), 'utf8'),
      kept: JSON.stringify(kept),
      log: JSON.stringify(good(await host.handlers['share.log']({ words: '', before: null, most: 1000 }))),
      states: JSON.stringify([
        good(await host.handlers['share.destinations']({})),
        good(await host.handlers['share.queue']({})),
        good(await host.handlers['share.status']({})),
        good(await host.handlers['share.sent']({})),
      ]),
    }
    for (const [where, text] of Object.entries(out)) {
      expect(text.length, where).toBeGreaterThan(100)
      expect(leaksIn(text), where).toEqual([])
    }
  }, 60_000)
