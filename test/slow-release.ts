// A file in which one agent's new version made it slower.
import { writeAgentEvents } from './agents-file.ts'
import { createRandom } from './oracle/random.ts'

const day = 86_400_000
const start = Date.UTC(2026, 1, 2)
const days = 90
const slowFrom = 60
const perDay = 40

const agents = ['planner', 'reviewer', 'tester', 'writer']

/** Each agent does ten things a day; from day 60 on the reviewer has a new version, and takes 1.6 times as long. */
export function makeSlowRelease(path: string): void {
  const random = createRandom(4)
  writeAgentEvents(path, days * perDay, (i) => {
    const on = Math.floor(i / perDay)
    const agent = agents[i % agents.length] ?? ''
    const slow = agent === 'reviewer' && on >= slowFrom
    const data = {
      agent_type: agent,
      agent_version: slow ? '2.4.0' : '2.3.1',
      model: 'claude-sonnet-4-5',
      success: i % 23 !== 0,
      duration_ms: Math.round((slow ? 1600 : 1000) * 2 ** (2 * random.next() - 1)),
    }
    return { id: `event-${i}`, time: start + on * day + 8 * 3_600_000 + (i % perDay) * 600_000, data }
  })
}
