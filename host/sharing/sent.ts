// What lies with others: every batch of which at least a part was tried, whether it is to be deleted, and whether it is.
import type { LogEntry } from '../../shared/share-log.ts'
import type { SentReport, Shared } from '../../shared/share.ts'
import type { TakeBack } from '../../shared/share-destinations.ts'
import { readOutbound } from '../../shared/sharing/anonymize.ts'
import type { Request, Sender } from '../../senders/sender.ts'
import { number, text } from './database.ts'
import type { Kept } from './database.ts'
import { senderNamed } from './destinations.ts'
import { sha256 } from './freeze.ts'
import type { Store } from './store.ts'

export function takeBackOf(sender: Sender): TakeBack {
  if (sender.forget !== undefined) return 'proof'
  return local[sender.name] ?? 'ask'
}
const local: Readonly<Record<string, TakeBack>> = { file: 'own file', console: 'nothing kept' }

const sentBatches = `SELECT batch.*, deletion.asked, deletion.confirmed, deletion.last_error FROM batch
  LEFT JOIN deletion ON deletion.batch = batch.id
  WHERE delivered > 0 OR EXISTS (SELECT 1 FROM item WHERE item.batch = batch.id AND attempts > 0)
    OR NOT EXISTS (SELECT 1 FROM item WHERE item.batch = batch.id)`

export const listSent = (store: Store): Kept[] => store.look()?.db.all(sentBatches) ?? []

/** What was sent to one address. */
export interface SentTo {
  readonly to: string
  readonly address: string
  readonly sender: Sender | null
  readonly rows: readonly Kept[]
}
export function listSentTo(store: Store): SentTo[] {
  const groups = Map.groupBy(listSent(store), (row) => `${text(row, 'destination')} ${text(row, 'address')}`)
  return [...groups.values()].map((rows) => {
    const [first = null] = rows
    const to = text(first, 'destination')
    return { to, address: text(first, 'address'), sender: senderNamed(to), rows: rows.toSorted(newestFirst) }
  })
}
const newestFirst = (a: Kept, b: Kept): number => (lastDay(a) < lastDay(b) ? 1 : -1)
const lastDay = (row: Kept): string => daysIn(row).at(-1) ?? ''

export const listShared = (store: Store): Shared[] => listSentTo(store).map(summed)

function summed({ to, address, sender, rows }: SentTo): Shared {
  const days = rows.flatMap(daysIn).sort()
  return {
    ...{ to, address },
    batches: rows.length,
    firstDay: days[0] ?? '',
    lastDay: days.at(-1) ?? '',
    takeBack: sender === null ? 'ask' : takeBackOf(sender),
    pending: rows.filter((row) => row['asked'] !== null && row['confirmed'] === null).length,
    confirmed: rows.filter((row) => row['confirmed'] !== null).length,
    sent: rows.map(sentReport),
  }
}

function sentReport(row: Kept): SentReport {
  const lastError = row['last_error'] === null ? null : text(row, 'last_error')
  return {
    batch: text(row, 'id'),
    about: aboutIn(row),
    arrived: number(row, 'delivered') > 0,
    deletion: deletionOf(row, lastError),
    lastError,
  }
}

function deletionOf(row: Kept, lastError: string | null): SentReport['deletion'] {
  if (row['confirmed'] !== null) return 'confirmed'
  if (row['asked'] === null) return 'none'
  return lastError === null ? 'asked' : 'refused'
}

const reportsIn = (row: Kept) => readOutbound(JSON.parse(text(row, 'reports'))) ?? []
export const daysIn = (row: Kept): string[] => reportsIn(row).map(({ day }) => day)
/** "smart-agents 2026-11-20" */
export const aboutIn = (row: Kept): string[] => reportsIn(row).map(({ format, day }) => `${format} ${day}`)

/** As the log has it: a secret proves who may ask, so all stands there but that. */
export function attemptWithSecrets(
  { address, method, body }: Request,
  secrets: readonly string[],
  about: { readonly destination: string; readonly key: string; readonly about: readonly string[] },
): Extract<LogEntry, { what: 'attempt' }> {
  return {
    what: 'attempt',
    ...about,
    ...{ address, method },
    body: secrets.reduce((text, secret) => text.replaceAll(secret, '•secret•'), body),
    bytes: Buffer.byteLength(body),
    sha256: sha256(body),
  }
}
