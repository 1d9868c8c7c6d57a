// What changed, each change in one sentence and one for its cause. Figures and the day come in as text that is
// already written; the rate is in events a day.
import type { Change } from '../viewer/insights.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

type Cause = NonNullable<Change['explanation']>

export interface ChangeText {
  readonly metric: Change['metric']
  readonly rises: boolean
  readonly before: string
  readonly after: string
  readonly day: string
  /** What the figures are of, where they are not of all. */
  readonly part: Named | null
  readonly cause:
    | (Named & {
        readonly how: Cause['how']
        /** How much of the change it accounts for. */
        readonly share: string
      })
    | null
}
interface Named {
  /** A dimension's name as it stands in filters. */
  readonly dimension: string
  readonly value: string
}

const what: Readonly<Record<Change['metric'], (change: ChangeText) => string>> = {
  rate: ({ before, after, ...change }) =>
    `Events${of(change)} ${went(change)} from ${before} to ${after} a day`,
  'error rate': ({ before, after, ...change }) =>
    `The error rate${of(change)} ${went(change)} from ${before} to ${after}`,
  latency: ({ before, after, ...change }) =>
    `The median duration${of(change)} ${went(change)} from ${before} to ${after}`,
}
const went = ({ rises }: Pick<ChangeText, 'rises'>): string => (rises ? 'rose' : 'fell')
const of = ({ part }: Pick<ChangeText, 'part'>): string => (part === null ? '' : ` of ${named(part)}`)

const why: Readonly<Record<Cause['how'], (named: string, share: string) => string>> = {
  new: (named, share) => `${first(named)}, first seen then, accounts for ${share} of it.`,
  gone: (named, share) => `${first(named)}, not seen since, accounts for ${share} of it.`,
  itself: (named, share) => `${first(named)} accounts for ${share} of it.`,
  mix: (named, share) => `The changed part of ${named} in all events accounts for ${share} of it.`,
}
const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const noun = (dimension: string): string =>
  dimension === 'kind' ? 'kind of event' : dimension === 'os' ? 'operating system' : dimension
const named = ({ dimension, value }: Named): string => `${noun(dimension)} ${value}`

const { noun: counted } = nounsIn('en')
const metrics = { rate: 'Events', 'error rate': 'Error rate', latency: 'Median duration' } satisfies Record<
  Change['metric'],
  string
>

export const changeWords = {
  title: 'What changed',
  sentence: (change: ChangeText): string => {
    const { cause, day } = change
    const step = `${what[change.metric](change)} on ${day}.`
    return cause === null ? step : `${step} ${why[cause.how](named(cause), cause.share)}`
  },
  /** Of the picture: one value for each day, a level until the step and another from it on. */
  pictureSays: (days: Count, span: string, before: string, after: string): string =>
    `${counted(days, { one: 'day', other: 'days' })}, ${span}: about ${before} before the step, ${after} from it on.`,
  day: 'Day',
  metrics,
  more: (changes: Count): string => counted(changes, { one: 'more change', other: 'more changes' }),
  fewer: 'Fewer changes',
  /** Where there was something before other rows were chosen. */
  none: 'Nothing changed lastingly in what is chosen.',
}
export type ChangeWords = Like<typeof changeWords>
