// The trends of a million votes: the renewal of a file, against the same shares asked of the same store in one plain
// statement, in which nobody is protected from anybody. Whoever asks the server later gets what was written down.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { usualConfig } from '../../server/config.ts'
import { migrationsFor } from '../../server/node/migrations.ts'
import { openSqliteAside } from '../../server/stores/sqlite-aside.ts'
import { renewTrends } from '../../server/trends/renew.ts'
import { appInMemory } from '../server/app-in-memory.ts'
import { atMost, median } from './row.ts'
import type { Measurement } from './row.ts'

const names = ['server: trends of 1,000,000 events', 'server: trends asked for again'] as const
const reports = 500_000
const now = Date.parse('2026-11-18T12:00:00Z')

export const serverTrends: Measurement = {
  rows: names,
  measure: async ({ folder, note }) => {
    const at = join(folder, 'trends')
    mkdirSync(at)
    const path = join(at, 'trends.db')
    const store = await openSqliteAside(path, migrationsFor('sqlite'))
    fill(path)
    note('half a million reports of two rows each are there')
    const db = new DatabaseSync(path, { readOnly: true })
    const plain = db.prepare(`WITH told AS (
        SELECT e.kind AS format, e.anonymous_id AS id, e.day, r.value->>'kind' AS kind, r.value->>'agent' AS agent,
          r.value->>'error_rate' AS error_rate, r.value->>'median' AS median,
          CASE r.value->>'count' WHEN '1-4' THEN 1 WHEN '5-9' THEN 5 ELSE 10 END AS n
        FROM events AS e, json_each(e.body, '$.rows') AS r
        WHERE e.door = 'reports' AND e.day BETWEEN '2026-11-09' AND '2026-11-15'
      ), votes AS (
        SELECT told.*, n * 1.0 / sum(n) OVER (PARTITION BY format, id, day, kind IS NULL) AS part FROM told)
      SELECT format, day, kind, agent, error_rate, median, count(*), sum(part) FROM votes GROUP BY 1, 2, 3, 4, 5, 6`)
    const [alone, ours]: [number[], number[]] = [[], []]
    for (let run = 0; run < 3; run++) {
      let began = performance.now()
      plain.all()
      alone.push(performance.now() - began)
      began = performance.now()
      const file = await renewTrends(store, { ...usualConfig, keepDays: 10 }, now)
      ours.push(performance.now() - began)
      if (!file.ok || file.value.weeks[0]?.tables.length !== 4)
        throw new Error('the trends are not what was told')
    }
    const { app } = appInMemory(() => now, { store })
    const asked: number[] = []
    for (let run = 0; run < 50; run++) {
      const began = performance.now()
      await (await app.request('/trends.json')).text()
      asked.push(performance.now() - began)
    }
    db.close()
    await store.close()
    const [reference, taken] = [median(alone), median(ours)]
    const said = `the same shares in plain SQL, ${(reference / 1000).toFixed(1)} s`
    return [
      atMost(names[0], taken / reference, 2, '× SQL', said),
      atMost(names[1], median(asked) / taken, 0.01, '× the first', `${median(asked).toFixed(2)} ms`),
    ]
  },
}

function fill(path: string): void {
  const agents = ['debugger', 'planner', 'architect', 'code-reviewer', 'docs-writer']
  const rates = ['none', '1-2%', '5-10%']
  const db = new DatabaseSync(path)
  const insert = db.prepare(`INSERT INTO events
    (seen, position, door, kind, anonymous_id, day, received, network, os, version, body)
    VALUES (?, 0, 'reports', 'smart-agents', ?, ?, ?, ?, 'linux', '2.0', ?)`)
  db.exec('BEGIN')
  for (let n = 0; n < reports; n++) {
    const id = Math.floor(n / 7)
    const said = { count: '10-19', error_rate: rates[n % 3], median: '1-2 s', p95: '5-10 s' }
    const rows = [
      { kind: 'agent_execution', ...said },
      { agent: agents[n % 5], ...said },
    ]
    const day = `2026-11-${String(9 + (n % 7)).padStart(2, '0')}`
    const received = Date.parse(day) + 86_400_000
    insert.run(
      `reports ${n}`,
      `id ${id}`,
      day,
      received,
      `network ${id >> 1}`,
      JSON.stringify({ level: 'detailed', rows }),
    )
  }
  db.exec('COMMIT')
  db.close()
}
