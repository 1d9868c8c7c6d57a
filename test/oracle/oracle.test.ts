// Every figure of the Overview and of `report --json`, compared with SQL that was written by hand for each format.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { formats } from '../../shared/formats/index.ts'
import { cases } from './cases.ts'
import { closeWriters } from './cases-agents.ts'
import { compareFixtures } from './fixtures.ts'
import { askReport, openProgram } from './program.ts'
import { questionsOf } from './questions.ts'
import { createRandom } from './random.ts'
import { differences, reportable, reported, told } from './told.ts'
import { openTruth } from './truth.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-oracle-'))
afterAll(() => {
  closeWriters()
  rmSync(folder, { recursive: true, force: true })
})

const seeds = [1, 2, 3, 4]
/** Each with the first day of its weeks; the clocks of four of them are changed within the files' days. */
const zones: readonly (readonly [zone: string, firstDayOfWeek: number])[] = [
  ['UTC', 1],
  ['Europe/Berlin', 1],
  ['America/New_York', 7],
  ['Etc/GMT-11', 6],
  ['Australia/Lord_Howe', 7],
  ['America/Santiago', 1],
  ['Asia/Kathmandu', 7],
]

describe('the program’s figures are those of SQL', () => {
  for (const [n, one] of cases.entries()) {
    it(`for ${one.name}`, async () => {
      for (const seed of seeds) {
        const place = join(folder, `${n}-${seed}`)
        mkdirSync(place)
        const path = one.make(place, createRandom(seed))
        const [zone, firstDayOfWeek] = zones[(n + seed * 2) % zones.length] ?? ['UTC', 1]
        const program = await openProgram(path, folder)
        expect(program.format).toBe(one.format)
        const truth = openTruth(path, one, zone)
        try {
          const questions = questionsOf(truth, one, firstDayOfWeek)
          // the first file is asked everything, each other one a third of it
          for (const [i, [asking, question]] of Object.entries(questions).entries()) {
            if (seed > 1 && i % 3 !== seed % 3) continue
            const expected = truth.ask(question)
            if (i === 0) expect(Number(expected['events'])).toBeGreaterThan(20)
            if (i === 0) expect(Object.keys(expected).length).toBeGreaterThan(100)
            const wrong = differences(expected, told(program.ask(question, zone)))
            expect({ seed, zone, asking, wrong }).toEqual({ seed, zone, asking, wrong: [] })
          }
          const summary = await askReport(path, folder, zone)
          const plain = truth.ask({ ...questions['nothing left out'], stack: null, firstDayOfWeek: 1 })
          expect(differences(reportable(plain), reported(summary))).toEqual([])
        } finally {
          truth.close()
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
