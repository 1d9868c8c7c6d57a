// A tool that writes telemetry while the window looks: a process of its own with a connection of its own, in WAL
// mode, that runs each line of SQL it is given and says when that is on disk.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'

export interface Writer {
  run(sql: string): Promise<void>
  end(): Promise<void>
}

const here = fileURLToPath(import.meta.url)

export async function startWriter(path: string): Promise<Writer> {
  const child = spawn(process.execPath, [here, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  const said = createInterface({ input: child.stdout })
  const line = async (): Promise<void> => {
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('the writer ended')))
    ended.catch(() => {}) // when nobody waits any more
    await Promise.race([once(said, 'line'), ended])
  }
  await line()
  return {
    run: async (sql) => {
      child.stdin.write(`${sql.replaceAll('\n', ' ')}\n`)
      await line()
    },
    end: async () => {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** So many events more, of now. */
export const addEvents = (count: number): string =>
  `INSERT INTO telemetry_events
   WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
   SELECT hex(randomblob(8)), 'agent_execution', '{"agent_type":"planner","success":true,"duration_ms":5}',
     strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM n`

const [, entry, path] = process.argv
if (entry === here && path !== undefined) {
  const db = new DatabaseSync(path, { timeout: 2000 }) // as the tools set it, or longer
  db.exec('PRAGMA journal_mode = wal')
  console.log('ready')
  for await (const sql of createInterface({ input: process.stdin })) {
    db.exec(sql)
    console.log('done')
  }
  db.close()
}
