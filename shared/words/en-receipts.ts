// What the window and a terminal say of a community server's receipts.
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const { noun } = nounsIn('en')

export const receipts = {
  verified: (count: Count) => `${noun(count, { one: 'signed receipt', other: 'signed receipts' })} verified.`,
  missing: (count: Count) =>
    `${noun(count, { one: 'acknowledgement', other: 'acknowledgements' })} without a receipt: the server signed nothing.`,
  'key unknown': (count: Count) =>
    `${noun(count, { one: 'receipt', other: 'receipts' })} not checked: the server’s key was never seen.`,
  wrong: (entry: string, fault: string) => `The receipt in entry ${entry} is wrong: ${fault}.`,
  faults: {
    key: 'its key was refused',
    signature: 'its signature isn’t that of its key',
    batch: 'it is about another report',
    bytes: 'it is about other bytes than were sent',
    unread: 'what was signed is no receipt',
  },
  refusedKey: (server: string, id: string) =>
    `${server} showed the key ${id}, which no key that is believed has signed: it is refused.`,
  /** Beside an entry of the log. */
  states: {
    verified: 'receipt verified',
    missing: 'no receipt',
    wrong: 'receipt wrong',
    'key unknown': 'receipt not checked yet',
  },
  keys: (server: string, accepted: string, refused: string) =>
    `Keys of ${server}: ${accepted} believed, ${refused} refused`,
}
