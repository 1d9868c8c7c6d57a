// What was counted of the opened file last: its charts, their percentiles, and what changed. Each comes in its own
// time, and until then that of the view before stands there.
import type { Details, Overview } from '../shared/viewer/charts.ts'
import { keepsFound } from './changes.ts'
import type { FoundChanges } from './changes.ts'
import type { FromCounter } from './worker/messages.ts'

export class Counted {
  overview = $state.raw<Overview | null>(null)
  /** Percentiles; they come a moment after the overview. */
  details = $state.raw<Details | null>(null)
  /** The overview whose percentiles they are. */
  detailed = $state.raw<Overview | null>(null)
  /** What changed; it comes when the rows have come to rest. */
  changes = $state.raw<FoundChanges | null>(null)

  protected takeCounted(message: Extract<FromCounter, { type: 'overview' | 'details' | 'changes' }>): void {
    if (message.type === 'overview') this.overview = message.overview
    else if (message.type === 'changes') this.changes = keepsFound(this.changes, message)
    else {
      this.details = message.details
      this.detailed = this.overview
    }
  }

  protected forgetCounted(): void {
    this.overview = null
    this.details = null
    this.detailed = null
    this.changes = null
  }
}
