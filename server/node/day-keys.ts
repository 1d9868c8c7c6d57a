// The keys that hide networks, in a file apart from the store. A backup never holds it.
import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { DayKey, DayKeys } from '../network.ts'
import { dayKeyOf } from './digests.ts'
import { readSecret, writeSecret } from './files.ts'

const Kept = v.record(v.pipe(v.string(), v.isoDate()), v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)))

export function dayKeysIn(path: string): DayKeys {
  const made = new Map<string, DayKey>()
  const read = (): v.InferOutput<typeof Kept> => readSecret(path, Kept) ?? {}
  const make = (day: string): DayKey => {
    const kept = read()
    const bytes = kept[day] ?? randomBytes(32).toString('hex')
    if (kept[day] === undefined) writeSecret(path, JSON.stringify({ [day]: bytes })) // the others' days are over
    return dayKeyOf(Buffer.from(bytes, 'hex'))
  }
  return {
    keyOf: async (day) => {
      const known = made.get(day)
      if (known !== undefined) return known
      const key = make(day)
      made.clear()
      made.set(day, key)
      return key
    },
    tidy: async (today) => {
      for (const day of made.keys()) if (day !== today) made.delete(day)
      const kept = read()
      if (Object.keys(kept).some((day) => day !== today))
        writeSecret(path, JSON.stringify(kept[today] === undefined ? {} : { [today]: kept[today] }))
    },
  }
}
