import type { community as english } from './en-community.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'

const { noun } = nounsIn('de')
const contributor = { one: 'Beitragende', other: 'Beitragende' }

export const community: Like<typeof english> = {
  nothing: 'Nichts wird abgerufen',
  lead: 'Trends erzählen, was alle benutzen, die teilen, was fehlschlägt und wie lange es dauert. Zum Ansehen muss niemand teilen. Sie sind eine einzige Datei, für alle dieselbe: Die Anfrage trägt nichts von hier mit sich und geht erst ab, wenn der Knopf mit ihrer Adresse gedrückt wird.',
  fromFile: 'Trends aus einer gespeicherten Datei',
  leadAlone:
    'Trends erzählen, was alle benutzen, die teilen, was fehlschlägt und wie lange es dauert. Sie sind eine einzige Datei, für alle dieselbe: Ein Community-Server gibt sie unter /trends.json. Diese Seite ruft nichts ab; die Datei lässt sich speichern und hier öffnen.',
  server: 'Adresse eines Community-Servers',
  fetch: (address) => `${address} abrufen`,
  fetching: 'Die Trends werden abgerufen',
  saved: 'Gespeicherte Datei öffnen…',
  other: 'Andere ansehen',
  refused: 'Diese Trends werden nicht gezeigt',
  from: (source) => `Von ${source}`,
  made: (when) => `erstellt am ${when}`,
  old: 'Diese Datei ist alt: Ein Server erneuert sie täglich. Was sie erzählt, kann sich geändert haben.',
  ahead:
    'Diese Datei ist der Uhr dieses Rechners voraus. Eine von beiden geht falsch; die Wochen stehen da, wie sie sind.',
  empty: 'Diese Trends haben noch keine Woche: Es teilen zu wenige, um etwas zu erzählen.',
  unsigned: 'Eine Trend-Datei trägt keine Unterschrift: Sie ist so viel wert wie der Ort, von dem sie kommt.',
  rules: (threshold, network) =>
    `Von weniger als ${threshold} Beitragenden wird nichts erzählt; ihre Zahlen sind abgerundet, und aus einem Netz zählen nur ${network} am Tag.`,
  tool: 'Werkzeug',
  week: 'Woche',
  weekName: (name, span) => `${name} (${span})`,
  behind: (contributors, threshold) => `Mindestens ${noun(contributors, contributor)}; Schwelle ${threshold}`,
  cell: (word, contributors) => `${word}: mindestens ${noun(contributors, contributor)}`,
  value: 'Wert',
  contributors: 'Beitragende',
  failed: 'Fehler',
  median: 'Median',
  you: 'hier',
  yourShare: 'Hier',
  yours: {
    title: 'Der eigene Stand',
    of: (name) =>
      `Die eigenen Werte sind die von ${name} in denselben Wochen, auf diesem Rechner auf dieselbe Weise gerechnet. Nichts davon geht hinaus.`,
    sample: 'Dies sind Beispieldaten: Die Marken zeigen, wo sie lägen; sie gehören aber niemandem.',
    noFile:
      'Ist eine Datei offen, stehen die eigenen Werte in jedem Bild. Sie werden auf diesem Rechner gerechnet.',
    toFiles: 'Zu den Dateien',
    none: 'Die offene Datei hat in dieser Woche nichts; also ist nichts Eigenes markiert.',
    noFormat: 'Die offene Datei gehört zu einem anderen Werkzeug als diese Trends.',
    failed: 'Die eigenen Werte sind nicht zu rechnen',
    working: 'Die eigenen Werte werden gerechnet',
  },
  ranges: {
    title: 'Fehlschläge und Dauern, nach Bereichen',
    lead: 'Der Punkt ist der Bereich, in oder unter dem die Hälfte aller Stimmen liegt; der Strich fasst die mittlere Hälfte, wo genug Menschen dahinterstehen. Der Ring ist der eigene Wert.',
    none: 'Davon erzählten in dieser Woche zu wenige.',
    by: 'Nach',
    what: 'Was',
    measures: {
      share: 'Anteil',
      error_rate: 'Anteil der Fehlschläge',
      median: 'Mittlere Dauer (Median)',
      p95: '95. Perzentil',
    },
    quarters: (low, high) => `mittlere Hälfte ${low} bis ${high}`,
    middle: (range) => `die Hälfte liegt in oder unter ${range}`,
    your: (range, band) => `hier ${range}, ${band}`,
    yourColumn: 'Hier',
    bandColumn: 'Wo das liegt',
    quartersColumn: 'Mittlere Hälfte',
    middleColumn: 'Hälfte in oder unter',
  },
  band: (from, to) =>
    from === 0 && to === 100
      ? 'im selben Bereich wie die meisten; mehr sagen Bereiche nicht'
      : from === 0
        ? `unter den niedrigsten ${to} %`
        : to === 100
          ? `unter den höchsten ${100 - from} %`
          : `zwischen dem ${from}. und dem ${to}. Perzentil`,
  weeks: {
    title: 'Über Wochen',
    lead: 'Die häufigsten Werte. Die eigenen sind gestrichelt.',
    few: 'Eine Woche ist noch kein Verlauf.',
    begins: 'Bereiche sind gezeichnet, wo sie beginnen.',
    yours: (word) => `${word}, hier`,
    kind: 'Bild der Wochen',
    help: 'Pfeiltasten gehen von Woche zu Woche.',
  },
  range: (word) =>
    word === 'none'
      ? 'keine'
      : word
          .replace(/^under (.*)$/, 'unter $1')
          .replace(/^(.*) or more$/, 'ab $1')
          .replace('%', '\u00a0%')
          .replace('0.5', '0,5'),
}
