// Telemetry files for the browser specs and the pictures, written into a test's own folder.
import { closeSync, copyFileSync, openSync, readFileSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { writeAgentEvents } from '../agents-file.ts'
import { addEvents } from './writer.ts'

const agents = ['planner', 'code-reviewer', 'debugger', 'test-automator']
const hour = 3_600_000

/** So many events, one an hour, the last of them an hour before `until`; every ninth failed. */
export function makeSmartAgentsFile(path: string, events: number, until = Date.now()): void {
  writeAgentEvents(path, events, (i) => {
    const failed = i % 9 === 8
    const data = {
      agent_type: agents[(i * i) % agents.length],
      success: !failed,
      duration_ms: 200 + ((i * 37) % 1000),
      ...(failed ? { error_type: 'TimeoutError' } : {}),
    }
    const kind = i % 4 === 3 ? 'skill_execution' : 'agent_execution'
    return { id: `event-${i}`, kind, time: until - (events - i) * hour, data }
  })
}

/** A file in WAL mode whose seven newest of 67 events lie in its -wal, as the tool leaves them that still runs. */
export function makeInWal(folder: string): string {
  const [source, path] = [join(folder, 'source.db'), join(folder, 'telemetry.db')]
  makeSmartAgentsFile(source, 60)
  const tool = new DatabaseSync(source)
  tool.exec('PRAGMA journal_mode = wal; PRAGMA wal_checkpoint(TRUNCATE)')
  tool.exec(addEvents(7))
  for (const end of ['', '-wal']) copyFileSync(source + end, path + end)
  tool.close()
  return path
}

/** Runs of earlyexit, each with three matches, whose key joins only after it is mended. */
export function makeEarlyexit(path: string, runs: number): void {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  db.exec(`CREATE TABLE executions (execution_id TEXT PRIMARY KEY, timestamp REAL, command TEXT, exit_reason TEXT,
      total_runtime REAL);
    CREATE TABLE match_events (event_id TEXT PRIMARY KEY, execution_id TEXT NOT NULL, line_content TEXT,
      FOREIGN KEY (execution_id) REFERENCES executions (execution_id) ON DELETE CASCADE)`)
  const run = db.prepare("INSERT INTO executions VALUES (?, ?, ?, 'match', 1.25)")
  const match = db.prepare('INSERT INTO match_events VALUES (?, ?, ?)')
  for (let i = 0; i < runs; i++) {
    const began = 1_795_190_001_250 + i * 60_000
    run.run(`exec_${began + 1250}_77`, began / 1000, `command number ${i}`)
    for (let at = 0; at < 3; at++)
      match.run(`match_${i}_${at}`, `exec_${began}_77`, `line ${i} of match ${at}`)
  }
  db.close()
}

/** VoiceMode's cache, with the trigger that breaks its full-text index at each deletion. */
export function makeVoiceMode(path: string, exchanges: number): void {
  const db = new DatabaseSync(path)
  db.exec(`CREATE TABLE exchanges (id TEXT PRIMARY KEY, timestamp TEXT NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL);
    CREATE VIRTUAL TABLE exchanges_fts USING fts5(text, content=exchanges, content_rowid=rowid);
    CREATE TRIGGER ai AFTER INSERT ON exchanges BEGIN
      INSERT INTO exchanges_fts(rowid, text) VALUES (new.rowid, new.text); END;
    CREATE TRIGGER ad AFTER DELETE ON exchanges BEGIN DELETE FROM exchanges_fts WHERE rowid = old.rowid; END`)
  const insert = db.prepare('INSERT INTO exchanges VALUES (?, ?, ?, ?)')
  for (let i = 1; i <= exchanges; i++) {
    const time = new Date(Date.UTC(2026, 10, 10, 10, i)).toISOString()
    insert.run(`exchange_${i}`, time, i % 2 === 0 ? 'stt' : 'tts', `whisper${i} aloud`)
  }
  db.close()
}

/** Says of a list of free pages that it is longer than it is: SQLite reads the file well, and finds it damaged. */
export function damage(path: string): void {
  const file = openSync(path, 'r+')
  writeSync(file, Uint8Array.of(0, 0, 0, 9), 0, 4, 36)
  closeSync(file)
}

/** Of a program that no format knows: visits with Chrome's times, and a decoy whose times can be read in two ways. */
export function makeVisits(path: string, visits: number, until = Date.UTC(2026, 10, 20)): void {
  const db = new DatabaseSync(path)
  db.exec(`CREATE TABLE visits (id INTEGER PRIMARY KEY, site TEXT, visit_time INTEGER, transition TEXT, bytes INTEGER);
    CREATE TABLE notes (id INTEGER PRIMARY KEY, written INTEGER, colour TEXT)`)
  const insert = db.prepare('INSERT INTO visits VALUES (NULL, ?, ?, ?, ?)')
  const note = db.prepare('INSERT INTO notes VALUES (NULL, ?, ?)')
  db.exec('BEGIN')
  for (let i = 0; i < visits; i++) {
    const time = until - (visits - i) * hour
    const site = `site-${(i * i) % 7}.example`
    insert.run(
      site,
      (BigInt(time) + 11_644_473_600_000n) * 1000n,
      i % 3 === 0 ? 'typed' : 'link',
      40 + (i % 90),
    )
  }
  for (let i = 0; i < 8; i++)
    note.run(Math.floor((until - i * 5 * hour) / 1000), i % 2 === 0 ? 'red' : 'blue')
  db.exec('COMMIT')
  db.close()
}

/** As a person drops them: the page gets the files' bytes and names, and no path. */
export async function dropFiles(page: Page, ...paths: readonly string[]): Promise<void> {
  const dropped = paths.map((path) => ({
    name: basename(path),
    base64: readFileSync(path).toString('base64'),
  }))
  await page.evaluate((files) => {
    const transfer = new DataTransfer()
    for (const { name, base64 } of files)
      transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
      )
  }, dropped)
}

/** Its column of times takes hours to work out: one call of a function, which nothing can interrupt. */
export function makeEndless(path: string): void {
  const db = new DatabaseSync(path)
  db.exec(`CREATE TABLE events (id INTEGER PRIMARY KEY, kind TEXT);
    INSERT INTO events (kind) VALUES ('a'), ('b');
    ALTER TABLE events ADD COLUMN at INTEGER GENERATED ALWAYS AS
      (id + instr(zeroblob(8000000), CAST(zeroblob(4000000) || x'01' AS BLOB))) VIRTUAL`)
  db.close()
}

/** What the page saves as a download. */
export async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}
