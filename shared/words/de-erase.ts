import type { EraseNote, ErasePlace } from '../erase.ts'
import type { erase as english, notErasable as whyNot } from './en-erase.ts'
import type { Like } from './like.ts'

const number = (count: number): string => count.toLocaleString('de')
const plural = (count: number, one: string, many: string): string =>
  `${number(count)} ${count === 1 ? one : many}`

const places: Readonly<Record<ErasePlace, string>> = {
  rows: 'in Zeilen der Datei, die zurückgeholt oder neu geschrieben wurden',
  database: 'in freiem Platz der Datei',
  wal: 'in ihrem Protokoll (-wal)',
  journal: 'in ihrem Journal',
}

function note(said: EraseNote, size: (bytes: number) => string): string {
  switch (said.note) {
    case 'held':
      return `${said.programs.join(', ')} hat die Datei geöffnet: Bis sie geschlossen ist, können Kopien der gelöschten Datensätze darin bleiben. Das wird beobachtet und dann zu Ende gebracht.`
    case 'row-numbers':
      return `Die Datei kann nicht neu geschrieben werden, weil etwas darin auf Zeilennummern von ${said.table} zeigt. Nach Kopien, die bleiben, wird gesucht, und sie werden genannt.`
    case 'no-room':
      return `Auf dem Datenträger sind ${size(said.free)} frei, die Datei neu zu schreiben braucht ${size(said.needed)}: Bis Platz ist, können Kopien bleiben.`
    case 'full-text':
      return `Der Volltextindex ${said.table} wird neu gebildet, damit auch seine Wörter verschwinden.`
    case 'no-time':
      return `${plural(said.rows, 'dieser Ereignisse hat', 'dieser Ereignisse haben')} keine lesbare Zeit.`
  }
}

export const erase: Like<typeof english> = {
  because: {
    chosen: 'die Ereignisse selbst',
    related: 'sie gehören zu diesen Ereignissen',
    references: 'sie nennen diese Ereignisse',
    contents: 'was diese Ereignisse sagen; nichts anderes verweist darauf',
  },
  steps: {
    backup: 'Legt eine Sicherung an',
    delete: 'Löscht',
    clean: 'Leert das Protokoll',
    rewrite: 'Schreibt die Datei ohne sie neu',
    prove: 'Sucht in der Datei nach dem Gelöschten',
  },
  remains: {
    held: 'ein anderes Programm hat die Datei geöffnet',
    busy: 'ein anderes Programm schreibt in die Datei',
    'no-room': 'auf dem Datenträger ist kein Platz, die Datei neu zu schreiben',
    'row-numbers':
      'eine Tabelle darin zeigt auf Zeilennummern, die sich ändern würden, wenn die Datei neu geschrieben wird',
    failed: 'die Datei konnte nicht neu geschrieben werden',
  },
  found: (place, found) => `${number(found)} ${places[place]}`,
  note,
  command: {
    summary: 'Datensätze einer Datei endgültig löschen. Ohne --yes zeigt es nur, was verschwände',
    yes: 'es tun; es wird nicht noch einmal gefragt',
    tool: 'die Datei dieses Werkzeugs, dort gefunden, wo es sie ablegt',
    search: 'nur solche, die alle diese Wörter irgendwo in ihrem Text enthalten',
    zone: 'die Zeitzone der Tage, etwa Europe/Berlin; sonst die aus den Einstellungen',
    json: 'dasselbe als Daten',
  },
  wereShared: (from, until) =>
    `Berichte ${from === until ? `vom ${from}` : `vom ${from} bis ${until}`} wurden geteilt; das Löschen hier erreicht sie nicht. Zum Zurücknehmen: sightglass share forget --from ${from} --until ${until} --yes`,
  verify: {
    summary: 'Eine Datei mit der Quittung einer Löschung noch einmal nach dem Gelöschten durchsuchen',
    last: 'die neueste Quittung',
    finish: 'Löschungen, von denen etwas bleibt, zu Ende bringen, wo das jetzt geht',
    json: 'dasselbe als Daten',
  },
  keep: {
    summary: 'Datensätze einer Datei, die älter als so viele Tage sind, bei jedem Start und täglich löschen',
    days: 'zeigen, was das jetzt löschen würde; mit --yes einschalten',
    yes: 'einschalten wie gezeigt',
    off: 'ausschalten',
    now: 'jetzt tun',
    log: 'sagen, was es getan hat',
    json: 'dasselbe als Daten',
  },
  would: (events, path) => `${plural(events, 'Ereignis würde', 'Ereignisse würden')} aus ${path} gelöscht.`,
  nothing: (path) =>
    `Kein Ereignis von ${path} passt, es gibt also nichts zu löschen. Welche Werte es gibt: sightglass report ${path}`,
  table: (rows, left) => `${plural(rows, 'Zeile', 'Zeilen')} von ${number(rows + left)}`,
  span: (first, last) => (first === last ? `Zeitpunkt: ${first}.` : `Von ${first} bis ${last}.`),
  days: (touched, emptied) =>
    `Die Diagramme verlieren Ereignisse an ${plural(touched, 'Tag', 'Tagen')}, an ${number(emptied)} davon alle.`,
  kinds: 'Nach Art',
  sample: 'Die neuesten davon',
  bytes: (size) => `Etwa ${size}.`,
  backup: (path) => `Zuerst wird eine Sicherung angelegt: ${path}.`,
  dry: 'Es wurde nichts gelöscht. Mit --yes werden sie gelöscht und sind nicht zurückzuholen.',
  done: (events, rows) =>
    rows === events
      ? `${plural(events, 'Ereignis wurde', 'Ereignisse wurden')} gelöscht.`
      : `${plural(events, 'Ereignis wurde', 'Ereignisse wurden')} gelöscht, mit Zugehörigem ${plural(rows, 'Zeile', 'Zeilen')}.`,
  gone: (cells, searched) =>
    `Nachweislich verschwunden: ${plural(cells, 'Wert', 'Werte')} davon in ${searched} freiem Platz, Protokoll und Journal gesucht, keiner gefunden.`,
  proved: (found, cells) =>
    `${number(found)} von ${plural(cells, 'gesuchtem Wert', 'gesuchten Werten')} sind noch da.`,
  traceable: (traceable, rows) =>
    `${number(traceable)} von ${plural(rows, 'Zeile', 'Zeilen')} enthielten etwas, das in keiner verbliebenen Zeile steht.`,
  noReceipts: 'Noch wurde nichts gelöscht, also gibt es keine Quittung.',
  receiptOf: (when, rows, path) => `${when}  ${plural(rows, 'Zeile', 'Zeilen')} aus ${path}`,
  noPending: 'Keine Löschung ist unvollendet.',
  finished: (path) => `${path}: vollendet, nichts bleibt.`,
  unfinished: (path, size, why) => `${path}: Es bleiben ${size}, denn ${why}.`,
  noRules: 'Bei keiner Datei werden Datensätze nach Alter gelöscht.',
  rule: (path, days) => `${path}: ${plural(days, 'letzter Tag bleibt', 'letzte Tage bleiben')}.`,
  noRule: (path) => `${path}: alle Datensätze bleiben.`,
  ruleDry: (days) =>
    `Es wurde nichts gelöscht und nichts eingeschaltet. Mit --yes ${days === 1 ? 'bleibt' : 'bleiben'} von nun an nur ${plural(days, 'letzter Tag', 'letzte Tage')}.`,
  ruleSet: (path, days) =>
    `Von nun an behält ${path} nur ${plural(days, 'letzten Tag', 'letzte Tage')}. Sightglass tut das bei jedem Start und täglich, solange es läuft; keep --now tut es sofort.`,
  noLog: 'Noch hat es nichts getan.',
  didKeep: (when, rows, path) => `${when}  ${plural(rows, 'Zeile', 'Zeilen')} aus ${path} gelöscht`,
  didNot: (when, path, failure) => `${when}  nichts aus ${path} gelöscht: ${failure}`,
  left: (size, why) => `Es bleiben ${size}, denn ${why}. Es wird zu Ende gebracht, sobald das geht.`,
  leftForGood: (size, why) => `Es bleiben ${size}, denn ${why}.`,
  kept: (path) => `Die Sicherung: ${path}`,
  receipt: (path) => `Die Quittung: ${path}`,
}

export const notErasable: Like<typeof whyNot> = {
  'read-only': () => 'darf nicht geschrieben werden',
  text: () => 'ist ein Textprotokoll, gelöscht werden kann nur aus SQLite-Dateien',
  view: (detail) => `zeigt ${detail} durch eine Sicht, die selbst keine Zeilen hat`,
  virtual: (detail) => `hält ${detail} in einer virtuellen Tabelle`,
  trigger: (detail) =>
    `hat einen Trigger, ${detail}, der mehr täte, als diese Zeilen zu löschen, oder es verböte`,
  'points-back': (detail) => `hat Zeilen in ${detail}, die geändert statt gelöscht werden müssten`,
  'no-key': (detail) => `hat Zeilen in ${detail}, die kein Schlüssel sicher auseinanderhält`,
  damaged: () => 'ist beschädigt, und Löschen könnte es schlimmer machen',
  'other-names': () => 'hat einen zweiten Namen (einen harten Link), unter dem ein Werkzeug schreiben könnte',
  recount: () => 'ergab nicht, was gezählt war: Etwas darin löscht oder schreibt mehr als verlangt',
}
