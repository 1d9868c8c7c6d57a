// Files in the states that a person meets seldom and a maker forgets: for the pictures and for axe, on each screen.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { writeAgentEvents } from '../agents-file.ts'
import { damage, makeEndless, makeSmartAgentsFile } from './files.ts'

export interface State {
  readonly name: string
  /** Writes the file, and gives its path. */
  readonly make: (folder: string) => string
  /** What the Overview shows when it is there. */
  readonly shows: (page: Page) => Promise<void>
}

const hour = 3_600_000
const noon = Date.UTC(2026, 10, 18, 12)

interface Row {
  readonly time: number
  readonly kind?: string
  readonly agent: string
  readonly error?: string | undefined
}

function makeFile(path: string, count: number, row: (i: number) => Row): string {
  writeAgentEvents(path, count, (i) => {
    const { agent, error, ...rest } = row(i)
    const data = {
      agent_type: agent,
      success: error === undefined,
      duration_ms: 200 + ((i * 37) % 900),
      ...(error !== undefined && { error_type: error }),
    }
    return { id: `event-${i}`, ...rest, data }
  })
  return path
}

const charted = (page: Page): Promise<void> => page.locator('main dl dd').first().waitFor()
const alerted = (page: Page): Promise<void> => page.getByRole('alert').waitFor()

const long =
  'an-agent-whose-name-somebody-made-by-joining-everything-that-it-can-do-in-one-word-without-a-single-space-' +
  'and-then-said-again-for-good-measure-'
const rightToLeft = ['مخطط المهام', 'מתכנן המשימות', 'مراجع الشيفرة ‎v2', 'a mixed مخطط name']

export const states: readonly State[] = [
  {
    name: 'empty',
    make: (folder) => {
      makeSmartAgentsFile(join(folder, 'empty.db'), 0)
      return join(folder, 'empty.db')
    },
    shows: (page) => page.getByText('holds no events').first().waitFor(),
  },
  {
    name: 'one row',
    make: (folder) => makeFile(join(folder, 'one.db'), 1, () => ({ time: noon, agent: 'planner' })),
    shows: charted,
  },
  {
    name: 'one day',
    make: (folder) =>
      makeFile(join(folder, 'day.db'), 180, (i) => ({
        time: noon + (i * 4 - 360) * 60_000,
        agent: i % 3 === 0 ? 'planner' : 'debugger',
        error: i % 17 === 0 ? 'TimeoutError' : undefined,
      })),
    shows: charted,
  },
  {
    name: 'future and 1970',
    make: (folder) =>
      makeFile(join(folder, 'times.db'), 120, (i) => ({
        time: i < 20 ? i * hour : i < 100 ? noon - i * hour : Date.UTC(2099, 0, 1) + i * 24 * hour,
        agent: 'planner',
      })),
    shows: charted,
  },
  {
    name: 'thousands of values',
    make: (folder) =>
      makeFile(join(folder, 'values.db'), 9000, (i) => ({
        time: noon - i * 600_000,
        kind: `kind_${i % 70}`,
        agent: `agent-${i % 4000}`,
        error: i % 9 === 0 ? `Error${i % 900}` : undefined,
      })),
    shows: charted,
  },
  {
    name: 'very long names',
    make: (folder) =>
      makeFile(
        join(folder, `${'a-file-with-a-name-as-long-as-a-file-system-takes-'.repeat(4)}.db`),
        300,
        (i) => ({
          time: noon - i * hour,
          kind: i % 2 === 0 ? 'agent_execution' : `kind ${'of many words '.repeat(12)}`,
          agent: `${long.repeat(1 + (i % 3))}${i % 3}`,
          error: i % 7 === 0 ? `${'Very'.repeat(40)}LongError` : undefined,
        }),
      ),
    shows: charted,
  },
  {
    name: 'right to left',
    make: (folder) =>
      makeFile(join(folder, 'قياسات الاستخدام.db'), 200, (i) => ({
        time: noon - i * hour,
        agent: rightToLeft[i % rightToLeft.length] ?? '',
        error: i % 9 === 0 ? 'انتهت المهلة' : undefined,
      })),
    shows: charted,
  },
  {
    name: 'damaged',
    make: (folder) => {
      makeSmartAgentsFile(join(folder, 'damaged.db'), 400, noon)
      damage(join(folder, 'damaged.db'))
      return join(folder, 'damaged.db')
    },
    shows: alerted,
  },
  {
    name: 'killed',
    make: (folder) => {
      makeEndless(join(folder, 'endless.db'))
      return join(folder, 'endless.db')
    },
    shows: alerted,
  },
]
