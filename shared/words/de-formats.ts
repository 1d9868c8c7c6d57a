import type { Reason, Recognition } from '../formats/generic.ts'
import type { TimeEncoding } from '../formats/time.ts'
import type { formatWords as english } from './en-formats.ts'
import type { Like } from './like.ts'

const plural = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('de')} ${count === 1 ? one : more}`

const confidence = {
  sure: 'sicher',
  likely: 'wahrscheinlich',
  unsure: 'unsicher',
} satisfies Record<Recognition['confidence'], string>

const encodings = {
  iso: 'Text wie 2026-11-20T12:34:56Z',
  seconds: 'Sekunden seit 1970',
  milliseconds: 'Millisekunden seit 1970',
  microseconds: 'Mikrosekunden seit 1970',
  nanoseconds: 'Nanosekunden seit 1970',
  mixed: 'mehrere Einheiten seit 1970, an ihrer Größe unterschieden',
  webkit: 'Mikrosekunden seit 1601',
  filetime: 'Zehntel-Mikrosekunden seit 1601',
  ticks: 'Zehntel-Mikrosekunden seit dem Jahr 1',
  cocoa: 'Sekunden seit 2001',
  'cocoa-nanoseconds': 'Nanosekunden seit 2001',
  gps: 'Sekunden seit 1980, wie Satelliten zählen',
  julian: 'julianische Tage',
  ole: 'Tage seit Ende 1899',
  'date-number': 'Zahlen wie 20261120',
  compact: 'Text wie 20261120T123456Z',
  mail: 'Text wie Fri, 20 Nov 2026 12:34:56 +0000',
  'month-first': 'Text wie 11/20/2026, der Monat zuerst',
  'day-first': 'Text wie 20/11/2026, der Tag zuerst',
  uuid7: 'UUIDs der Version 7',
  ulid: 'ULIDs',
} satisfies Record<TimeEncoding, string>

function reason(said: Reason, encoding: (name: TimeEncoding) => string = (name) => name): string {
  switch (said.kind) {
    case 'only-table':
      return 'es ist die einzige Tabelle mit einer Zeit'
    case 'best-table':
      return 'keine andere Tabelle sieht so sehr nach einer Liste von Ereignissen aus'
    case 'close-tables':
      return `die Tabelle ${said.other} sieht fast ebenso nach einer Liste von Ereignissen aus`
    case 'time-fits':
      return 'Name und Werte der Spalte sprechen für eine Zeit'
    case 'time-unnamed':
      return 'die Werte der Spalte könnten Zeiten sein, aber sonst spricht nichts dafür'
    case 'time-ambiguous':
      return `die Werte der Spalte könnten auch ${said.others.map(encoding).join(' oder ')} sein`
    case 'time-mixed':
      return 'die Spalte enthält Zeiten in mehreren Einheiten, an ihrer Größe unterschieden'
    case 'time-without-zone':
      return 'ihre Zeiten nennen keine Zone und werden als UTC gelesen'
    case 'duration-unit-guessed':
      return 'die Einheit der Dauern ist die der Zeiten'
    case 'chosen':
      return 'so ausgewählt'
  }
}

export const formatWords: Like<typeof english> = {
  confidence,
  encodings,
  reason,
  guessed: ({ choice, confidence: how, reasons }) =>
    `Gelesen als Tabelle ${choice.table} mit der Zeit in ${choice.time} (${choice.encoding}): ${confidence[how]}, denn ${reasons.map((said) => reason(said)).join('; ')}.`,
  withoutTime: (count) => `${plural(count, 'Ereignis hat', 'Ereignisse haben')} keine lesbare Zeit`,
  unreadable: (count) => `${plural(count, 'Zeile ließ', 'Zeilen ließen')} sich nicht als Datensatz lesen`,
}
