// What the window and a terminal say of what a destination still has.
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const { noun, bare } = nounsIn('en')
const reports = (count: Count): string => noun(count, { one: 'report', other: 'reports' })
const are = ({ of }: Count): string => bare(of, { one: 'is', other: 'are' })

export const held = {
  will: (address: string, count: Count) =>
    `Asking connects to ${address} and shows the ${bare(count.of, { one: 'secret', other: 'secrets' })} of ${reports(count)}; it answers which are still there. That works while sharing is off, too.`,
  ask: 'Ask what is still there',
  asking: 'Asking',
  asked: (moment: string) => `Asked on ${moment}, and held against the log:`,
  states: {
    there: (count: Count) => `${reports(count)} ${are(count)} there, as sent.`,
    gone: (count: Count) => `${reports(count)} ${are(count)} gone, as asked for.`,
    'not yet': (count: Count) =>
      `${reports(count)} ${are(count)} still there; the deletion isn’t confirmed yet.`,
    arrived: (count: Count) => `${reports(count)} ${are(count)} there, although no answer came.`,
    'never arrived': (count: Count) => `${reports(count)} ${are(count)} not there, and no answer ever came.`,
    forgotten: (count: Count) =>
      `${reports(count)} ${are(count)} gone by age: a server forgets after 90 days.`,
  },
  faults: {
    remains: (about: string) => `Still there, although its deletion was confirmed: ${about}.`,
    missing: (about: string) => `Not there, although it arrived and nobody here took it back: ${about}.`,
    'other bytes': (about: string) => `There with other bytes than were sent: ${about}.`,
  },
}
