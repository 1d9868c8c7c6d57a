import type { report as english } from './en-report.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const words = nounsIn('de')
const noun = (count: Count, one: string, other: string): string => words.noun(count, { one, other })
const events = (count: Count): string => noun(count, 'Ereignis', 'Ereignisse')

export const report: Like<typeof english> = {
  notFailed: 'nicht fehlgeschlagen',
  blank: '(leer)',
  nothing: 'Nichts zu zeigen.',
  comparedWith: (span) => `im Vergleich: ${span}`,
  compared: 'Vergleich',
  comparedFrom: 'Vergleich ab',
  moreValues: (values, rest, sums) =>
    `und ${noun(values, 'weiterer Wert', 'weitere Werte')}, ${sums ? rest.text : events(rest)}`,

  weekday: 'Wochentag',
  hour: 'Stunde',
  day: 'Tag',
  inMilliseconds: (name) => `${name} (ms)`,
  from: 'Von',
  to: 'Bis',
  errorRate: 'Fehlerquote',
  median: 'Median',
  p95: '95. Perzentil',

  timelineSays: (total, span, most, when) => `${events(total)}, ${span}. Am meisten: ${when} mit ${most}.`,
  barsSays: (values, first, count, share) =>
    `${noun(values, 'Wert', 'Werte')}. Am häufigsten ist ${first}: ${count}, ${share}.`,
  hoursSays: (weekday, hour, count) => `Am meisten geschieht ${weekday} ${hour}: ${events(count)}.`,
  calendarSays: (days, busiest, count) =>
    `${noun(days, 'Tag', 'Tage')} mit Ereignissen. Am meisten geschah am ${busiest}: ${events(count)}.`,
  durationsSays: (timed, shortest, longest) =>
    `${events(timed)} mit einer Dauer, von ${shortest} bis ${longest}.`,

  page: {
    fileName: 'Bericht',
    title: (file) => `${file}: Bericht zur Nutzung`,
    period: 'Zeitraum',
    allTime: 'Gesamte Zeit',
    allOf: (span) => `Gesamte Zeit, ${span}`,
    since: (day) => `Seit ${day}`,
    until: (day) => `Bis ${day}`,
    zone: 'Zeitzone',
    chosen: 'Auswahl',
    everything: 'Alles',
    format: 'Format',
    made: 'Erstellt',
    madeBy: (when, version) => `${when}, von Sightglass ${version}`,
    notes: 'Hinweise',
    figures: 'Kennzahlen',
    wasBefore: (figure) => `davor: ${figure}`,
    over: 'Zeitverlauf',
    by: 'Aufschlüsselung',
    when: 'Wann und wie lange',
    table: 'Tabelle',
    tableOf: (title) => `Tabelle: ${title}`,
    cut: (shown, all) => `Die ersten ${shown} von ${noun(all, 'Zeile', 'Zeilen')}.`,
    foot: 'Diese Seite wurde auf dem Rechner erstellt, auf dem die Datei liegt. Sie enthält keine Skripte und lädt nichts nach.',
  },
}
