// A program that has shared for some hours already: three reports arrived, two wait. For pictures of what is then shown.
import { join } from 'node:path'
import { createHost } from '../../host/create-host.ts'
import type { Host } from '../../host/create-host.ts'
import { forkChild } from '../../host/process.ts'
import { Day } from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'
import { parse } from 'valibot'
import { receive } from './receiver.ts'

const hour = 3_600_000
const day = 24 * hour

/** What waits was made so long ago; after an hour it can be sent. Its receiver is gone by then. */
export async function shareBefore(home: string, file: string, ago = hour / 2): Promise<void> {
  const receiver = await receive()
  const began = Date.now() - ago - 2 * hour
  const first = hostAt(home, began)
  const { handlers } = first
  await good(handlers['share.tick']({ path: file, ticked: true }, ...watching()))
  const told = { address: receiver.address }
  await good(handlers['share.setDestination']({ name: 'community', told, level: null }))
  const plan = await good(
    handlers['share.plan']({ path: null, day: null, level: 'detailed', to: null }, ...watching()),
  )
  const seen = { level: 'detailed', day: parse(Day, plan.day), seen: plan.seen } as const
  await good(handlers['share.on'](seen, ...watching()))
  await good(handlers['share.earlier']({ from: daysBefore(began, 3) }, ...watching()))
  await first.close()
  const later = hostAt(home, Date.now() - ago)
  await good(later.handlers['share.now']({ to: null }, ...watching()))
  await good(later.handlers['share.earlier']({ from: daysBefore(began, 5) }, ...watching()))
  await later.close()
  await receiver.close()
}

const hostAt = (home: string, at: number): Host =>
  createHost({
    info: { version: '0.1.0', releases: '', host: 'command line', platform: 'linux' },
    paths: { data: home, temporary: join(home, 'temporary'), home, policy: join(home, 'no-policy.json') },
    startChild: forkChild,
    environment: {},
    now: () => at,
    zone: 'UTC',
    memory: 4_000_000_000,
    print: () => {},
  })

const daysBefore = (at: number, days: number) =>
  parse(Day, new Date(at - days * day).toISOString().slice(0, 10))
const watching = () => [() => {}, new AbortController().signal] as const

async function good<T>(answer: Result<T> | Promise<Result<T>>): Promise<T> {
  const result = await answer
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
