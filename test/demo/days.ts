// Days as they pass for many people at once: each opens the program when they do, it looks for what is due, and looks
// again when something becomes due while it is open. What happens first in the world happens first here.
import type { Installation, SetClock } from './installation.ts'
import { good } from './installation.ts'
import { day, hour } from './habits.ts'

interface Moment {
  readonly at: number
  /** When the program is closed again. */
  readonly until: number
  readonly who: Installation
}

export async function passDays(
  people: readonly Installation[],
  clock: SetClock,
  { from, until }: { readonly from: number; readonly until: number },
  passed: (midnight: number) => void = () => {},
): Promise<void> {
  let coming: Moment[] = []
  for (let midnight = from; midnight < until; midnight += day) {
    for (const who of people) {
      const opened = who.habits.opens(midnight)
      if (opened !== null) coming.push({ ...opened, who })
    }
    const tomorrow = midnight + day
    const later: Moment[] = []
    coming = coming.toSorted((a, b) => a.at - b.at)
    for (let moment = coming.shift(); moment !== undefined; moment = coming.shift()) {
      if (moment.at >= tomorrow) {
        later.push(moment)
        continue
      }
      clock.now = moment.at
      const { next } = await good(moment.who.sharing.look())
      const at = next === null ? Infinity : Math.max(Date.parse(next), moment.at + 5000)
      if (at < moment.until) insert(coming, { ...moment, at })
    }
    coming = later
    passed(midnight)
  }
}

function insert(coming: Moment[], moment: Moment): void {
  const place = coming.findIndex(({ at }) => at > moment.at)
  coming.splice(place === -1 ? coming.length : place, 0, moment)
}

/** What still waits goes now, after the hour in which it could be looked at. */
export async function sendRest(people: readonly Installation[], clock: SetClock): Promise<void> {
  const watching = [() => {}, new AbortController().signal] as const
  for (const { handlers } of people) await good(handlers['share.now']({ to: null }, ...watching))
  let waiting = true
  for (let more = 1; waiting && more < 100; more++) {
    clock.now += hour / (more === 1 ? 1 : 30)
    waiting = false
    for (const { handlers } of people) {
      const looked = await good(handlers['share.now']({ to: null }, ...watching))
      waiting ||= looked.waiting > 0
    }
  }
}
