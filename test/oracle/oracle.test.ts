// Every figure of the Overview and of `report --json`, compared with SQL that was written by hand for each format.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { formats } from '../../shared/formats/index.ts'
import { askSql, differences, figuresOf, zones } from './ask.ts'
import * as agents from './cases-agents.ts'
import * as others from './cases-others.ts'
import * as text from './cases-text.ts'
import type { OracleCase } from './case.ts'
import { compareFixtures } from './fixtures.ts'
import { askProgram } from './program.ts'
import { createRandom } from './random.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-oracle-'))
afterAll(() => {
  agents.closeWriters()
  rmSync(folder, { recursive: true, force: true })
})

const cases: readonly OracleCase[] = [
  agents.smartAgents,
  agents.earlyexit,
  agents.earlyexitInWal,
  agents.earlyexitOld,
  agents.llmOld,
  agents.llmNew,
  others.activityWatch,
  others.activityWatchSqlite,
  others.activityWatchRust,
  others.atuin,
  others.unknown,
  others.fossil,
  others.voiceModeWorker,
  text.voiceModePayloads,
  text.voiceModeExchanges,
  text.earlyexitExport,
  text.beacon,
  text.sharedReports,
]
const seeds = [1, 2, 3, 4]

describe('the program’s figures are those of SQL', () => {
  for (const one of cases) {
    it(`for ${one.name}`, async () => {
      for (const seed of seeds) {
        const place = join(folder, `${cases.indexOf(one)}-${seed}`)
        mkdirSync(place)
        const path = one.make(place, createRandom(seed))
        for (const { name, hours } of seed === 1 ? zones : zones.slice(seed % 3, (seed % 3) + 1)) {
          const truth = askSql(path, one, hours)
          const summary = await askProgram(path, folder, name)
          expect(summary.format).toBe(one.format)
          expect(summary.timeline?.step).toBe('day')
          expect(Number(truth['events'])).toBeGreaterThan(20)
          expect(Object.keys(truth).length).toBeGreaterThan(20)
          expect(differences(truth, figuresOf(summary, one, hours))).toEqual([])
        }
      }
    })
  }

  it('for every format that there is', () => {
    expect([...new Set(cases.map(({ format }) => format))].sort()).toEqual(
      [...new Set([...formats.map(({ name }) => name), 'generic'])].sort(),
    )
  })
})

const fixtures = process.env['SIGHTGLASS_FIXTURES']
if (fixtures !== undefined) compareFixtures(fixtures)
