// What every sender is given in these tests: three reports of two formats on two days, and what a receiver must have
// of them afterwards.
import { createHash } from 'node:crypto'
import type { Ids, Told } from '../../../senders/sender.ts'
import { earlyexit } from '../../../shared/formats/earlyexit.ts'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../../shared/sharing/anonymize.ts'
import { lists } from '../../../shared/sharing/lists/index.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { columnsOf } from '../../shared/sharing/columns.ts'
import type { Kept } from './receiver.ts'

export const now = Date.parse('2026-11-21T10:00:00Z')
const yesterday = Date.parse('2026-11-20T12:00:00Z')
const about = { level: 'detailed', version: '0.1.0', platform: 'linux' } as const

const agents = (time: number, names: readonly string[]) =>
  names.flatMap((agent, i) =>
    Array.from({ length: i + 1 }, () => ({
      time,
      kind: 'agent_execution',
      failed: i % 2 === 0,
      duration: 900 * (i + 1),
      dimensions: { agent },
    })),
  )

const smartAgentsOn = (times: readonly number[], names: readonly string[]): Outbound =>
  anonymize(
    dayFigures(
      [
        columnsOf(
          smartAgents,
          times.flatMap((time) => agents(time, names)),
        ),
      ],
      'smart-agents',
      times.map(utcDay),
    ),
    about,
  )

/** Outbound is a brand: what two calls of anonymize gave, together. */
const together = (...parts: readonly Outbound[]): Outbound => parts.flat() as unknown as Outbound

export const yesterdayOnly = smartAgentsOn([yesterday], ['debugger', 'planner'])
export const reports = together(
  smartAgentsOn([yesterday - 86_400_000, yesterday], ['debugger', 'planner', 'my own secret agent']),
  anonymize(
    dayFigures(
      [
        columnsOf(earlyexit, [
          { time: yesterday, kind: 'execution', failed: true, duration: 12_000, dimensions: {} },
          { time: yesterday, kind: 'execution', failed: false, duration: 40, dimensions: {} },
        ]),
      ],
      'earlyexit',
      [utcDay(yesterday)],
    ),
    about,
  ),
)
/** More rows than any one request may carry. */
export const many = smartAgentsOn(
  [1, 2, 3, 4].map((days) => yesterday - days * 86_400_000),
  lists['smart-agents'].dimensions['agent']?.words ?? [],
)

export const rowsOf = (outbound: Outbound): Kept[] =>
  outbound.flatMap(({ rows, ...said }) => rows.map((row) => ({ ...said, ...row })))

export function idsOf(batchId: string): Ids {
  return {
    batchId,
    anonymousId: '0b9e3d3c-1c9a-4f0e-8d67-3f1f5a2f9c10',
    secretHash: 'ab'.repeat(32),
    idOf: (part) => {
      const hex = createHash('sha256').update(`${batchId} ${part}`).digest('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    },
  }
}

/** Every key as a mark, as an encoder sees it. */
export const marked = (told: Told, keys: Told, mark: (need: string) => string): Told => ({
  ...told,
  ...Object.fromEntries(Object.keys(keys).map((need) => [need, mark(need)])),
})
