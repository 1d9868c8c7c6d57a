// How long until the next attempt. What a destination asks for is obeyed within reason; else the wait grows, and is
// drawn at random so that many programs don't all come back at the same moment.
const second = 1000
const hour = 3_600_000
const first = 5 * second
const longest = 15 * 60 * second

const shortestWait = second
const longestWait = hour

/** Milliseconds. `after` is a Retry-After: seconds, or a date. */
export function waitFor(after: string | null, attempts: number, now: number, random: () => number): number {
  const asked = after === null ? null : askedFor(after.trim(), now)
  if (asked !== null) return Math.min(Math.max(asked, shortestWait), longestWait)
  const most = Math.min(longest, first * 2 ** Math.min(attempts - 1, 20))
  return Math.max(shortestWait, Math.round(random() * most))
}

function askedFor(after: string, now: number): number | null {
  if (/^[+-]?\d+(\.\d+)?$/.test(after)) return Number(after) * second
  const date = /^[A-Z][a-z]{2},? /.test(after) ? Date.parse(after) : NaN
  return Number.isNaN(date) ? null : date - now
}
