// Local days, right across daylight-saving changes. Asking Intl for every event would take seconds for a
// million of them, so the offset is asked for once for each 30 days, and searched for where it changes within. Times of a
// broken file may lie anywhere in half a million years: far from our own, where clocks follow rules or none, the calendar
// repeats itself every 400 years, and their clocks with it.

export interface Zone {
  readonly name: string
  /** Milliseconds to add to UTC to read local time off it. */
  offsetAt(time: number): number
  /** The local day as days since 1970-01-01. */
  dayOf(time: number): number
  /** Minutes since local midnight by the clock on the wall. */
  minuteOf(time: number): number
  /** When a local day begins. Where midnight doesn't exist on a day, its first moment. */
  startOf(day: number): number
}

export const dayLength = 86_400_000
const block = 30 * dayLength
const limit = 8.64e15
/** In between, clocks were and are changed at anyone's will; two changes may lie days apart. */
const [oldest, newest] = [Date.UTC(1900, 0, 1), Date.UTC(2100, 0, 1)]
/** Before the one no clock was changed yet, and after the other all follow today's rules. */
const [past, future] = [Date.UTC(1800, 0, 1), Date.UTC(2200, 0, 1)]
const cycle = 146_097 * dayLength
const mod = (value: number, by: number): number => ((value % by) + by) % by

/** A time in our calendar's last or next 400 years whose clocks stand alike. */
function nearer(time: number): number {
  if (time < past) return past - cycle + mod(time - past, cycle)
  return time < future ? time : future + mod(time - future, cycle)
}

export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  })
  const ask = (time: number): number => {
    const part: Record<string, string> = {}
    for (const { type, value } of format.formatToParts(time)) part[type] = value
    const year = Number(part['year'])
    const local = new Date(0)
    local.setUTCFullYear(
      part['era'] === 'BC' ? 1 - year : year,
      Number(part['month']) - 1,
      Number(part['day']),
    )
    local.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']), 0)
    return local.getTime() - Math.floor(time / 1000) * 1000
  }

  interface Piece {
    readonly until: number
    readonly offset: number
  }
  const blocks = new Map<number, readonly Piece[]>()
  const piecesOf = (index: number): readonly Piece[] => {
    const known = blocks.get(index)
    if (known) return known
    const pieces: Piece[] = []
    const end = Math.min((index + 1) * block, limit)
    let at = Math.max(index * block, -limit)
    let offset = ask(at)
    while (at < end) {
      const next = Math.min(at + (at >= oldest && at < newest ? dayLength : block / 3), end)
      const there = ask(next)
      if (there !== offset) {
        pieces.push({ until: firstWith(at, next, offset), offset })
        offset = there
      }
      at = next
    }
    pieces.push({ until: Infinity, offset })
    blocks.set(index, pieces)
    return pieces
  }
  const firstWith = (from: number, to: number, before: number): number => {
    let [low, high] = [from, to]
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000
      if (middle <= low) break
      if (ask(middle) === before) low = middle
      else high = middle
    }
    return high
  }

  let last: { index: number; only: number } | null = null
  const offsetAt = (time: number): number => {
    if (!(Math.abs(time) <= limit)) return 0
    const near = nearer(time)
    const index = Math.floor(near / block)
    if (last !== null && last.index === index) return last.only
    const pieces = piecesOf(index)
    if (pieces.length === 1) {
      last = { index, only: pieces[0]?.offset ?? 0 }
      return last.only
    }
    return pieces.find((piece) => near < piece.until)?.offset ?? 0
  }
  const dayOf = (time: number): number => Math.floor((time + offsetAt(time)) / dayLength)
  return {
    name,
    offsetAt,
    dayOf,
    minuteOf: (time) => {
      const local = time + offsetAt(time)
      return Math.floor((local - Math.floor(local / dayLength) * dayLength) / 60_000)
    },
    startOf: (day) => {
      // Guess by the offset at noon, then walk to the first moment that belongs to the day.
      const guess = day * dayLength - offsetAt(day * dayLength + dayLength / 2)
      if (dayOf(guess) === day && dayOf(guess - 1) === day - 1) return guess
      let [low, high] = [guess - dayLength / 4, guess + dayLength / 4]
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (dayOf(middle) >= day) high = middle
        else low = middle
      }
      return high
    },
  }
}

/** 20777 -> 2026-11-20. */
export function dayName(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10)
}
