// What changed, each change in one sentence and one for its cause. Figures and the day come in as text that is
// already written; the rate is in events a day.
import type { Change } from '../viewer/insights.ts'

type Cause = NonNullable<Change['explanation']>

export interface ChangeText {
  readonly metric: Change['metric']
  readonly rises: boolean
  readonly before: string
  readonly after: string
  readonly day: string
  readonly cause: {
    readonly how: Cause['how']
    /** A dimension's name as it stands in filters. */
    readonly dimension: string
    readonly value: string
    /** How much of the change it accounts for. */
    readonly share: string
  } | null
}

const what: Readonly<Record<Change['metric'], (change: ChangeText) => string>> = {
  rate: ({ before, after, ...change }) => `Events ${went(change)} from ${before} to ${after} a day`,
  'error rate': ({ before, after, ...change }) => `The error rate ${went(change)} from ${before} to ${after}`,
  latency: ({ before, after, ...change }) => `The median duration ${went(change)} from ${before} to ${after}`,
}
const went = ({ rises }: Pick<ChangeText, 'rises'>): string => (rises ? 'rose' : 'fell')

const why: Readonly<Record<Cause['how'], (named: string, share: string) => string>> = {
  new: (named, share) => `${first(named)}, first seen then, accounts for ${share} of it.`,
  gone: (named, share) => `${first(named)}, not seen since, accounts for ${share} of it.`,
  itself: (named, share) => `${first(named)} accounts for ${share} of it.`,
  mix: (named, share) => `The changed part of ${named} in all events accounts for ${share} of it.`,
}
const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const noun = (dimension: string): string =>
  dimension === 'kind' ? 'kind of event' : dimension === 'os' ? 'operating system' : dimension

export const changeWords = {
  title: 'What changed',
  sentence: (change: ChangeText): string => {
    const { cause, day } = change
    const step = `${what[change.metric](change)} on ${day}.`
    return cause === null
      ? step
      : `${step} ${why[cause.how](`${noun(cause.dimension)} ${cause.value}`, cause.share)}`
  },
}
