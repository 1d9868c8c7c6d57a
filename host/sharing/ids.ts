import type { Ids } from '../../senders/sender.ts'
import { shownIds } from '../../shared/sharing/wire.ts'

/** For a preview while nothing is frozen: zeros, which no server takes. */
export const exampleIds: Ids = { ...shownIds, idOf: () => shownIds.batchId }
