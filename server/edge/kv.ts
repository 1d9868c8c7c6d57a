// Cloudflare's KV for what must not lie in D1, whose point-in-time recovery keeps everything for up to 30 days: the
// keys that hide networks, and the journal of deletions; and for what is asked so often that D1 should not be. Each
// entry ends by itself.
import * as v from 'valibot'
import { ok } from '../../shared/result.ts'
import type { Journal, Nearby } from '../door.ts'
import type { Deletion } from '../forget.ts'
import { hexOf, importDayKey } from '../network.ts'
import type { DayKey, DayKeys } from '../network.ts'
import { daysBefore } from '../totals.ts'

/** What is used of the binding. */
export interface Kv {
  get(key: string): Promise<string | null>
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>
  delete(key: string): Promise<void>
  list(options: { prefix: string; cursor?: string }): Promise<{
    keys: { name: string }[]
    list_complete: boolean
    cursor?: string
  }>
}

/** Seconds: a key made on the eve of its day ends with its day. */
const keyLife = 46 * 3600

/**
 * KV tells other places of a write only after a minute, so two of them could make different keys for one day. That is
 * why the nightly run makes tomorrow's ahead.
 */
export function dayKeysIn(kv: Kv): DayKeys {
  const made = new Map<string, Promise<DayKey>>()
  const make = async (day: string): Promise<DayKey> => {
    const kept = await kv.get(`day key ${day}`)
    const hex = kept ?? hexOf(crypto.getRandomValues(new Uint8Array(32)))
    if (kept === null) await kv.put(`day key ${day}`, hex, { expirationTtl: keyLife })
    return importDayKey(Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16)))
  }
  const keyOf = (day: string): Promise<DayKey> => {
    const known = made.get(day)
    if (known !== undefined) return known
    made.clear()
    const key = make(day)
    made.set(day, key)
    return key
  }
  return { keyOf, tidy: async (today) => void (await make(daysBefore(today, -1))) }
}

/** Seconds. Other places may tell the file of before for as long after it was made anew. */
const nearbyLife = 3600

/** What KV can't give or keep, the store gives. */
export const nearbyIn = (kv: Kv): Nearby => ({
  read: async (name, fromStore) => {
    const kept = await kv.get(`nearby ${name}`).catch(() => null)
    if (kept !== null) return ok(kept)
    const found = await fromStore()
    if (found.ok && found.value !== null)
      await kv.put(`nearby ${name}`, found.value, { expirationTtl: nearbyLife }).catch(() => {})
    return found
  },
  forget: (name) => kv.delete(`nearby ${name}`),
})

const noteLife = 120 * 86_400
const Noted = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ id: v.string(), secretHash: v.string(), at: v.number() }),
)

export const journalIn = (kv: Kv): Journal => ({
  note: ({ id, secretHash, at }) =>
    kv.put(`deletion ${id} ${secretHash}`, JSON.stringify({ id, secretHash, at }), {
      expirationTtl: noteLife,
    }),
})

/** All deletions of the journal, to be carried out again after a recovery of D1. */
export async function* readJournal(kv: Kv): AsyncGenerator<readonly Deletion[]> {
  for (let cursor: string | undefined; ;) {
    const page = await kv.list({ prefix: 'deletion ', ...(cursor === undefined ? {} : { cursor }) })
    const texts = await Promise.all(page.keys.map(({ name }) => kv.get(name)))
    yield texts.flatMap((text) => {
      const read = v.safeParse(Noted, text)
      return read.success ? [read.output] : []
    })
    cursor = page.cursor
    if (page.list_complete || cursor === undefined) return
  }
}
