// F13: a deletion that is killed at a random moment while a tool goes on inserting. Afterwards the file has exactly what
// was inserted without what was deleted, which is all that was meant or nothing, and is sound. Twenty kills here, two
// hundred in the long run.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { compiled } from '../../scripts/set-up.mjs'
import { tell } from '../figures.ts'

const kills = process.env['SIGHTGLASS_LONG'] === undefined ? 10 : 100
const rowsAtOnce = 300
const folder = mkdtempSync(join(tmpdir(), 'sightglass-erase-'))
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

function start(
  script: string,
  args: readonly string[],
): { child: ChildProcess; line: () => Promise<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  children.push(child)
  let text = ''
  const waiting: ((line: string) => void)[] = []
  const give = (): void => {
    for (let end = text.indexOf('\n'); end >= 0 && waiting.length > 0; end = text.indexOf('\n')) {
      waiting.shift()?.(text.slice(0, end))
      text = text.slice(end + 1)
    }
  }
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more
    give()
  })
  child.on('exit', () => waiting.splice(0).forEach((settle) => settle('')))
  const line = (): Promise<string> =>
    new Promise((resolve) => {
      waiting.push(resolve)
      give()
    })
  return { child, line }
}

/** All of one moment, by plain SQL. */
function count(path: string, chosen: readonly number[]) {
  const db = new DatabaseSync(path, { timeout: 30_000 })
  try {
    db.exec('BEGIN')
    const number = (sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0])
    return {
      rows: number('SELECT count(*) FROM telemetry_events'),
      inserted: number('SELECT n FROM counted'),
      chosen: number(`SELECT count(*) FROM telemetry_events WHERE n IN (${chosen.join()})`),
      sound: Object.values(db.prepare('PRAGMA integrity_check').get() ?? {})[0],
    }
  } finally {
    db.close()
  }
}

for (const [journal, keeps] of [
  ['WAL', 'open'],
  ['DELETE', 'closed'],
] as const)
  it(`F13, P7: a deletion that is killed, while a tool inserts, is whole or has not happened (${journal})`, async () => {
    const path = join(folder, `${journal}.db`)
    const tool = start('erase-tool.ts', [path, journal, keeps])
    await tool.line()
    const seen = { killed: 0, deleted: 0, finished: 0 }
    let [all, deleting, deleted] = [0, 0, 0]
    for (let round = 0; seen.killed < kills; round++) {
      expect(round).toBeLessThan(kills * 2)
      const own = join(folder, `${journal}-${round}`)
      mkdirSync(own)
      const eraser = start('eraser.ts', [path, own, String(rowsAtOnce)])
      const chosen = JSON.parse(await eraser.line()) as number[] // the script's own words
      const began = Date.now()
      const exit = once(eraser.child, 'exit')
      if (round === 0) {
        // let run, to know how long it takes to delete, and to clean up and prove
        while ((await eraser.line()) !== 'clean');
        deleting = Date.now() - began
      } else {
        await eraser.line() // it begins to delete
        const within = round % 3 === 0 ? all : deleting * 1.2
        setTimeout(() => eraser.child.kill('SIGKILL'), Math.random() * within)
      }
      await exit
      if (round === 0) all = Date.now() - began
      const after = count(path, chosen)
      expect([0, chosen.length]).toContain(after.chosen)
      const gone = chosen.length - after.chosen
      deleted += gone
      expect(after.rows).toBe(after.inserted - deleted)
      expect(after.sound).toBe('ok')
      if (eraser.child.signalCode === 'SIGKILL') seen.killed++
      else seen.finished++
      if (gone > 0) seen.deleted++
    }
    tell(
      `F13 ${journal}: ${JSON.stringify(seen)} of ${seen.killed + seen.finished}, rows = inserted - deleted in each`,
    )
    expect(seen.deleted).toBeLessThan(seen.killed + seen.finished)
    tool.child.kill('SIGKILL')
  }, 600_000)
