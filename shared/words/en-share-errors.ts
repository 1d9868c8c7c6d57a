import type { TrendsFault, TrendsRefusal } from '../community/trends.ts'
import type { ReleaseFault } from '../releases.ts'
import type { AddressFault, Unread } from '../result.ts'
import type { Explain } from './explain.ts'

const addressFaults: Readonly<Record<AddressFault, string>> = {
  'not-an-address': 'is no address such as https://sharing.example.org',
  'user-info': 'holds a name or password, which addresses here never do',
  'not-https': 'is not https; plain http is for a server on this same machine only',
  fragment: 'holds a #, which no server ever gets',
  query: 'holds a ?, with which something could go along',
}

const trendsFaults: Readonly<Record<TrendsFault, string>> = {
  'too-large': 'is larger than any trends file (8 MB)',
  'not-json': 'is not JSON, or was cut short',
  'not-trends': 'is JSON, but no trends file of a community server',
  'other-version': 'is of another version than this program reads',
  malformed: 'has an entry that is none of a trends file',
  name: 'holds a name with signs that no name has',
  range: 'names a range that doesn’t exist',
  week: 'has a week that is none, or one twice',
  totals: 'has sums that don’t add up',
  'too-few': 'tells of fewer people than its own threshold',
}
const whyRefused = ({ fault, where }: TrendsRefusal): string =>
  `The file ${trendsFaults[fault]}${where === '' ? '' : ` (${where})`}. Nothing of it is shown.`

const unreached = {
  name: 'there is no server of this name',
  refused: 'nothing answers there',
  certificate: 'its certificate is not one to be trusted',
  pin: 'its key is not the one you pinned',
  authority: 'the file of your own certificate authority holds none that can be read',
  'time-out': 'it did not answer in time',
  lost: 'the connection broke off',
}

const notRead = ({ address, why, detail }: Unread): string =>
  `${address} can’t be read: ${unreached[why]} (${detail}). Nothing of yours was sent.`

const releaseFaults: Readonly<Record<ReleaseFault, string>> = {
  'too-large': 'is longer than it ever is',
  'not-json': 'is not JSON, or was cut short',
  malformed: 'holds no version and page',
  elsewhere: 'leads to another server than the one that was asked',
}

/** What can go wrong with sharing and with asking for updates, or is refused. */
export const shareErrors = {
  'share-off': () => 'Sharing is off, so nothing is sent. Look at share preview, then switch it on.',
  'share-forced-off': ({ by }) =>
    by === 'policy'
      ? 'The machine’s policy file keeps sharing off. Whoever looks after the machine can change that.'
      : `The environment has ${by} set, which keeps sharing off. It can be switched on where that isn’t set.`,
  'preview-unseen': () =>
    'What would leave is not what the preview showed. Nothing was switched on. Look at the preview anew.',
  'nothing-to-share': () =>
    'There is no whole day to show: no file is ticked, or none of them has events before today (UTC). Tick one that has some. Sharing stays off until there is something to see.',
  'export-not-shared': ({ path }) =>
    `${path} was exported from another file. Share from the file that your tool writes to; exports never are.`,
  'sample-not-shared': ({ path }) => `${path} holds made-up sample data, which is never shared.`,
  'batch-unknown': () => 'This is no longer waiting: it was sent, or taken out.',
  'destination-unknown': ({ known }) => `There is no such destination. There are: ${known.join(', ')}.`,
  'destination-unset': ({ name }) => `${name} is not set as a destination. share to lists those that are.`,
  'key-sealed': ({ name, why, variable }) =>
    why === 'not opened'
      ? `The key of ${name} was sealed by a key store that can’t open it any more. It counts as not set: set it anew.`
      : `The key of ${name} lies in the system’s key store, which only the desktop window can open. Nothing is sent to ${name} from here: use the window, ${variable === null ? '' : `give the key in ${variable}, `}or set it anew here, which takes the sealed one away.`,
  'need-unknown': ({ need, known }) =>
    known.length === 0
      ? `This destination has no “${need}”.`
      : `This destination has no “${need}”. It has: ${known.join(', ')}.`,
  'need-missing': ({ need }) => `This destination needs its ${need}.`,
  'path-not-whole': ({ need }) => `The ${need} must be whole, from the root of the disk on.`,
  'bad-address': ({ need, why }) => `The ${need} ${addressFaults[why]}.`,
  'bad-key': ({ need }) =>
    `The ${need} can only hold letters, digits and signs of ASCII, without spaces. It was not kept.`,
  'address-changed': ({ address }) => `Reports go to ${address} now. Look at it, and test again.`,
  'trends-refused': whyRefused,
  'trends-unreached': (unread) => `${notRead(unread)} Look at the address, or open a saved file.`,
  'trends-not-given': ({ address, status }) =>
    `${address} answered with status ${status}: no trends are published there yet, or it is no community server.`,
  'held-unreached': ({ address, why, detail }) =>
    `${address} can’t be asked: ${unreached[why]} (${detail}). Nothing is known of what is still there.`,
  'held-not-told': ({ address, status }) =>
    `${address} answered with status ${status} and nothing that tells what is still there.`,
  'release-unreached': (unread) => `${notRead(unread)} Try again later.`,
  'release-not-given': ({ address, status }) =>
    `${address} answered with status ${status}: no release is published there.`,
  'release-refused': ({ address, fault }) =>
    `The answer of ${address} ${releaseFaults[fault]}. Nothing of it is shown.`,
} satisfies Partial<Explain>
