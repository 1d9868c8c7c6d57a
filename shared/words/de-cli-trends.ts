import { community } from './de-community.ts'
import { fieldLabels } from './de-fields.ts'
import type { trends as english } from './en-cli-trends.ts'
import type { Like } from './like.ts'

const { from, made, old, ahead, empty, unsigned, rules, range, band, ranges, yours } = community

export const trends: Like<typeof english> = {
  summary:
    'Die Trends aller, die teilen, von einem Server oder aus einer gespeicherten Datei ausgeben, und den eigenen Stand darunter',
  with: 'die eigene Datei: Ihre Werte werden auf diesem Rechner gerechnet und neben die Trends gestellt',
  week: 'diese Woche, sonst die neueste: 2026-W46',
  json: 'dasselbe als Daten',
  ...{ from, made, old, ahead, empty, unsigned, rules, range, band },
  sample: yours.sample,
  measures: ranges.measures,
  subjects: fieldLabels,
  weekOf: (name, first, last) => `Woche ${name}, ${first} bis ${last}`,
  behind: (contributors, threshold) =>
    `mindestens ${contributors.toLocaleString('de')} Beitragende, Schwelle ${threshold.toLocaleString('de')}`,
  yourShare: (share) => `hier: ${share}`,
  yours: (measure, own, where) => `${measure}: hier ${own}, ${where}`,
}
