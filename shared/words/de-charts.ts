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
    count: 'Anzahl',
    share: 'Anteil',
    errors: 'Fehler',
    median: 'Median',
    sortBy: (column) => `Nach ${column} sortieren`,
    search: (list) => `${list} durchsuchen`,
    find: 'Suchen',
    others: (values) => noun(values, { one: 'anderer Wert', other: 'andere Werte' }),
    next: (values) => `${noun(values, { one: 'weiteren Wert', other: 'weitere Werte' })} zeigen`,
    noneFound: 'Kein Wert passt dazu.',
    errorsSay: (share) => `Fehlerquote ${share}`,
    medianSay: (duration) => `Median ${duration}`,
    divide: (list) => `Die Zeitachse aufteilen nach: ${list}`,
  },
  points: {
    kind: 'Diagramm',
    keys: 'Farben',
    help: 'Pfeiltasten links und rechts gehen die Balken entlang, mit Umschalt wählen sie eine Spanne, Enter wählt einen.',
    events: (count) => bare(count.of, event),
    failed: 'fehlgeschlagen',
    rest: 'alle anderen',
    errors: 'Fehlerquote',
    median: 'Median der Dauer',
    p95: '95. Perzentil',
    withOutcome: 'mit bekanntem Ergebnis',
    soFar: (step) => `${step}, bis jetzt`,
    other: (day) => `vom ${day}`,
    divide: 'Aufteilen nach',
    line: 'Linie',
    compare: 'Vergleichen mit',
    lines: { none: 'keine', errors: 'Fehlerquote', median: 'Median der Dauer', p95: '95. Perzentil' },
    nothing: 'nichts',
    before: 'dem Zeitraum davor',
    days: 'den Tagen ab …',
    values: 'zwei Werten …',
    from: 'Erster Tag zum Vergleichen',
    dimension: 'Werte von',
    one: 'Erster Wert',
    two: 'Zweiter Wert',
  },
  changes: changeWords,
  grids: {
    help: 'Pfeiltasten gehen von Feld zu Feld, mit Umschalt wählen sie eine Spanne, Enter wählt eines.',
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
        : `Stunden der Woche, die meisten ${hour}: ${noun(count, event)}`,
    durations: 'Dauer',
    took: 'Dauer',
    between: (from, to) => `${from} bis ${to}`,
    longer: (from) => `länger als ${from}`,
    median: (duration) => `Median ${duration}`,
    p95: (duration) => `95 % unter ${duration}`,
    year: 'Tage des Jahres',
    years: 'Jahr',
    lastYear: 'Letzte 12 Monate',
    day: 'Tag',
    yearSay: (day, count) =>
      count.of === 0
        ? 'Tage des Jahres, keiner mit Ereignissen'
        : `Tage des Jahres, die meisten am ${day}: ${noun(count, event)}`,
    noDurations: 'Keines der ausgewählten Ereignisse nennt eine Dauer.',
  },
  lanes: {
    title: (day) => `Tagesverlauf: ${day}`,
    say: (day, bars) => `Tagesverlauf, ${day}, ${noun(bars, event)}`,
    help: 'Pfeiltasten links und rechts gehen von Ereignis zu Ereignis, auf und ab von Zeile zu Zeile, Enter wählt eines.',
    rest: (events) =>
      `${noun(events, { one: 'kürzeres Ereignis', other: 'kürzere Ereignisse' })} nicht gezeichnet`,
    previous: '← Tag davor',
    next: 'Tag danach →',
    none: 'An diesem Tag nennt keines der ausgewählten Ereignisse eine Dauer.',
    other: 'alle übrigen',
    began: 'Begonnen',
    took: 'Dauer',
    tookHead: 'Dauer',
    failed: 'fehlgeschlagen',
    failedHead: 'Ausgang',
  },
}
