// The Community screen and `sightglass trends`: the trends of those who share, and one's own values among them.
import type { Measure } from '../community/trends.ts'
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const { noun } = nounsIn('en')
const contributor = { one: 'contributor', other: 'contributors' }
const measures: Readonly<Record<Measure | 'share', string>> = {
  share: 'Share',
  error_rate: 'Share that failed',
  median: 'Median duration',
  p95: '95th percentile',
}

export const community = {
  nothing: 'Nothing is fetched',
  lead: 'Trends tell what those who share use, what fails and how long it takes. You don’t need to share to look. They are one file, the same for everybody: the request for it carries nothing of yours, and goes out only when you press the button that shows its address.',
  fromFile: 'Trends from a saved file',
  leadAlone:
    'Trends tell what those who share use, what fails and how long it takes. They are one file, the same for everybody: a community server gives it at /trends.json. This page fetches nothing; save the file, and open it here.',
  server: 'Address of a community server',
  fetch: (address: string) => `Fetch ${address}`,
  fetching: 'Fetching the trends',
  saved: 'Open a saved file…',
  other: 'Look at others',
  refused: 'These trends are not shown',
  from: (source: string) => `From ${source}`,
  made: (when: string) => `made on ${when}`,
  old: 'This file is old: a server renews it every day. What it tells may have changed.',
  ahead:
    'This file is dated ahead of this machine’s clock. One of the two is wrong; the weeks are shown as they stand.',
  empty: 'These trends hold no week yet: too few people share for anything to be told.',
  unsigned: 'A trends file carries no signature: it is worth as much as the place it came from.',
  rules: (threshold: string, network: string) =>
    `Nothing is told of fewer than ${threshold} contributors; numbers of contributors are rounded down, and of one network only ${network} count a day.`,
  tool: 'Tool',
  week: 'Week',
  weekName: (name: string, span: string) => `${name} (${span})`,
  behind: (contributors: Count, threshold: string) =>
    `At least ${noun(contributors, contributor)}; threshold ${threshold}`,
  cell: (word: string, contributors: Count) => `${word}: at least ${noun(contributors, contributor)}`,
  value: 'Value',
  contributors: 'Contributors',
  failed: 'failed',
  median: 'median',
  you: 'you',
  yourShare: 'You',
  yours: {
    title: 'You among them',
    of: (name: string) =>
      `Your values are those of ${name} in the same weeks, worked out on this machine in the same way. Nothing of it leaves.`,
    sample: 'This is sample data: the marks show where it would lie, but it is nobody’s own.',
    noFile: 'Open a file, and your own values are marked in each chart. They are worked out on this machine.',
    toFiles: 'Go to Files',
    none: 'The open file has nothing in this week, so nothing of yours is marked.',
    noFormat: 'The open file is of another tool than these trends.',
    failed: 'Your own values can’t be worked out',
    working: 'Working out your own values',
  },
  ranges: {
    title: 'Failures and durations, by range',
    lead: 'The dot is the range that half of all votes lie at or below; the line holds the middle half, where enough people stand behind it. The ring is you.',
    none: 'Too few contributors told of it in this week.',
    by: 'By',
    what: 'What',
    measures,
    quarters: (low: string, high: string) => `middle half ${low} to ${high}`,
    middle: (range: string) => `half lie at or below ${range}`,
    your: (range: string, band: string) => `you ${range}, ${band}`,
    yourColumn: 'You',
    bandColumn: 'Where you lie',
    quartersColumn: 'Middle half',
    middleColumn: 'Half at or below',
  },
  /** Of all votes; no narrower than ranges allow. */
  band: (from: number, to: number) =>
    from === 0 && to === 100
      ? 'in the same range as most; ranges tell no more'
      : from === 0
        ? `among the lowest ${to}%`
        : to === 100
          ? `among the highest ${100 - from}%`
          : `between the ${from}th and the ${to}th percentile`,
  weeks: {
    title: 'Over weeks',
    lead: 'The most frequent values. Your own are dashed.',
    few: 'One week is no course yet.',
    begins: 'Ranges are drawn where they begin.',
    yours: (word: string) => `${word}, you`,
    kind: 'Chart of weeks',
    help: 'Arrow keys walk from week to week.',
  },
  /** As it stands in the bytes; another language says it in its own way. */
  range: (word: string) => word,
}
