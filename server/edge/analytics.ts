// Cloudflare's Analytics Engine, where the operator has bound one: what was new is counted there as well, for charts
// that cost D1 nothing. What it holds stays for three months and can't be deleted by anybody, so nothing in it leads to
// a person: an id stands there only as its hash under the key of the day, which is gone within 48 hours.
//
//   index1   the anonymous id under the key of the day it came; without one, the door
//   blob1    door       blob2  kind       blob3  operating system       blob4  version
//   blob5    the day it came, in UTC
//   double1  how many events
import type { Points } from '../door.ts'
import type { DayKeys } from '../network.ts'

/** What is used of the binding. */
export interface Dataset {
  writeDataPoint(point: {
    readonly indexes: readonly [string]
    readonly blobs: readonly string[]
    readonly doubles: readonly number[]
  }): void
}

/** It takes no more in one request; what is beyond them is in D1 alone. */
const mostPoints = 25

/** What can't be counted a second time was taken in all the same. */
export const pointsIn = (dataset: Dataset, keys: DayKeys): Points => ({
  add: (taken) => write(dataset, keys, taken).catch(() => {}),
})

async function write(
  dataset: Dataset,
  keys: DayKeys,
  { door, events, day }: Parameters<Points['add']>[0],
): Promise<void> {
  const key = await keys.keyOf(day)
  const alike = Map.groupBy(events, ({ anonymousId, kind, os, version }) =>
    JSON.stringify([anonymousId, kind, os, version]),
  )
  for (const group of [...alike.values()].slice(0, mostPoints)) {
    const [event] = group
    if (event === undefined) continue
    const { anonymousId, kind, os, version } = event
    dataset.writeDataPoint({
      indexes: [anonymousId === null ? door : (await key(`id ${anonymousId}`)).slice(0, 32)],
      blobs: [door, kind, os ?? '', version ?? '', day],
      doubles: [group.length],
    })
  }
}
