// The Worker in the real workerd, as wrangler bundles it, with D1 and KV in a folder of its own.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Miniflare } from 'miniflare'
import { makeKeys } from '../../../server/receipts.ts'
import { migrationsFor } from '../../../server/node/migrations.ts'
import { filesIn } from './node-home.ts'
import type { RunningHome } from './home.ts'
import { bundleWorker } from './bundle.ts'

export async function startWorkerHome(
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningHome> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-worker-'))
  const bundle = await bundleWorker()
  const keys = JSON.stringify(await makeKeys(Date.now()))
  const said: string[] = []
  const open = async () => {
    const worker = new Miniflare({
      modules: [{ type: 'ESModule', path: 'worker.js', contents: await readFile(bundle, 'utf8') }],
      compatibilityDate: '2026-07-01',
      cf: false,
      d1Databases: { DB: 'sightglass' },
      kvNamespaces: ['KV'],
      defaultPersistRoot: folder,
      host: '127.0.0.1',
      port: 0,
      bindings: { SIGNING_KEYS: keys, ...environment },
      handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
        for (const stream of [stdout, stderr]) stream.on('data', (piece: unknown) => said.push(String(piece)))
      },
    })
    return { worker, address: String(await worker.ready).replace(/\/$/, '') }
  }
  let running = await open()
  const database = await databaseOf(running.worker)
  for (const sql of migrationsFor('sqlite'))
    for (const statement of statementsIn(sql)) await database.prepare(statement).run()
  return {
    get address() {
      return running.address
    },
    query: async (sql, ...values) => {
      const d1 = await databaseOf(running.worker)
      const { results } = await d1
        .prepare(sql)
        .bind(...values)
        .all()
      return results
    },
    crash: async () => {
      await running.worker.dispose()
      running = await open()
    },
    forward: async () => void (await (await scheduledOf(running.worker)).scheduled({ cron: '*/10 * * * *' })),
    nightly: async () => void (await (await scheduledOf(running.worker)).scheduled({ cron: '0 2 * * *' })),
    daysRecoverable: 30,
    traces: async () => [
      ...(await filesIn(folder)),
      { name: 'what it said', bytes: Buffer.from(said.join('\n')) },
    ],
    stop: async () => {
      await running.worker.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

// Of workerd's own types, which are not installed, the parts that are used.
interface Statement {
  bind(...values: unknown[]): Statement
  run(): Promise<unknown>
  all(): Promise<{ results: Record<string, unknown>[] }>
}
const databaseOf = async (worker: Miniflare) =>
  (await worker.getD1Database('DB')) as unknown as { prepare(sql: string): Statement }
interface Scheduled {
  scheduled(event: { cron: string }): Promise<unknown>
}
const scheduledOf = async (worker: Miniflare) => (await worker.getWorker()) as unknown as Scheduled

const statementsIn = (sql: string): string[] =>
  sql
    .replaceAll(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean)
