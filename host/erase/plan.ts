// What one deletion is bound to. The host keeps it between the preview and the deletion, never on disk.
import type { Format } from '../../shared/formats/format.ts'
import type { Identity } from './identity.ts'
import type { PickedRows } from './picks.ts'

export interface ErasePlan {
  readonly path: string
  readonly identity: Identity
  readonly format: Format
  /** What depends comes first. The digest is of all that stands in the rows. */
  readonly tables: readonly (PickedRows & { readonly digest: string })[]
  /** The tables of events, in the order of the format. */
  readonly eventTables: readonly string[]
  readonly fullText: readonly string[]
  /** Nothing in the file speaks of row numbers that a rewrite of it would change. */
  readonly mayRewrite: boolean
}
