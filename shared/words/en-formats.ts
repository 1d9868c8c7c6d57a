// What is said of how a file was read: of a guess how sure it is, and why.
import type { Reason, Recognition } from '../formats/generic.ts'

const plural = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

const confidence = {
  sure: 'sure',
  likely: 'likely',
  unsure: 'unsure',
} as const satisfies Record<Recognition['confidence'], string>

function reason(said: Reason): string {
  switch (said.kind) {
    case 'only-table':
      return 'it is the only table with a time'
    case 'best-table':
      return 'no other table looks as much like a list of events'
    case 'close-tables':
      return `the table ${said.other} looks nearly as much like a list of events`
    case 'time-fits':
      return 'its name and its values say time'
    case 'time-unnamed':
      return 'its values could be times, but nothing else says so'
    case 'time-ambiguous':
      return `its values could also be ${said.others.join(' or ')}`
    case 'time-mixed':
      return 'it holds times in several units, told apart by their size'
    case 'time-without-zone':
      return 'its times say no zone and are read as UTC'
    case 'duration-unit-guessed':
      return 'the unit of the durations is taken from the unit of the times'
    case 'chosen':
      return 'you chose it'
  }
}

export const formatWords = {
  confidence,
  reason,
  guessed: ({ choice, confidence: how, reasons }: Recognition): string =>
    `Read as the table ${choice.table} with its time in ${choice.time} (${choice.encoding}): ${confidence[how]}, because ${reasons.map(reason).join('; ')}.`,
  withoutTime: (count: number): string => `${plural(count, 'event has', 'events have')} no readable time`,
  unreadable: (count: number): string => `${plural(count, 'line', 'lines')} could not be read as a record`,
}
