// One installation of the program: a folder with a person's telemetry and all that sharing keeps, the real queue, sender
// and log in it, and an address of its own to connect from. Only its clock is set by hand.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { countDays } from '../../host/sharing/count-days.ts'
import { shareHandlers } from '../../host/sharing/handlers.ts'
import { Sharing } from '../../host/sharing/run.ts'
import type { SharingDeps } from '../../host/sharing/run.ts'
import type { Result } from '../../shared/result.ts'
import type { Level } from '../../shared/sharing/consent.ts'
import { habitsOf } from './habits.ts'
import type { Habits } from './habits.ts'
import { writeTelemetry } from './telemetry.ts'
import type { Span } from './telemetry.ts'

/** Of all of them, and of the server where it can be set. */
export interface SetClock {
  now: number
}

export interface Installation {
  readonly number: number
  readonly folder: string
  /** The person's own file. */
  readonly file: string
  readonly habits: Habits
  readonly sharing: Sharing
  readonly handlers: ReturnType<typeof shareHandlers>
}

/** The nth has a /24 to itself. */
export const addressOf = (number: number): string =>
  `127.${1 + Math.floor(number / 250)}.${1 + (number % 250)}.1`

export interface Installing {
  readonly folder: string
  readonly number: number
  readonly isInGuild: boolean
  readonly span: Span
  readonly clock: SetClock
  readonly random: () => number
  /** How its requests travel, from its own address. */
  readonly roads: (address: string) => Pick<SharingDeps, 'carry' | 'ask'>
}

export function install(installing: Installing): Installation {
  const { number, isInGuild, span, clock, random, roads } = installing
  const folder = join(installing.folder, String(number))
  const tool = join(folder, '.smart-agents', 'telemetry')
  mkdirSync(tool, { recursive: true })
  const file = join(tool, 'telemetry.db')
  const habits = habitsOf(1000 + number, isInGuild)
  writeTelemetry(file, habits, span)
  const temporary = join(folder, 'temporary')
  const sharing = new Sharing({
    paths: { data: folder, temporary, home: folder, policy: join(folder, 'no-policy.json') },
    environment: {},
    clock: { now: () => clock.now, steady: () => clock.now },
    random,
    version: '0.1.0',
    platform: habits.platform,
    // The same work that the program gives to a process: two hundred people can't start one each, every day.
    count: (wanted) =>
      countDays({ ...wanted, temporary, now: clock.now }, { progress: () => {}, serve: () => {} }),
    ...roads(addressOf(number)),
    keyStore: null,
  })
  const handlers = shareHandlers(sharing, { found: () => Promise.resolve([]) })
  return { number, folder, file, habits, sharing, handlers }
}

const watching = [() => {}, new AbortController().signal] as const

/** As a person does it: sets where to, ticks the file, looks at what would leave, and switches on what was seen. */
export async function switchOn(
  { handlers, file }: Installation,
  server: string,
  level: Level,
): Promise<void> {
  const told = { address: server }
  await good(handlers['share.setDestination']({ name: 'community', told, level: null }))
  await good(handlers['share.tick']({ path: file, ticked: true }, ...watching))
  const asked = { path: null, day: null, level, to: null } as const
  const { seen } = await good(handlers['share.plan'](asked, ...watching))
  await good(handlers['share.on']({ level, day: null, seen }, ...watching))
}

/** All that was shared, by the proof of each batch's secret; how many deletions the server has confirmed. */
export async function takeBack({ handlers }: Installation): Promise<number> {
  const [community] = await good(handlers['share.forget']({ to: 'community' }))
  return community?.confirmed ?? 0
}

export async function good<T>(answer: Result<T> | Promise<Result<T>>): Promise<T> {
  const result = await answer
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
