// What `sightglass trends` says; what the Community screen says as well stands there.
import { community } from './en-community.ts'
import { fieldLabels } from './en-fields.ts'

const { from, made, old, ahead, empty, unsigned, rules, range, band, ranges, yours } = community

export const trends = {
  summary:
    'Print the trends of those who share, from a server or a saved file, and where you stand among them',
  with: 'your own file: its values are worked out on this machine and set beside the trends',
  week: 'this week, else the newest: 2026-W46',
  json: 'the same as data',
  ...{ from, made, old, ahead, empty, unsigned, rules, range, band },
  sample: yours.sample,
  measures: ranges.measures,
  subjects: fieldLabels,
  weekOf: (name: string, first: string, last: string) => `Week ${name}, ${first} to ${last}`,
  behind: (contributors: number, threshold: number) =>
    `at least ${contributors.toLocaleString('en')} contributors, threshold ${threshold.toLocaleString('en')}`,
  yourShare: (share: string) => `you: ${share}`,
  yours: (measure: string, own: string, where: string) => `${measure}: you ${own}, ${where}`,
}
