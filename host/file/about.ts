// What a list of files says of each: its format, and the span of time its events cover. It is looked at while nobody
// asked for the file, so it must cost little: a file of many rows is read at its two ends only, where tools that
// append have their earliest and latest events.
import type { FileAbout } from '../../shared/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import type { EventReader, RowSpan } from '../../shared/viewer/events.ts'
import type { Sqlite } from '../../shared/viewer/sqlite.ts'
import type { Job } from '../jobs.ts'
import { openAs } from './read-as.ts'
import { explainOpened } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface AboutFile {
  input: ReadOnlyInput
  output: FileAbout
}

const whole = 20_000n
const atEachEnd = 1000n

export const aboutFile: Job<'about'> = async (input, port) => {
  const opened = await openAs(input, port.progress, 'briefly')
  if (!opened.ok) return opened
  const { db, format, events, close } = opened.value
  try {
    return ok({ title: format.title, ...timesOf(db, events) })
  } catch (error) {
    return fail(explainOpened(error, opened.value))
  } finally {
    await close()
  }
}

function timesOf(db: Sqlite, reader: EventReader): { first: number | null; last: number | null } {
  const span = reader.span(db)
  let [first, last] = [Infinity, -Infinity]
  for (const part of span === null ? [undefined] : endsOf(span)) {
    let left = Number(whole)
    for (const { time } of reader.read(db, part)) {
      if (time < first) first = time
      if (time > last) last = time
      if (--left === 0) break // without row numbers there are no ends to look for
    }
  }
  return first > last ? { first: null, last: null } : { first, last }
}

function endsOf(span: RowSpan): RowSpan[] {
  if (span.to - span.from < whole) return [span]
  return [
    { from: span.from, to: span.from + atEachEnd },
    { from: span.to - atEachEnd, to: span.to },
  ]
}
