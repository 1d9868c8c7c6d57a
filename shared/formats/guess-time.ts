// Which encoding a column of times is in, told by what its values would mean: every encoding that gives moments
// between 2000 and today is a candidate, weighed by how common it is and by what the names say. Where two fit
// nearly as well, both are told; nothing is decided silently.
import type { Cell } from '../viewer/sqlite.ts'
import { saysZone } from './time-text.ts'
import { timeDecoders, timeEncodings } from './time.ts'
import type { TimeEncoding } from './time.ts'

export type Confidence = 'sure' | 'likely' | 'unsure'

export interface TimeGuess {
  readonly encoding: TimeEncoding
  readonly confidence: Confidence
  /** 0 to 1: how well the values fit. */
  readonly fit: number
  /** What else the same values could mean, best first. */
  readonly others: readonly TimeEncoding[]
  /** Text without a zone, which is read as UTC. */
  readonly withoutZone: boolean
  /** Earliest and latest of the values looked at. */
  readonly first: number
  readonly last: number
}

export interface TimeHint {
  readonly table: string
  readonly column: string
  /** The type it was declared with. */
  readonly declared: string
}

const year = (number: number): number => Date.UTC(number, 0, 1)
const [y1990, y2000, y2035, y2100] = [year(1990), year(2000), year(2035), year(2100)]

/** How believable a moment is in telemetry. */
function belief(time: number): number {
  if (time >= y2000 && time < y2035) return 1
  return time >= y1990 && time < y2100 ? 0.3 : 0
}

/** How common an encoding is, before names say anything. */
const common: Readonly<Partial<Record<TimeEncoding, number>>> = {
  webkit: 0.95,
  filetime: 0.9,
  ticks: 0.8,
  cocoa: 0.45,
  'cocoa-nanoseconds': 0.35,
  gps: 0.15,
  julian: 0.9,
  ole: 0.3,
  'date-number': 0.95,
  mixed: 0,
}

/** Smaller numbers would all be moments right after the encoding's beginning. */
const least: Readonly<Partial<Record<TimeEncoding, number>>> = { cocoa: 1e7, 'cocoa-nanoseconds': 1e16 }

const textual = new Set<TimeEncoding>(['iso', 'compact', 'mail', 'month-first', 'day-first', 'uuid7', 'ulid'])

/** Names of encodings in the names of columns and tables. */
const spoken: readonly (readonly [RegExp, TimeEncoding])[] = [
  [/gps/i, 'gps'],
  [/cocoa|apple|^Z[A-Z]+$/, 'cocoa'],
  [/cocoa|apple/i, 'cocoa-nanoseconds'],
  [/webkit|chrome/i, 'webkit'],
  [/filetime/i, 'filetime'],
  [/ticks/i, 'ticks'],
  [/julian|^jd$|_jd$/i, 'julian'],
  [/\bole\b|^ole_|_ole$|oadate|automation/i, 'ole'],
  [/yyyymmdd/i, 'date-number'],
]

/** Columns that hold numbers of which some would make a date. */
const notTimes =
  /(^|_)(id|ids|no|nr|num|number|phone|tel|size|bytes?|count|total|amount|price|cost|port|hash|checksum|version|length|len|offset|index|idx|seq|sequence|code|zip|score|value|duration|elapsed|ms_taken|tokens?|width|height|pid|rank|position|rowid|key|parent)$/i
const timeWords =
  /(^|_)(last|first)?(ts|time|timestamp|datetime|date|day|at|when|on|utc|created|updated|modified|started|ended|start|end|mtime|ctime|atime|clock|epoch|seen|logged|occurred|recorded|hour|moment|stamp)(_?(ts|ms|us|ns|s|utc|at|on|time|date|nanos|added|created|modified|updated|used|visited))?($|_)/i
const timeTypes = /date|time/i

/** 1 for a name that says time, -1 for one that says something else, 0 for one that says nothing. */
export function timeName({ column, declared }: Pick<TimeHint, 'column' | 'declared'>): number {
  if (timeTypes.test(declared)) return 1
  if (/^Z?[A-Z]*(DATE|TIME)$/.test(column) || /(time|date|stamp)$/i.test(column)) return 1
  const plain = column.replace(/([a-z])([A-Z])/g, '$1_$2')
  if (notTimes.test(plain)) return -1
  return timeWords.test(plain) ? 1 : 0
}

/** What tools write where they have no time. */
const isNoTime = (value: Cell): boolean =>
  value === null || value === '' || Number(value) === 0 || Number(value) === -1

interface Candidate {
  readonly encoding: TimeEncoding
  readonly score: number
  readonly share: number
}

/** Null where the values are no times, or the name says that they are something else. */
export function guessTime(values: readonly Cell[], hint: TimeHint): TimeGuess | null {
  const present = values.filter((value) => !isNoTime(value))
  if (present.length === 0) return null
  const named = timeName(hint)
  const candidates = timeEncodings
    .map((encoding) => weigh(encoding, present, hint))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const mixed = findMixed(present)
  const best = mixed ?? candidates[0]
  if (best === undefined || best.score < 0.05) return null
  const text = textual.has(best.encoding)
  if (!text && (named < 0 || (named === 0 && !isPlainlyTime(best)))) return null
  const others = candidates.filter(
    (one) => one.encoding !== best.encoding && isRival(one, best) && textual.has(one.encoding) === text,
  )
  const times = present.map(timeDecoders[best.encoding]).filter((time) => !Number.isNaN(time))
  return {
    encoding: best.encoding,
    confidence: mixed ? 'unsure' : confidenceOf(best, others, text || named > 0),
    fit: best.share,
    others: others.map(({ encoding }) => encoding),
    withoutZone:
      best.encoding === 'iso' && present.some((value) => typeof value === 'string' && !saysZone(value)),
    first: times.reduce((a, b) => Math.min(a, b), Infinity),
    last: times.reduce((a, b) => Math.max(a, b), -Infinity),
  }
}

/** Of numbers that nobody calls a time: random ones are moments, too, now and then. */
const isPlainlyTime = ({ share, score }: Candidate): boolean => share >= 0.8 && score >= 0.5

/** As good as half the best, or without a doubt where the best one has some. */
function isRival(one: Candidate, best: Candidate): boolean {
  return one.score >= best.score * 0.5 || (best.share < 0.95 && one.share >= 0.95)
}

function confidenceOf(best: Candidate, others: readonly Candidate[], named: boolean): Confidence {
  if (others.length > 0 || best.share < 0.6) return 'unsure'
  if (best.share >= 0.8 && named && best.score >= 0.4) return 'sure'
  return 'likely'
}

function weigh(encoding: TimeEncoding, values: readonly Cell[], hint: TimeHint): Candidate {
  const none = { encoding, score: 0, share: 0 }
  const prior = priorOf(encoding, hint)
  if (prior === 0 || !canHold(encoding, values)) return none
  let sum = 0
  for (const value of values) {
    if (textual.has(encoding) && typeof value !== 'string') continue
    if (encoding in least && Number(value) < (least[encoding] ?? 0)) continue
    const time = timeDecoders[encoding](value)
    if (!Number.isNaN(time)) sum += belief(time)
  }
  const share = sum / values.length
  return { encoding, score: share * prior, share }
}

function priorOf(encoding: TimeEncoding, { table, column }: TimeHint): number {
  if (encoding === 'mixed') return 0
  const said = spoken.some(
    ([words, named]) => named === encoding && (words.test(column) || words.test(table)),
  )
  return said ? 1 : (common[encoding] ?? 1)
}

/** Days with a fraction are never whole numbers; without one they are any number. */
function canHold(encoding: TimeEncoding, values: readonly Cell[]): boolean {
  if (encoding === 'julian' || encoding === 'ole')
    return values.some((value) => typeof value === 'number' && !Number.isInteger(value))
  if (encoding === 'day-first' || encoding === 'month-first')
    return values.every((value) => typeof value !== 'string' || !Number.isNaN(timeDecoders[encoding](value)))
  return true
}

const units: readonly TimeEncoding[] = ['seconds', 'milliseconds', 'microseconds', 'nanoseconds']

/** Each value fits one of the four units since 1970, but not all of them the same. */
function findMixed(values: readonly Cell[]): Candidate | null {
  const fits = units.map(
    (unit) =>
      values.filter((value) => {
        const time = timeDecoders[unit](value)
        return time >= y2000 && time < y2035
      }).length / values.length,
  )
  const all = fits.reduce((sum, fit) => sum + fit, 0)
  const several = fits.filter((fit) => fit >= 0.02).length > 1
  return several && all >= 0.95 ? { encoding: 'mixed', score: all, share: all } : null
}
