// What the window says in German, screen by screen; see en-window.ts. No sentence addresses anybody: what can be done
// stands in the infinitive, as German programs have it.
import { chartWords } from './de-charts.ts'
import { formatWords } from './de-formats.ts'
import { dimension, measure } from './de-names.ts'
import { exportWords } from './de-export.ts'
import { deleting } from './de-deleting.ts'
import { pictures } from './de-pictures.ts'
import { recordWords } from './de-records.ts'
import { keys, palette } from './de-reach.ts'
import { settings } from './de-settings.ts'
import { community } from './de-community.ts'
import { sharing } from './de-sharing.ts'
import type { window as english } from './en-window.ts'
import { nounsIn } from './plural.ts'
import type { Forms } from './plural.ts'
import type { TimeEncoding } from '../formats/time.ts'
import type { Like } from './like.ts'

const { bare, noun } = nounsIn('de')
const event: Forms = { one: 'Ereignis', other: 'Ereignisse' }
const row: Forms = { one: 'Zeile', other: 'Zeilen' }

const inWords = (encoding: TimeEncoding): string => formatWords.encodings[encoding]

const takenWords: Like<(typeof english)['overview']['taken']> = {
  as: (table, column, encoding) =>
    `Als Liste von Ereignissen gelesen: die Zeilen von ${table}, Zeit aus ${column} (${inWords(encoding)}).`,
  confidence: { sure: 'Sicher', likely: 'Wahrscheinlich', unsure: 'Unsicher' },
  because: (how, reasons) =>
    `${how}: ${reasons.map((said) => formatWords.reason(said, inWords)).join('; ')}.`,
  byYou: 'So ausgewählt.',
  change: 'Ändern',
  title: 'Was sind die Ereignisse?',
  lead: 'Die Auswahl gilt künftig für jede Datei mit denselben Tabellen.',
  table: 'Tabelle',
  rows: (table, rows) => `${table} (${noun(rows, row)})`,
  time: 'Zeit',
  encoding: 'Geschrieben als',
  fitting: 'Ergibt glaubhafte Zeiten',
  otherwise: 'Ergibt hier keine',
  inWords,
  withSpan: (encoding, span) => `${inWords(encoding)}: ${span}`,
  span: (first, last) => `Erstes ${first}, letztes ${last}.`,
  oneMoment: (moment) => `Alle vom ${moment}.`,
  noSpan: 'So gelesen sind die Werte keine Zeiten.',
  ambiguous: (others) =>
    `Die Werte passen auf mehr als eine Weise: Sie könnten auch ${others.map(inWords).join(' oder ')} sein.`,
  categories: 'Gruppieren nach',
  measures: 'Summieren',
  none: 'Nichts zur Auswahl.',
  guessedThen: (table) =>
    `Wonach in ${table} gruppiert und was summiert wird, wird zuerst geraten und lässt sich danach ändern.`,
  apply: 'Anwenden',
  guessAgain: 'Neu raten',
  close: 'Schließen',
}

const chosen: Like<(typeof english)['overview']['chosen']> = {
  label: 'Was ausgewählt ist',
  search: (typed) => `enthält ${typed}`,
  value: (name, values, not) => `${name} ${not ? 'ist nicht' : 'ist'} ${values}`,
  or: (values) =>
    values.length > 3
      ? `${values.slice(0, 2).join(', ')} oder ${values.length - 2} andere`
      : values.join(' oder '),
  failed: (not) => (not ? 'nicht fehlgeschlagen' : 'fehlgeschlagen'),
  range: (span, not) => (not ? `nicht ${span}` : span),
  duration: (from, to, not) => (not ? `nicht ${from} bis ${to}` : `${from} bis ${to}`),
  hours: (names, not) => (not ? `nicht ${names}` : names),
  manyHours: (hours) => `${noun(hours, { one: 'Stunde', other: 'Stunden' })} der Woche`,
  hour: (weekday, hour) => `${weekday} ${hour}`,
  turn: (chip) => `Umkehren: ${chip}`,
  turnHint: 'Klicken kehrt die Bedingung um',
  remove: (chip) => `Aufheben: ${chip}`,
  zoom: 'Vergrößern',
  zoomHint: 'Diese Spanne zum Zeitraum machen',
  clear: 'Alle aufheben',
  hint: 'Klick wählt, Strg-Klick fügt hinzu, Umschalt-Klick schließt aus.',
}

const overview: Like<(typeof english)['overview']> = {
  ...chartWords,
  noFile: 'Keine Datei ist geöffnet',
  noFileLead: 'Eine Datei eines Werkzeugs wählen oder sich mit Beispieldaten umsehen.',
  toFiles: 'Zu den Dateien',
  viewOnly: (name) =>
    `${name} wurde auf diese Seite gezogen und wird hier gelesen, nur zur Ansicht. Zum Löschen über den Pfad öffnen.`,
  remarks: 'Zu dieser Datei',
  damaged: {
    title: 'Beschädigt: Zahlen womöglich unvollständig',
    text: (name) =>
      `Teile von ${name} widersprechen einander oder sind nicht zu lesen; der Rest wird gezeigt. Die Datei wurde nicht verändert. Eine Kopie aufheben: sqlite3 mit .recover rettet vielleicht weitere Zeilen.`,
  },
  gone: {
    title: 'Die Datei ist weg',
    text: (name) =>
      `${name} liegt nicht mehr an ihrem Ort. Die Diagramme zeigen, was vorher gelesen wurde, und folgen ihr nicht mehr.`,
  },
  unreadable: {
    title: 'Die Datei ist nicht mehr zu lesen',
    text: (why) => `${why} Die Diagramme zeigen, was vorher gelesen wurde, und folgen ihr nicht mehr.`,
  },
  replaced: (name) => `Eine andere Datei hat den Platz von ${name} eingenommen und wird jetzt gezeigt.`,
  truncated: (name) =>
    `${name} ist kleiner geworden: Zeilen wurden herausgenommen, oder es wurde aufgeräumt. Sie wurde neu gelesen.`,
  walMissing: (name) =>
    `Womöglich fehlen Zeilen: Die neuesten könnten in ${name}-wal liegen. Ist sie da, dann beide Dateien zusammen hierherziehen.`,
  otherNames: (name) =>
    `Womöglich fehlen Zeilen: ${name} liegt auch unter einem zweiten Namen auf dem Datenträger, und was ein Werkzeug unter jenem schreibt, ist hier nicht zu sehen.`,
  unreadableLines: (lines) =>
    `${noun(lines, row)} ${bare(lines.of, { one: 'ließ', other: 'ließen' })} sich nicht als Datensatz lesen und ${bare(lines.of, { one: 'ist', other: 'sind' })} nicht mitgezählt.`,
  lookAgain: 'Noch einmal nachsehen',
  dismiss: 'Ausblenden',
  taken: takenWords,
  chosen,
  periodLabel: 'Zeitraum',
  pickPeriod: 'Tage wählen',
  pick: { from: 'Von', to: 'Bis', show: 'Zeigen', first: 'Erstes Ereignis', last: 'Letztes Ereignis' },
  spanIn: (span, zone) => `${span} · ${zone}`,
  periods: { '7d': '7 T', '30d': '30 T', '90d': '90 T', year: 'Dieses Jahr', all: 'Alles' },
  periodNames: {
    '7d': 'die letzten 7 Tage',
    '30d': 'die letzten 30 Tage',
    '90d': 'die letzten 90 Tage',
    year: 'dieses Jahr',
    all: 'gesamter Zeitraum',
  },
  empty: 'Die Datei enthält noch keine Ereignisse',
  emptyLead: 'Das Werkzeug hat seine Tabellen angelegt, aber noch nichts hineingeschrieben.',
  nothingIn: (period) => `Keine Ereignisse: ${period}`,
  nothingInLead: (last) => `Das neueste Ereignis dieser Datei ist vom ${last}.`,
  showAll: 'Alles zeigen',
  figuresLabel: 'Kennzahlen',
  sumsLabel: 'Summen',
  figures: {
    events: (count) => bare(count, event),
    activeDays: (count) => bare(count, { one: 'aktiver Tag', other: 'aktive Tage' }),
    activeOf: (active, days) => `${active} / ${days}`,
    activeExact: (active, days) =>
      `${active} von ${noun(days, { one: 'Tag', other: 'Tagen' })} mit Ereignissen`,
    errorRate: 'Fehlerquote',
    errorExact: (failed, all) => `${failed.text} von ${all}, deren Ausgang bekannt ist, fehlgeschlagen`,
    milliseconds: (text) => `${text} ms`,
    median: 'Median der Dauer',
    p95: '95. Perzentil',
  },
  withoutTime: (count) =>
    `${noun(count, event)} ohne lesbare Zeit ${bare(count.of, { one: 'ist', other: 'sind' })} mitgezählt, aber nicht auf der Zeitachse.`,
  timeline: {
    second: 'Ereignisse je Sekunde',
    'ten seconds': 'Ereignisse je 10 Sekunden',
    minute: 'Ereignisse je Minute',
    'ten minutes': 'Ereignisse je 10 Minuten',
    hour: 'Ereignisse je Stunde',
    day: 'Ereignisse je Tag',
    week: 'Ereignisse je Woche',
    month: 'Ereignisse je Monat',
    year: 'Ereignisse je Jahr',
    century: 'Ereignisse je Jahrhundert',
  },
  timelineSay: (title, bars, period) =>
    `${title}, ${noun(bars, { one: 'Balken', other: 'Balken' })}, ${period}`,
  oneMoment: (count, moment) =>
    count.of === 1
      ? `Das eine Ereignis ist vom ${moment}.`
      : `Alle ${noun(count, event)} liegen innerhalb einer Sekunde, ${moment}.`,
  noTimes: 'Kein Ereignis dieser Datei hat eine lesbare Zeit, daher gibt es keine Zeitachse.',
  always: 'Nur ein Wert',
  alwaysSay: (count) => noun(count, event),
  more: (count) => noun(count, { one: 'weiterer Wert', other: 'weitere Werte' }),
  fewer: 'Weniger zeigen',
  bar: (label, count, share, failed) =>
    `${label}: ${noun(count, event)}, ${share}${failed.of === 0 ? '' : `, ${failed.text} fehlgeschlagen`}`,
  sum: (label, count, share) => `${label}: ${count}, ${share}`,
  table: {
    start: 'Von',
    events: 'Ereignisse',
    sum: 'Anzahl',
    share: 'Anteil',
    failed: 'Fehlgeschlagen',
  },
  asTables: 'Als Tabellen',
  asCharts: 'Als Diagramme',
}

export const window: Like<typeof english> = {
  screens: {
    files: 'Dateien',
    overview: 'Übersicht',
    records: 'Datensätze',
    sharing: 'Teilen',
    community: 'Gemeinschaft',
    settings: 'Einstellungen',
  },
  goTo: 'Ansichten',
  justNow: 'gerade eben',
  skip: 'Zur Ansicht springen',

  foot: {
    label: 'Zustand',
    noFile: 'Keine Datei geöffnet',
    sample: 'Beispieldaten',
    live: 'Live: wird geschrieben',
    still: 'Wird gerade nicht geschrieben',
    gone: 'Nicht mehr an ihrem Ort',
    unreadable: 'Derzeit nicht zu lesen',
    reading: 'Wird gelesen',
    viewOnly: 'Nur Ansicht: hierhergezogen',
    inPage: 'Nur Ansicht: in dieser Seite gelesen',
    alone: 'Nichts verlässt diese Seite',
    sharing: {
      off: 'Aus: Nichts wird gesendet',
      deletions: 'Aus: Nur Löschungen werden gesendet',
      basic: 'Das Teilen ist an: einfach',
      detailed: 'Das Teilen ist an: ausführlich',
    },
    keys: 'Tasten',
  },

  files: {
    lead: 'Eine Telemetriedatei öffnen, um die eigene Nutzung zu sehen. Lesen verändert sie nie.',
    openLabel: 'Pfad einer Telemetriedatei',
    placeholder: 'Einen Pfad eingeben oder mit Pfeil nach unten die Ordner durchsehen',
    open: 'Öffnen',
    choose: 'Eine Datei wählen …',
    drop: 'Oder eine Datei irgendwo auf dieses Fenster ziehen.',
    dropPage:
      'Oder eine Datei irgendwo auf dieses Fenster ziehen: Ein Browser verbirgt ihren Pfad, daher wird sie in dieser Seite gelesen, nur zur Ansicht.',
    dropAlone:
      'Oder sie irgendwo auf dieses Fenster ziehen, zusammen mit ihrer -wal, wenn es eine gibt. Gelesen wird sie in dieser Seite und nirgends sonst.',
    dropNow: 'Loslassen öffnet die Datei',
    found: 'Auf diesem Rechner gefunden',
    foundNothing: (tools) =>
      `Keine Datei an den Orten, an denen ${tools} ihre ablegen. Liegt eine woanders, lässt sie sich über ihren Pfad öffnen.`,
    recent: 'Zuletzt geöffnet',
    live: 'live',
    gone: 'derzeit nicht da',
    remove: 'Von der Liste nehmen',
    removeNamed: (name) => `${name} von der Liste nehmen; die Datei selbst bleibt`,
    sample: 'Erst einmal umsehen',
    sampleLead: (events) =>
      `Die Beispieldaten sind eine erfundene Datei von Smart Agents mit ${noun(events, { one: 'Ereignis', other: 'Ereignissen' })}, auf diesem Rechner geschrieben.`,
    sampleOpen: 'Beispieldaten öffnen',
    sampleMaking: 'Beispieldaten',
    folders: 'Dateien und Ordner',
    up: 'Übergeordneter Ordner',
    folder: 'Ordner',
    cut: 'Die ersten 2.000 sind gezeigt. Weiterschreiben grenzt die Liste ein.',
    noneFits: 'Kein Eintrag beginnt so.',
  },

  reading: {
    opening: 'Öffnet',
    copying: 'Holt',
    reading: 'Liest',
    writing: 'Schreibt',
    rows: (done, total, share) => `${done} von ${noun(total, row)}, ${share}`,
    part: (done, total, share) => `${done} von ${total}, ${share}`,
    left: (time) => `noch ${time}`,
    cancel: 'Abbrechen',
  },

  failed: {
    another: 'Eine andere Datei wählen',
    again: 'Noch einmal versuchen',
    dismiss: 'Ausblenden',
    lost: 'Die Verbindung zum Programm ist abgerissen',
    file: 'Die Datei ließ sich nicht öffnen',
    cancelled: 'Das Lesen wurde abgebrochen',
    cancelledText: 'Von der Datei wird nichts gezeigt, und es wurde nichts verändert.',
    sample: 'Die Beispieldaten ließen sich nicht schreiben',
    setting: 'Die Einstellung ließ sich nicht speichern',
    list: 'Die Liste ließ sich nicht ändern',
    picture: 'Das Speichern ist nicht gelungen',
  },

  overview,
  dimension,
  measure,
  pictures,
  exporting: exportWords,
  deleting,
  records: recordWords,
  settings,
  sharing,
  community,
  keys,
  palette,
}
