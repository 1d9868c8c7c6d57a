// The log of all that this program sent, as `share log --out` and the Sharing screen write it: one entry a line, each
// with the hash that chains it to the one before.
import type { Format } from './format.ts'
import { textProof } from './text-tables.ts'

export const sharingLog: Format = {
  name: 'sharing-log',
  title: 'Sightglass',
  proof: textProof('sharing_log'),
  events: {
    table: 'sharing_log',
    key: 'line',
    json: 'data',
    time: { from: [{ json: 'at' }], encoding: 'iso' },
    kind: { column: 'record' },
    outcome: { from: [{ json: 'outcome' }], succeeded: ['delivered', 'duplicate'] },
    failedKinds: [],
    duration: null,
    dimensions: [
      { name: 'destination', from: [{ json: 'destination' }] },
      { name: 'address', from: [{ json: 'address' }], sensitive: true },
      { name: 'outcome', from: [{ json: 'outcome' }] },
      { name: 'reason', from: [{ json: 'why' }] },
    ],
    measures: [{ name: 'bytes', from: [{ json: 'bytes' }], unit: 'bytes' }],
  },
  sensitive: ['sharing_log.data'],
}
