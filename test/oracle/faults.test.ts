// The comparison is only worth what it catches. Fourteen faults that such programs really have are planted on the
// program's side, one at a time; each must be seen, and seen in the figure that it spoils.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { EventSource, Format, Source } from '../../shared/formats/format.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { createZone, dayLength } from '../../shared/viewer/zone.ts'
import * as agents from './cases-agents.ts'
import * as others from './cases-others.ts'
import type { OracleCase } from './case.ts'
import { openFaulty } from './program.ts'
import type { Fault } from './program.ts'
import { questionsOf } from './questions.ts'
import type { Asking } from './questions.ts'
import { createRandom } from './random.ts'
import { differences, told } from './told.ts'
import { openTruth } from './truth.ts'

const folder = mkdtempSync(join(tmpdir(), 'sightglass-faults-'))
afterAll(() => {
  agents.closeWriters()
  rmSync(folder, { recursive: true, force: true })
})

const events =
  (change: (events: EventSource) => Partial<EventSource>) =>
  (format: Format): Format => ({ ...format, events: { ...format.events, ...change(format.events) } })

const sql = (text: string): readonly [Source] => [{ sql: text }]

interface Planted {
  readonly what: string
  readonly file: OracleCase
  readonly fault: Fault
  /** All, where it isn't said. */
  readonly asking?: Asking
  /** A figure that must be among the differences. */
  readonly spoils: RegExp
}

const planted: readonly Planted[] = [
  {
    what: 'a wrong unit: seconds taken for milliseconds',
    file: agents.earlyexit,
    fault: {
      format: events(({ duration }) => ({ duration: duration && { ...duration, toMilliseconds: 1 } })),
    },
    spoils: /^median:/,
  },
  {
    what: 'a shifted day: each event a day late',
    file: agents.earlyexit,
    fault: { format: events(() => ({ time: { from: sql('e.timestamp + 86400'), encoding: 'seconds' } })) },
    spoils: /^step 2026-/,
  },
  {
    what: 'lost rows of the -wal: the database copied alone',
    file: agents.earlyexitInWal,
    fault: {
      path: (path) => {
        const alone = join(folder, 'alone.db')
        copyFileSync(path, alone)
        return alone
      },
    },
    spoils: /^events:/,
  },
  {
    what: 'a wrong join: the foreign key as it is declared',
    file: agents.earlyexit,
    fault: {
      format: events(({ joins = [] }) => ({
        joins: joins.map((join) => ({ ...join, on: 'm.id = e.execution_id' })),
      })),
    },
    spoils: /^matches, sum:/,
  },
  {
    what: 'nothing taken for zero',
    file: agents.llmOld,
    fault: {
      format: events((from) => ({
        duration: { from: sql('coalesce(e.duration_ms, 0)'), toMilliseconds: 1 },
        measures: from.measures.map((one) =>
          one.name === 'input tokens' ? { ...one, from: sql('coalesce(e.input_tokens, 0)') } : one,
        ),
      })),
    },
    spoils: /^input tokens, rows:/,
  },
  {
    what: 'times rounded instead of cut',
    file: agents.earlyexit,
    fault: {
      format: events(() => ({
        time: { from: sql('CAST(round(e.timestamp) AS INTEGER)'), encoding: 'seconds' },
      })),
    },
    spoils: /^last:/,
  },
  {
    what: 'the upper median of an even number',
    file: agents.smartAgents,
    fault: {
      answer: (answer, _view, _ask, { duration, rows }) => {
        const sorted = duration
          .slice(0, rows)
          .filter((value) => !Number.isNaN(value))
          .sort()
        const median = sorted[Math.floor(sorted.length / 2)] ?? null
        return { ...answer, details: { ...answer.details, figures: { ...answer.details.figures, median } } }
      },
    },
    spoils: /^median:/,
  },
  {
    what: 'a shifted zone: text with an offset read without it',
    file: others.activityWatch,
    fault: { format: events(() => ({ time: { from: sql('substr(e.timestamp, 1, 19)'), encoding: 'iso' } })) },
    spoils: /^step 2026-/,
  },
  {
    what: 'events counted once for each row they are joined with',
    file: agents.llmOld,
    fault: {
      format: events(() => ({
        joins: [
          {
            as: 'k',
            from: '(SELECT response_id, 1 AS tools FROM tool_calls)',
            on: 'k.response_id = e.id',
            needs: {},
          },
        ],
      })),
    },
    spoils: /^events:/,
  },
  {
    what: 'a failure that is not on the list',
    file: agents.earlyexit,
    fault: {
      format: events(({ outcome }) => ({
        outcome:
          outcome && 'failed' in outcome
            ? { ...outcome, failed: outcome.failed.filter((word) => word !== 'stuck') }
            : null,
      })),
    },
    spoils: /^failed:/,
  },
  {
    what: 'hours of the week by the clock of another zone',
    file: agents.smartAgents,
    fault: {
      answer: ({ overview, details }, view, ask) => ({
        overview: { ...overview, hours: ask({ ...view, zone: createZone('UTC') }).overview.hours },
        details,
      }),
    },
    spoils: /^hour \d+:/,
  },
  {
    what: 'the median of a bar taken over all rows',
    file: agents.earlyexit,
    asking: 'a period',
    fault: {
      answer: ({ overview, details }, view, ask) => {
        const ofAll = ask({ ...view, filter: everything })
        const medianOf = (name: string, label: string): number | null => {
          const bars = ofAll.overview.dimensions.find((spec) => spec.name === name)?.bars ?? []
          return ofAll.details.medians[name]?.[bars.findIndex((bar) => bar.label === label)] ?? null
        }
        const medians = overview.dimensions.map(
          ({ name, bars }) => [name, bars.map(({ label }) => medianOf(name, label))] as const,
        )
        return { overview, details: { ...details, medians: Object.fromEntries(medians) } }
      },
    },
    spoils: /^exit reason = \w+, median:/,
  },
  {
    what: 'a period before that is one day short',
    file: agents.smartAgents,
    asking: 'a period',
    fault: {
      answer: ({ overview, details }, view, ask) => {
        const { from, to } = overview.past ?? { from: 0, to: 0 }
        const short = ask({ ...view, filter: { ...view.filter, since: from, until: to - dayLength } })
        return { overview: { ...overview, before: short.overview.figures }, details }
      },
    },
    spoils: /^before, events:/,
  },
  {
    what: 'a list that leaves out what is not chosen in it',
    file: agents.earlyexit,
    asking: 'a value',
    fault: {
      answer: ({ overview, details }) => ({
        overview: {
          ...overview,
          dimensions: overview.dimensions.map((spec, i) =>
            i > 0 ? spec : { ...spec, values: 1, bars: spec.bars.slice(0, 1) },
          ),
        },
        details,
      }),
    },
    spoils: /^exit reason = \w+:/,
  },
]

const zone = 'Australia/Sydney'

describe('the comparison catches', () => {
  it('fourteen faults', () => {
    expect(new Set(planted.map(({ what }) => what)).size).toBe(14)
  })

  for (const [i, { what, file, fault, spoils, asking = 'nothing left out' }] of planted.entries()) {
    it(what, async () => {
      const place = join(folder, String(i))
      mkdirSync(place)
      // a median of an even number has two candidates: find a seed that makes one, with both different
      let caught = false
      for (let seed = 1; seed <= 6 && !caught; seed++) {
        mkdirSync(join(place, String(seed)))
        const path = file.make(join(place, String(seed)), createRandom(seed))
        const truth = openTruth(path, file, zone)
        const question = questionsOf(truth, file, 1)[asking]
        const figures = truth.ask(question)
        truth.close()
        const differ = async (planted: Fault): Promise<string[]> =>
          differences(figures, told((await openFaulty(path, folder, planted)).ask(question, zone)))
        expect(await differ({})).toEqual([]) // without the fault there is nothing to catch
        caught = (await differ(fault)).some((difference) => spoils.test(difference))
      }
      expect(caught).toBe(true)
    })
  }
})
