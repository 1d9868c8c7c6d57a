// Batches as the program makes them, for the suite to send.
import { createHash, randomUUID } from 'node:crypto'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../../shared/sharing/anonymize.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { encodeBatch } from '../../../shared/sharing/wire.ts'
import { columnsOf } from '../../shared/sharing/columns.ts'

export const dayLength = 86_400_000
export const yesterday = (): number => Date.now() - dayLength
export const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10)

export interface Batch {
  readonly id: string
  readonly secret: string
  readonly body: string
  readonly sha256: string
}

export function reportsOf(time = yesterday(), count = 3, agent = 'debugger'): Outbound {
  const event = { time, kind: 'agent_execution', failed: false, duration: 1500, dimensions: { agent } }
  const columns = columnsOf(
    smartAgents,
    Array.from({ length: count }, () => event),
  )
  const about = { level: 'detailed', version: '0.1.0', platform: 'linux' } as const
  return anonymize(dayFigures([columns], 'smart-agents', [utcDay(time)]), about)
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export function makeBatch({
  id = randomUUID(),
  anonymousId = randomUUID(),
  secret = randomUUID(),
  reports = reportsOf(),
}: {
  id?: string
  anonymousId?: string
  secret?: string
  reports?: Outbound
} = {}): Batch {
  const body = encodeBatch(reports, { batchId: id, anonymousId, secretHash: sha256(secret) })
  return { id, secret, body, sha256: sha256(body) }
}
