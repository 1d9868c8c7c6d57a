// A crowd that shares with one server: installed, switched on, lived through so many days, and taken back one by one.
// The demonstration, its tests and the search for links all come through here.
import { join } from 'node:path'
import { askHttp, carryHttp } from '../../host/sharing/carry.ts'
import type { SharingDeps } from '../../host/sharing/run.ts'
import type { Level } from '../../shared/sharing/consent.ts'
import { passDays, sendRest } from './days.ts'
import { day, hour } from './habits.ts'
import { install, switchOn } from './installation.ts'
import type { Installation, SetClock } from './installation.ts'

export interface Crowd {
  readonly folder: string
  readonly people: number
  /** How many use an agent that nobody else does. */
  readonly guild: number
  readonly days: number
  /** The midnight before which all of it happens; the last one, where nothing is said. */
  readonly until?: number
  readonly clock: SetClock
  readonly random?: () => number
  /** How requests travel, where not from an address of this machine. */
  readonly roads?: (address: string) => Pick<SharingDeps, 'carry' | 'ask'>
}

/** Each connects from the address that it was given. */
const fromOwnAddress = (address: string): Pick<SharingDeps, 'carry' | 'ask'> => ({
  carry: () => carryHttp({}, undefined, address),
  ask: () => askHttp(),
})

const lastMidnight = (): number => Math.floor(Date.now() / day) * day
/** The midnight at which a crowd begins: the last of its days is the one before yesterday, so that its report can leave. */
export const firstMidnight = (days: number, until = lastMidnight()): number => until - (days + 1) * day
/** So that there is a whole day to look at before anything is switched on. */
const before = 7 * day

export function gather({
  folder,
  people,
  guild,
  days,
  until = lastMidnight(),
  clock,
  random = Math.random,
  roads,
}: Crowd): Installation[] {
  const from = firstMidnight(days, until)
  clock.now = from
  return Array.from({ length: people }, (_, number) =>
    install({
      folder: join(folder, 'people'),
      number,
      isInGuild: number < guild,
      span: { from: from - before, until },
      ...{ clock, random },
      roads: roads ?? fromOwnAddress,
    }),
  )
}

export async function share(
  people: readonly Installation[],
  { days, until = lastMidnight(), clock }: Pick<Crowd, 'days' | 'until' | 'clock'>,
  passed?: (midnight: number) => void,
): Promise<void> {
  await passDays(people, clock, { from: firstMidnight(days, until), until: until - day }, passed)
  clock.now = Math.max(clock.now, until - 6 * hour)
  await sendRest(people, clock)
}

export async function switchAllOn(
  people: readonly Installation[],
  server: string,
  level: Level,
): Promise<void> {
  for (const one of people) await switchOn(one, server, level)
}

export function disperse(people: readonly Installation[]): void {
  for (const { sharing } of people) {
    sharing.stop()
    sharing.close()
  }
}
