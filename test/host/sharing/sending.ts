// A sharing side of its own for a test: an outbox in a new folder, a clock that is set by hand, one destination, and
// a carrier that answers as the test says.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '../../../host/sharing/database.ts'
import { Frozen } from '../../../host/sharing/freeze.ts'
import type { Destination } from '../../../host/sharing/freeze.ts'
import { drawIds } from '../../../host/sharing/ids.ts'
import { Log } from '../../../host/sharing/log.ts'
import { Outbox, usualCap } from '../../../host/sharing/outbox.ts'
import { Pace, usualLimits } from '../../../host/sharing/pace.ts'
import type { Limits } from '../../../host/sharing/pace.ts'
import { sendDue } from '../../../host/sharing/send.ts'
import type { Carrier, Sending } from '../../../host/sharing/send.ts'
import { senders } from '../../../senders/index.ts'
import type { Sender } from '../../../senders/sender.ts'
import { smartAgents } from '../../../shared/formats/smart-agents.ts'
import { fail, ok } from '../../../shared/result.ts'
import { anonymize } from '../../../shared/sharing/anonymize.ts'
import type { Outbound } from '../../../shared/sharing/anonymize.ts'
import { parseConsent } from '../../../shared/sharing/consent.ts'
import type { Consent } from '../../../shared/sharing/consent.ts'
import { dayFigures, utcDay } from '../../../shared/sharing/report.ts'
import { columnsOf } from '../../shared/sharing/columns.ts'

export const start = Date.parse('2026-11-20T10:00:00Z')
export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export const consent = consentOf()
function consentOf(): Consent {
  const parsed = parseConsent({ level: 'detailed', since: '2026-01-01T00:00:00Z' })
  if (parsed === null) throw new Error('no consent')
  return parsed
}

export const anonymousId = '0b9e3d3c-1c9a-4f0e-8d67-3f1f5a2f9c10'

/** One report a day, two rows each, for the days that end `back` days ago. */
export function reportsOf(back: number, days = 1): Outbound {
  const times = Array.from({ length: days }, (_, i) => start - (back + i) * day)
  const events = times.map((time) => ({
    time,
    kind: 'agent_execution',
    failed: false,
    duration: 1500,
    dimensions: { agent: 'debugger' },
  }))
  const about = { level: 'detailed', version: '0.1.0', platform: 'linux' } as const
  return anonymize(
    dayFigures([columnsOf(smartAgents, events)], 'smart-agents', times.map(utcDay).sort()),
    about,
  )
}

export const acknowledge: Carrier = ({ body }) => {
  const { batch_id } = JSON.parse(String(body)) as { batch_id: string }
  return Promise.resolve(ok({ status: 200, headers: {}, body: JSON.stringify({ status: 'ok', batch_id }) }))
}
export const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Carrier =>
  () =>
    Promise.resolve(ok({ status, headers, body }))
export const lost: Carrier = () => Promise.resolve(fail({ why: 'lost', reached: true, detail: 'ECONNRESET' }))

export interface Side {
  readonly folder: string
  outbox: Outbox
  log: Log
  db: Database
  /** Set by the test. */
  now: number
  steady: number
  consent: Consent | null
  carry: Carrier
  /** Whole bodies, in the order in which they went. */
  readonly went: { at: number; address: string; body: string }[]
  readonly destination: Destination
  /** Freezes and keeps; due at once where nothing else is said. */
  keep(reports: Outbound, due?: number, to?: Destination): Promise<void>
  send(more?: Partial<Sending>): Promise<number | null>
  /** As a new start of the program. */
  again(): void
  pass(time: number): void
  remove(): void
}

export interface Wanted {
  readonly cap?: { bytes: number; items: number }
  readonly limits?: Partial<Limits>
  readonly sender?: Partial<Sender>
  readonly address?: string
}

export function sharingSide({ cap = usualCap, limits = {}, sender, address }: Wanted = {}): Side {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-sharing-'))
  const destination: Destination = {
    name: 'community',
    sender: { ...senders.community, ...sender },
    told: { address: address ?? 'https://sharing.example' },
  }
  const clock = { now: () => side.now, steady: () => side.steady }
  const openAll = () => {
    const db = new Database(folder)
    const log = new Log(db, clock.now)
    return {
      db,
      log,
      outbox: new Outbox(db, log, clock.now, cap),
      pace: new Pace(db, clock, { ...usualLimits, ...limits }),
    }
  }
  const side = { now: start, steady: 0 } as Side
  let opened = openAll()
  const carry: Carrier = (sealed, signal) => {
    side.went.push({ at: side.steady, address: sealed.address, body: String(sealed.body) })
    return side.carry(sealed, signal)
  }
  return Object.assign<Side, Partial<Side>>(side, {
    folder,
    ...opened,
    consent,
    carry: acknowledge,
    went: [],
    destination,
    keep: async (reports, due = side.now, to = destination) =>
      opened.outbox.keep(consent, await Frozen.of(reports, to, drawIds(anonymousId)), due),
    send: (more) =>
      sendDue({
        ...opened,
        clock,
        random: () => 0.5,
        consent: () => Promise.resolve(side.consent),
        destinations: [destination],
        keys: () => Promise.resolve({}),
        carry: () => carry,
        ask: () => Promise.resolve(fail({ why: 'connection', reached: false, detail: 'nobody there' })),
        draw: () => drawIds(anonymousId),
        watch: () => () => {},
        ...more,
      }),
    again: () => {
      opened.db.close()
      opened = openAll()
      Object.assign(side, opened)
      side.steady = 0
    },
    pass: (time) => {
      side.now += time
      side.steady += time
    },
    remove: () => {
      opened.db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

/** The outcomes and other entries of the log, oldest first. */
export const told = ({ log }: Side): string[] =>
  log
    .read('', 10_000)
    .reverse()
    .map(({ entry }) =>
      entry.what === 'outcome' ? entry.outcome : entry.what === 'dropped' ? entry.why : entry.what,
    )
