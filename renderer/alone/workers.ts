import Counter from '../worker/count.ts?worker&inline'
import Reader from '../worker.ts?worker&inline'
import type { Workers } from '../workers.ts'

export const ownWorkers: Workers = {
  counter: () => new Counter(),
  reader: () => new Reader(),
  ofHost: null,
}
