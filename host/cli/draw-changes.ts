// What changed, a sentence each.
import type { Summary } from '../../shared/viewer/summary.ts'
import * as figures from './figures.ts'
import { locale, speech } from './speech.ts'
import { clean, cut, wrap } from './terminal.ts'
import type { Paint } from './terminal.ts'

type Change = Summary['changes'][number]

const figure: Readonly<Record<Change['metric'], (value: number) => string>> = {
  rate: (value) =>
    value < 10
      ? value.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
      : figures.count(value),
  'error rate': (value) => figures.share(value, 1),
  latency: figures.duration,
}
const indent = 2
const { changes: words } = speech.words.window.overview

export function drawChanges({ changes, zone }: Summary, width: number, paint: Paint): string[] {
  if (changes.length === 0) return []
  const lines = changes.flatMap((change) => {
    const [line = '', ...more] = wrap(sentence(change, zone), width - indent)
    return [
      `${paint('accent', change.after > change.before ? '↑' : '↓')} ${line}`,
      ...more.map((text) => `  ${text}`),
    ]
  })
  return [paint('bold', words.title), ...lines]
}

function sentence({ metric, part, before, after, filter, explanation }: Change, zone: string): string {
  return words.sentence({
    metric,
    rises: after > before,
    before: figure[metric](before),
    after: figure[metric](after),
    day: figures.moment(filter.since ?? 0, zone, 'day'),
    part: part && { dimension: named(part.dimension), value: named(part.value) },
    cause: explanation && {
      how: explanation.how,
      dimension: named(explanation.dimension),
      value: named(explanation.value),
      share: figures.share(explanation.share, 1),
    },
  })
}

/** Short enough for the narrowest terminal, with the mark that ends a sentence. */
const named = (text: string): string => cut(clean(text), 20)
