import { changeWords } from './de-changes.ts'
import type { chartWords as english } from './en-charts.ts'
import { nounsIn } from './plural.ts'
import type { Like } from './like.ts'

const { bare, noun } = nounsIn('de')
const event = { one: 'Ereignis', other: 'Ereignisse' }

export const chartWords: Like<typeof english> = {
  none: '–',
  addFilter: '+ Filter',
  onlyFailed: 'Nur Fehlgeschlagene',
  nothingChosen: 'Kein Ereignis entspricht der Auswahl',
  change: {
    up: (by) => `▲ ${by}`,
    down: (by) => `▼ ${by}`,
    same: '=',
    more: (by, before) => `${by} mehr als ${before} im Zeitraum davor`,
    less: (by, before) => `${by} weniger als ${before} im Zeitraum davor`,
    times: (by, before) => `${by} so viel wie ${before} im Zeitraum davor`,
    morePoints: (by, before) => `${by} Prozentpunkte mehr als ${before} im Zeitraum davor`,
    lessPoints: (by, before) => `${by} Prozentpunkte weniger als ${before} im Zeitraum davor`,
    asBefore: (before) => `wie im Zeitraum davor: ${before}`,
    against: (span) => `Veränderungen gegenüber ${span}.`,
  },
  streak: (days) => `, ${days} in Folge`,
  streakExact: (days) => `die längste Folge ohne Lücke: ${noun(days, { one: 'Tag', other: 'Tage' })}`,
  bars: {
    value: 'Wert',
    count: 'Ereignisse',
    share: 'Anteil',
    errors: 'Fehler',
    median: 'Median',
    sortBy: (column) => `Nach ${column} sortieren`,
    search: (list) => `${list} durchsuchen`,
    find: 'Suchen',
    others: (values) => noun(values, { one: 'anderer Wert', other: 'andere Werte' }),
    next: (values) => `${noun(values, { one: 'weiteren Wert', other: 'weitere Werte' })} zeigen`,
    noneFound: 'Kein Wert ist so.',
    errorsSay: (share) => `Fehlerquote ${share}`,
    medianSay: (duration) => `Median ${duration}`,
    divide: (list) => `Die Zeitachse aufteilen nach: ${list}`,
  },
  points: {
    kind: 'Diagramm',
    keys: 'Farben',
    help: 'Pfeiltasten links und rechts gehen die Balken entlang, mit Umschalt wählen sie eine Spanne, Eingabe wählt einen.',
    events: (count) => bare(count.of, event),
    failed: 'fehlgeschlagen',
    rest: 'alle anderen',
    errors: 'Fehlerquote',
    median: 'Median der Dauer',
    p95: '95. Perzentil',
    soFar: (step) => `${step}, bis jetzt`,
    other: (day) => `vom ${day}`,
    divide: 'Aufteilen nach',
    line: 'Linie',
    compare: 'Vergleichen mit',
    lines: { none: 'keine', errors: 'Fehlerquote', median: 'Median der Dauer', p95: '95. Perzentil' },
    nothing: 'nichts',
    before: 'dem Zeitraum davor',
    days: 'den Tagen ab …',
    values: 'zwei Werte …',
    from: 'Erster Tag zum Vergleichen',
    dimension: 'Werte von',
    one: 'Erster Wert',
    two: 'Zweiter Wert',
  },
  changes: changeWords,
  grids: {
    help: 'Pfeiltasten gehen von Feld zu Feld, mit Umschalt wählen sie eine Spanne, Eingabe wählt eines.',
    tell: (title, numbers, count, failed) => {
      const rows = [{ label: bare(count, event), value: numbers.count(count).text }]
      if (failed > 0) {
        rows.push({ label: 'fehlgeschlagen', value: numbers.count(failed).text })
        rows.push({ label: 'davon fehlgeschlagen', value: numbers.share(failed / count) })
      }
      return { title, rows }
    },
    hours: 'Stunden der Woche',
    hour: 'Stunde',
    hoursSay: (hour, count) =>
      count.of === 0
        ? 'Stunden der Woche, keine mit Ereignissen'
        : `Stunden der Woche, am meisten ${hour}: ${noun(count, event)}`,
    durations: 'Dauern',
    took: 'Gedauert',
    between: (from, to) => `${from} bis ${to}`,
    longer: (from) => `länger als ${from}`,
    median: (duration) => `Median ${duration}`,
    p95: (duration) => `95 % innerhalb von ${duration}`,
    year: 'Tage des Jahres',
    years: 'Jahr',
    lastYear: 'Letzte 12 Monate',
    day: 'Tag',
    yearSay: (day, count) =>
      count.of === 0
        ? 'Tage des Jahres, keiner mit Ereignissen'
        : `Tage des Jahres, am meisten am ${day}: ${noun(count, event)}`,
    noDurations: 'Nichts vom Ausgewählten sagt, wie lange es dauerte.',
  },
  lanes: {
    title: (day) => `Was wann lief: ${day}`,
    say: (day, bars) => `Was wann lief am ${day}, ${noun(bars, event)}`,
    help: 'Pfeiltasten links und rechts gehen von Ereignis zu Ereignis, auf und ab von Zeile zu Zeile, Eingabe wählt eines.',
    rest: (events) =>
      `${noun(events, { one: 'kürzeres Ereignis', other: 'kürzere Ereignisse' })} nicht gezeichnet`,
    previous: '← Tag davor',
    next: 'Tag danach →',
    none: 'An diesem Tag sagt nichts vom Ausgewählten, wie lange es dauerte.',
    other: 'alle übrigen',
    began: 'Begonnen',
    took: 'Dauer',
    tookHead: 'Gedauert',
    failed: 'fehlgeschlagen',
    failedHead: 'Ausgang',
  },
}
