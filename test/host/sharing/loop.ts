// The program and the project's own server, each as it is, on clocks that a test sets: what is shared arrives there over a
// socket of this machine, and what lies in either's files can be changed behind its back.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parse } from 'valibot'
import { createHost } from '../../../host/create-host.ts'
import type { Host } from '../../../host/create-host.ts'
import { databasePath } from '../../../host/sharing/database.ts'
import { usualConfig } from '../../../server/config.ts'
import { placeAt } from '../../../server/node/place.ts'
import { startServer } from '../../../server/node/start.ts'
import type { RunningServer } from '../../../server/node/start.ts'
import { Day } from '../../../shared/ids.ts'
import type { Looked } from '../../../shared/share.ts'
import type { Result } from '../../../shared/result.ts'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'

export const hour = 3_600_000
export const day = 24 * hour

export interface Loop {
  readonly world: World
  readonly host: Host
  readonly address: string
  readonly place: ReturnType<typeof placeAt>
  now: number
  /** By how much the server's clock is ahead of the program's. */
  ahead: number
  switchOn(): Promise<void>
  /** Days from so many days ago on are asked for, and two hours later they are sent. */
  shareFrom(days: number): Promise<Looked>
  /** The server again, at the same address, after something was done to its folder. */
  serverAfter(act: () => unknown): Promise<void>
  /** In the program's own file, as whoever could write to its folder would. */
  change(sql: string, ...values: string[]): void
  end(): Promise<void>
}

export async function startLoop(): Promise<Loop> {
  const world = await makeWorld()
  const place = placeAt(join(world.folder, 'server'), undefined)
  const serve = (port = 0): Promise<RunningServer> => {
    const clock = (): number => loop.now + loop.ahead
    return startServer({ port, host: '127.0.0.1', place, config: usualConfig, clock })
  }
  const noon = Math.floor(Date.now() / day) * day + day / 2
  const times = { now: noon, ahead: 0 }
  const host = createHost({ ...world.deps('command line'), now: () => loop.now })
  const { handlers } = host
  const loop: Loop = {
    ...times,
    ...{ world, host, place, address: '' },
    switchOn: async () => {
      const path = await world.makeFile('own.db', 4 * 1440, 'delete', Math.floor(loop.now / day - 3) * day)
      await good(handlers['share.tick']({ path, ticked: true }, ...watching()))
      const told = { address: loop.address }
      await good(handlers['share.setDestination']({ name: 'community', told, level: null }))
      const asked = { path: null, day: null, level: 'detailed', to: null } as const
      const { seen } = await good(handlers['share.plan'](asked, ...watching()))
      await good(handlers['share.on']({ level: 'detailed', day: null, seen }, ...watching()))
    },
    shareFrom: async (days) => {
      const from = dayBefore(loop.now, days)
      await good(handlers['share.earlier']({ from }, ...watching()))
      loop.now += 2 * hour
      return good(handlers['share.now']({ to: null }, ...watching()))
    },
    serverAfter: async (act) => {
      await server.close()
      await act()
      server = await serve(Number(new URL(loop.address).port))
    },
    change: (sql, ...values) => {
      const db = new DatabaseSync(databasePath(world.data))
      db.prepare(sql).run(...values)
      db.close()
    },
    end: async () => {
      await host.close()
      await server.close()
      await world.remove()
    },
  }
  let server = await serve()
  return Object.assign(loop, { address: server.address })
}

const dayBefore = (now: number, days: number) =>
  parse(Day, new Date(now - days * day).toISOString().slice(0, 10))
export const watching = () => [() => {}, new AbortController().signal] as const

export async function good<T>(answer: Result<T> | Promise<Result<T>>): Promise<T> {
  const result = await answer
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
