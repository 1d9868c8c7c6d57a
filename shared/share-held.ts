// What a destination still has of what was sent to it, as it says itself when it is shown the secrets, beside what the
// log says it should have.
import * as v from 'valibot'

export const HeldArgs = v.strictObject({
  /** The address that the person was shown; null asks nobody, and tells who could be asked. */
  address: v.nullable(v.pipe(v.string(), v.maxLength(4096))),
})

/** In the order in which they are told. */
export const heldStates = [
  /** As it should be: there to the byte, or gone. */
  'there',
  'gone',
  /** Its deletion was asked for and isn't confirmed. */
  'not yet',
  /** Nobody answered when it was sent: now one knows. */
  'arrived',
  'never arrived',
  /** Older than servers keep. */
  'forgotten',
  /** Not as it should be: its deletion was confirmed, and it is there; it should be there, and isn't, or is another. */
  'remains',
  'missing',
  'other bytes',
] as const
export type HeldState = (typeof heldStates)[number]

export interface HeldReport {
  readonly batch: string
  /** "smart-agents 2026-11-20" */
  readonly about: readonly string[]
  readonly state: HeldState
}
export interface Held {
  readonly to: string
  readonly sentTo: string
  /** Where it is asked, and nowhere else. */
  readonly address: string
  /** Of so many batches, with the secret of each. */
  readonly batches: number
  /** Null where nobody was asked. */
  readonly compared: { readonly at: string; readonly reports: readonly HeldReport[] } | null
}
