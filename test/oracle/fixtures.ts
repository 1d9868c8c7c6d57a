// The same comparison on real files, where there are some: SIGHTGLASS_FIXTURES names their folder. They are copied
// first, since SQLite rewrites what lies beside them.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { askSql, differences, figuresOf } from './ask.ts'
import type { Figures } from './ask.ts'
import * as agents from './cases-agents.ts'
import * as others from './cases-others.ts'
import * as text from './cases-text.ts'
import type { OracleCase } from './case.ts'
import { askProgram } from './program.ts'

const files: readonly (readonly [path: string, events: number, OracleCase])[] = [
  ['smart-agents/telemetry.db', 66, agents.smartAgents],
  ['smart-agents/wal-open/telemetry.db', 66, agents.smartAgents],
  ['earlyexit/telemetry-checkpointed.db', 35, agents.earlyexit],
  ['earlyexit/telemetry-upgraded.db', 7, agents.earlyexit],
  ['earlyexit/wal-open/telemetry.db', 39, agents.earlyexit],
  ['voicemode/worker-d1-events.sqlite', 10, others.voiceModeWorker],
  ['voicemode/telemetry/telemetry_2026-11-20.json', 2, text.voiceModePayloads],
  ['others/activitywatch-peewee-sqlite.v2.db', 511, others.activityWatch],
  ['others/atuin-history.db', 300, others.atuin],
  ['others/llm-logs.db', 60, agents.llmNew],
]

export function compareFixtures(fixtures: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-fixtures-'))
  cpSync(fixtures, folder, { recursive: true })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  describe('of real files the program says what SQL says', () => {
    for (const [path, events, one] of files) {
      it(path, async () => {
        const summary = await askProgram(join(folder, path), tmpdir(), 'UTC')
        expect([summary.format, summary.events]).toEqual([one.format, events])
        const days = summary.timeline?.step === 'day'
        const known = (figures: Figures): Figures =>
          Object.fromEntries(Object.entries(figures).filter(([name]) => days || !name.startsWith('day ')))
        const truth = known(askSql(join(folder, path), one, 0))
        expect(Object.keys(truth).length).toBeGreaterThan(10)
        expect(differences(truth, figuresOf(summary, one, 0))).toEqual([])
      })
    }
  })
}
