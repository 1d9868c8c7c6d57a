import type { ChangeText, changeWords as english } from './en-changes.ts'
import { dimension as noun } from './de-names.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'

const { noun: counted } = nounsIn('de')

type Named = NonNullable<ChangeText['part']>
type Cause = NonNullable<ChangeText['cause']>

const named = ({ dimension, value }: Named): string => `${noun(dimension)} ${value}`
const of = ({ part }: ChangeText): string => (part === null ? '' : ` bei ${named(part)}`)

const what: Readonly<Record<ChangeText['metric'], (change: ChangeText) => string>> = {
  rate: (change) =>
    `Am ${change.day} ${change.rises ? 'stieg' : 'fiel'} die Zahl der Ereignisse${of(change)} von ${change.before} auf ${change.after} am Tag.`,
  'error rate': (change) =>
    `Am ${change.day} ${change.rises ? 'stieg' : 'fiel'} die Fehlerquote${of(change)} von ${change.before} auf ${change.after}.`,
  latency: (change) =>
    `Am ${change.day} ${change.rises ? 'stieg' : 'fiel'} der Median der Dauer${of(change)} von ${change.before} auf ${change.after}.`,
}

const why: Readonly<Record<Cause['how'], (named: string, share: string) => string>> = {
  new: (named, share) => `${named}, seitdem zum ersten Mal zu sehen, macht ${share} davon aus.`,
  gone: (named, share) => `${named}, seitdem nicht mehr zu sehen, macht ${share} davon aus.`,
  itself: (named, share) => `${named} macht ${share} davon aus.`,
  mix: (named, share) => `Der veränderte Anteil von ${named} an allen Ereignissen macht ${share} davon aus.`,
}

export const changeWords: Like<typeof english> = {
  title: 'Was sich verändert hat',
  sentence: (change) => {
    const { cause, metric } = change
    const step = what[metric](change)
    return cause === null ? step : `${step} ${why[cause.how](named(cause), cause.share)}`
  },
  pictureSays: (days, span, before, after) =>
    `${counted(days, { one: 'Tag', other: 'Tage' })}, ${span}: ungefähr ${before} vor dem Sprung, ${after} danach.`,
  day: 'Tag',
  metrics: { rate: 'Ereignisse', 'error rate': 'Fehlerquote', latency: 'Median der Dauer' },
  more: (changes) => counted(changes, { one: 'weitere Veränderung', other: 'weitere Veränderungen' }),
  fewer: 'Weniger Veränderungen',
  none: 'Im Ausgewählten hat sich nichts dauerhaft verändert.',
}
