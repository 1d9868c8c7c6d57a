// The same on real files, where there are some: SIGHTGLASS_FIXTURES names their folder. They are copied first, since
// SQLite rewrites what lies beside them. For every file that the program reads, SQLite's own shell says on a second
// copy what is in it; every other file is refused in words.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { summarizeFile } from '../../host/file/summarize.ts'
import type { Result } from '../../shared/result.ts'
import type { Summary } from '../../shared/viewer/summary.ts'
import { en } from '../../shared/words/en.ts'
import { explain } from '../../shared/words/explain.ts'
import * as agents from './cases-agents.ts'
import * as others from './cases-others.ts'
import * as text from './cases-text.ts'
import { isoMilliseconds } from './case.ts'
import type { OracleCase } from './case.ts'
import { now, openProgram, port } from './program.ts'
import { questionsOf } from './questions.ts'
import { differences, told } from './told.ts'
import { openTruth } from './truth.ts'

const known: readonly (readonly [path: string, events: number, OracleCase])[] = [
  ['smart-agents/telemetry.db', 66, agents.smartAgents],
  ['smart-agents/wal-open/telemetry.db', 66, agents.smartAgents],
  ['earlyexit/telemetry-checkpointed.db', 35, agents.earlyexit],
  ['earlyexit/telemetry-upgraded.db', 7, agents.earlyexit],
  ['earlyexit/wal-open/telemetry.db', 39, agents.earlyexit],
  ['edge/wal-no-shm/telemetry.db', 39, agents.earlyexit],
  ['edge/wal-torn-tail/telemetry.db', 38, agents.earlyexit],
  ['voicemode/worker-d1-events.sqlite', 10, others.voiceModeWorker],
  ['voicemode/telemetry/telemetry_2026-11-20.json', 2, text.voiceModePayloads],
  ...['8facb51e92e6ede6', 'b2a2b4846abf9892', 'd88a9c52697fa154', 'da88df615a034434', 'ed0d1c3db760495a'].map(
    (id) => [`voicemode/telemetry_queue/event_${id}.json`, 1, text.voiceModePayloads] as const,
  ),
  ['others/activitywatch-peewee-sqlite.v2.db', 511, others.activityWatch],
  ['others/atuin-history.db', 300, others.atuinWithAuthors],
  ['others/llm-logs.db', 60, agents.llmNew],
]

type Told = Pick<OracleCase, 'from' | 'ms' | 'kind' | 'failed'>
const table = (from: string, ms: string, kind = `'${from}'`): Told => ({ from, ms, kind, failed: null })

/** What a person would take for the events of the files that no format knows. */
const guessed: Readonly<Record<string, Told>> = {
  'voicemode/conversations.db': table('exchanges', isoMilliseconds('timestamp'), 'type'),
  'edge/hot-journal/t.db': table('e', 'ts * 1000'),
  // one of its times is the largest integer there is
  'edge/odd-schema.db': table('norow', 'CASE WHEN ts < 1e12 THEN ts * 1000 END'),
  'others/timestamps-zoo.db': table('epoch_s', 'ts * 1000'),
}
const readable = new Map<string, Told>([
  ...known.map(([path, , one]) => [path, one] as const),
  ...Object.entries(guessed),
])

export function compareFixtures(fixtures: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-fixtures-'))
  for (const copy of ['ours', 'theirs']) cpSync(fixtures, join(folder, copy), { recursive: true })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const ours = join(folder, 'ours')

  describe('of real files of a known format the program says what SQL says', () => {
    for (const [path, events, one] of known)
      it(path, async () => {
        const program = await openProgram(join(ours, path), tmpdir())
        expect(program.format).toBe(one.format)
        const truth = openTruth(join(ours, path), one, 'Europe/Berlin')
        try {
          for (const [asking, question] of Object.entries(questionsOf(truth, one, 1))) {
            const expected = truth.ask(question)
            if (asking === 'nothing left out') expect(expected['events']).toBe(events)
            expect(differences(expected, told(program.ask(question, 'Europe/Berlin')))).toEqual([])
          }
        } finally {
          truth.close()
        }
      })
  })

  describe('of every real file', () => {
    const results = new Map<string, Result<Summary>>()
    beforeAll(async () => {
      for (const entry of readdirSync(ours, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name)
        if (!entry.isFile() || /-(wal|shm|journal)$/.test(path)) continue
        const read = await summarizeFile({ path, temporary: folder, now, zone: 'UTC' }, port)
        results.set(relative(ours, path).replaceAll('\\', '/'), read)
      }
    }, 300_000)

    it('it is known whether it can be read', () => {
      const read = [...results].filter(([, { ok }]) => ok).map(([path]) => path)
      expect(read.sort()).toEqual([...readable.keys()].sort())
    })

    if (hasShell())
      it('`report --json` says what SQLite’s own shell says', () => {
        for (const [path, one] of readable) {
          const result = results.get(path)
          if (result?.ok !== true) throw new Error(`${path} was refused`)
          const { events, first, last, kinds, failed } = result.value
          const said = { events, first, last, kinds, failed }
          expect({ path, ...said }).toEqual({ path, ...askShell(join(folder, 'theirs', path), one) })
        }
      })

    it('a refusal names the cause in plain words, and nothing but the file', () => {
      const refused = [...results].flatMap(([path, result]) =>
        result.ok ? [] : [[path, result.error] as const],
      )
      expect(refused.length).toBeGreaterThan(100)
      for (const [path, error] of refused) {
        const sentence = explain(error, en).replaceAll(join(ours, path), basename(path))
        expect(sentence.startsWith(`${basename(path)} is `)).toBe(true)
        expect(sentence).toMatch(cause)
        expect(sentence.slice(basename(path).length)).toMatch(
          /^[\w ,:.-]+ Nothing was changed\.( [A-Z][\w ,.-]+\.)?$/,
        )
        expect(sentence).not.toMatch(/error|exception|undefined|null|SQLITE_| at \w+\.|\.\w+:\d/i)
      }
    })
  })
}

const cause =
  / is (empty: no tool has written|cut short: only [\d,]+ of|encrypted or not a SQLite database, and|damaged and could not be read: \w|a SQLite database, but holds no)/

function hasShell(): boolean {
  try {
    return execFileSync('sqlite3', ['-version']).length > 0
  } catch {
    return false
  }
}

/** The five figures, by the shell: first, last and failed are null where nothing tells them. */
function askShell(path: string, { from, ms, kind, failed }: Told): Record<string, unknown> {
  const isText = path.endsWith('.json')
  const records = `CREATE TEMP TABLE records AS WITH file(text) AS (SELECT CAST(readfile('${path}') AS TEXT))
    SELECT value AS data FROM file, json_each(CASE json_type(text) WHEN 'array' THEN text ELSE json_array(json(text)) END);`
  const ask = (sql: string): Record<string, unknown>[] => {
    const all = `${isText ? records : ''} ${sql}`
    const out = execFileSync('sqlite3', ['-json', isText ? ':memory:' : path, all], { encoding: 'utf8' })
    return JSON.parse(out) as Record<string, unknown>[] // a door: what the shell prints
  }
  const second = (which: string): string =>
    `strftime('%Y-%m-%dT%H:%M:%SZ', ${which}(${ms}) / 1000, 'unixepoch')`
  const outcome = failed === null ? 'NULL' : `coalesce(sum(${failed}), 0)`
  const [all] = ask(
    `SELECT count(*) AS events, ${second('min')} AS first, ${second('max')} AS last, ${outcome} AS failed FROM ${from}`,
  )
  const kinds = ask(`SELECT ${kind} AS kind, count(*) AS n FROM ${from} GROUP BY 1`)
  return { ...all, kinds: Object.fromEntries(kinds.map(({ kind, n }) => [String(kind), n])) }
}
