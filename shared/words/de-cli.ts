import { erase } from './de-erase.ts'
import { share } from './de-cli-share.ts'
import { trends } from './de-cli-trends.ts'
import type { cli as english } from './en-cli.ts'
import type { Like } from './like.ts'

const number = (count: number): string => count.toLocaleString('de')
const plural = (count: number, one: string, many: string): string =>
  `${number(count)} ${count === 1 ? one : many}`

const steps: Readonly<Record<string, readonly [one: string, more: string]>> = {
  second: ['Sekunde', 'Sekunden'],
  'ten seconds': ['10 Sekunden', '10 Sekunden'],
  minute: ['Minute', 'Minuten'],
  'ten minutes': ['10 Minuten', '10 Minuten'],
  hour: ['Stunde', 'Stunden'],
  day: ['Tag', 'Tage'],
  week: ['Woche', 'Wochen'],
  month: ['Monat', 'Monate'],
  year: ['Jahr', 'Jahre'],
  century: ['Jahrhundert', 'Jahrhunderte'],
}
const asData = 'dasselbe als Daten'
const force = 'OUT ersetzen, wenn es da ist'

const commands: Like<typeof english>['commands'] = {
  open: {
    summary: 'Das Programm öffnen, mit einer Datei, wenn eine genannt ist',
    tool: 'die Datei dieses Werkzeugs öffnen, von dort, wo es sie ablegt',
    port: 'der Port des lokalen Webservers, sonst ein freier',
    noOpen: 'die Adresse ausgeben, nichts öffnen',
    browser: 'den Browser nehmen, auch wo Electron installiert ist',
  },
  report: {
    summary: 'Ausgeben, was eine Datei sagt: wie viel, wann, wie schnell, was fehlschlägt',
    json: asData,
    zone: 'die Zeitzone der Tage und Zeiten, wie Europe/Berlin; sonst die der Einstellungen',
    html: 'mit allen Diagrammen als Seite schreiben, die sich überall öffnet, nichts lädt und gut druckt',
    force,
  },
  records: {
    summary:
      'Datensätze ausgeben, wie sie in einer Datei stehen, die neuesten zuerst, ein JSON-Objekt je Zeile',
    search: 'nur die, die all diese Wörter irgendwo in ihrem Text enthalten',
    sort: 'stattdessen nach einer Spalte der Datei',
    descending: 'die höchsten zuerst',
    limit: 'wie viele, ohne Angabe 20',
    columns: 'die Spalten wählen, die das Fenster zeigt; eine leere Liste ist seine eigene Wahl',
  },
  export: {
    summary: 'Zeilen einer Datei als CSV, JSON, JSON Lines oder neue SQLite-Datei schreiben',
    as: 'csv, json, jsonl oder sqlite; sonst worauf OUT endet, ohne OUT JSON',
    gzip: 'packen; das tut auch ein OUT, das auf .gz endet',
    exact: 'CSV mit den genauen Bytes: Was eine Tabelle für eine Formel hält, bleibt eine',
    table: 'alle Zeilen dieser Tabelle statt der Ereignisse',
    search: 'nur die, die all diese Wörter irgendwo in ihrem Text enthalten',
    zone: 'die Zeitzone für Tage und Stunden der Filter, sonst die aus den Einstellungen',
    tool: 'die Datei dieses Werkzeugs, gesucht, wo es sie ablegt',
    force: 'OUT ersetzen, wenn es da ist',
    json: 'als Daten sagen, was geschrieben wurde',
  },
  import: {
    summary: 'Aus einem Export in JSON oder JSON Lines, gepackt oder nicht, eine SQLite-Datei machen',
    force: 'OUT ersetzen, wenn es da ist',
    json: 'als Daten sagen, was geschrieben wurde',
  },
  follow: {
    summary: 'Ereignisse ausgeben, wie ein Werkzeug sie schreibt, bis Strg-C',
    json: 'ein JSON-Objekt je Zeile',
  },
  recognise: {
    summary: 'Sagen, wofür eine Datei gehalten wird, oder es für alle solchen Dateien berichtigen',
    table: 'die Tabelle mit den Ereignissen',
    time: 'die Spalte mit ihrer Zeit',
    encoding: 'wie diese Zeit geschrieben ist: seconds, milliseconds, iso, webkit, …',
    categories: 'die Spalten, deren Werte gezählt werden',
    measures: 'die Spalten, deren Zahlen summiert werden',
    guess: 'die Berichtigung vergessen und wieder raten',
    json: asData,
  },
  files: {
    summary: 'Die Telemetriedateien bekannter Werkzeuge und die zuletzt geöffneten auflisten',
    forget: 'eine Datei von der Liste der zuletzt geöffneten nehmen; die Datei bleibt',
    in: 'auflisten, was in einem Ordner liegt',
    json: asData,
  },
  snapshot: {
    summary:
      'Einen Augenblick einer Datei sichern, auch während ein Werkzeug schreibt, mit dem, was noch in ihrer -wal liegt',
    force,
  },
  sample: {
    summary: 'Eine Datei mit glaubhaften erfundenen Ereignissen schreiben, zum Ausprobieren',
    format: 'das Werkzeug, dessen Datei sie ähnelt',
    events: 'wie viele Ereignisse, ohne Angabe 5000',
    seed: 'eine andere Zahl ergibt andere Ereignisse, dieselbe Zahl dieselben',
    until: 'der Tag der letzten Ereignisse, sonst heute: 2026-11-20',
    force,
  },
  settings: {
    summary: 'Alle Einstellungen zeigen, oder eine, oder eine ändern',
    reset: 'zurück zum Ausgangswert',
    json: asData,
  },
  updates: {
    summary: 'Sagen, wo nach einer neueren Version gefragt wird; mit --yes dort fragen',
    would: (address) => `Mit --yes wird ${address} nach der neuesten Version gefragt.`,
    yes: 'jetzt fragen: eine Anfrage an diese Adresse',
    json: 'dasselbe als Daten',
  },
  version: { summary: 'Die Version ausgeben', json: 'mit allem, was das Programm von sich weiß, als Daten' },
  help: { summary: 'Mehr über einen Befehl sagen' },
}

const mistakes: Like<typeof english>['mistakes'] = {
  command: (name, near) =>
    `Einen Befehl ${name} gibt es nicht.${near === null ? '' : ` Gemeint ist vielleicht ${near}.`} sightglass --help nennt alle.`,
  option: (command, option) =>
    `${command} hat keine Option ${option}. sightglass help ${command} nennt alle.`,
  needsValue: (option, value) => `${option} braucht einen Wert: ${option} ${value}.`,
  noValue: (option) => `${option} nimmt keinen Wert.`,
  missing: (command, operand, usage) => `${command} braucht ${operand}. Aufruf: ${usage}`,
  tooMany: (command, extra, usage) => `${command} kann mit ${extra} nichts anfangen. Aufruf: ${usage}`,
  ending: (name, option, values) =>
    `Woran ${name} endet, sagt nicht, was zu schreiben ist. Es auf .csv, .json, .jsonl oder .db enden lassen oder ${option} ${values.join('|')} angeben.`,
  oneOf: (option, values) => `${option} ist eines von: ${values.join(', ')}.`,
  number: (option, least, most) => `${option} ist eine ganze Zahl von ${number(least)} bis ${number(most)}.`,
  when: (option) =>
    `${option} ist ein Tag wie 2026-11-01, auch mit Uhrzeit (2026-11-01T12:30), oder wie lange zurück: 30d, 2w, 12h.`,
  where: (option) => `${option} ist ein Name, ein Gleichheitszeichen und ein Wert: agent=planner.`,
  order: '--since liegt nicht vor --until, dazwischen ist also nichts.',
  together: (one, other) => `${one} und ${other} gehen nicht zusammen.`,
  date: (option) => `${option} ist ein Datum wie 2026-11-20.`,
  zone: (zone) => `${zone} ist keine Zeitzone. Eine ist Europe/Berlin.`,
  setting: (name, names) => `Eine Einstellung ${name} gibt es nicht. Es gibt: ${names.join(', ')}.`,
  settingValue: (name, value) => `${value} ist kein Wert für ${name}. Es wurde nichts verändert.`,
  tableAlone: '--table nimmt alle Zeilen einer Tabelle: Filter wählen unter den Ereignissen.',
  sameFile: 'OUT ist FILE selbst oder gehört dazu. Einen anderen Namen wählen.',
  knownFormat: (title) => `Das ist eine Datei von ${title}: Es gibt nichts zu wählen.`,
  encoding: (name) => `${name} ist keine Schreibweise einer Zeit, die dieses Programm kennt.`,
  noToolFile: (tool) =>
    `Keine Datei von ${tool} lag dort, wo es sie ablegt. Die Datei nennen oder das Werkzeug erst eine schreiben lassen.`,
}

export const cli: Like<typeof english> = {
  erase,
  about:
    'Die Nutzungstelemetrie, die eigene Werkzeuge schreiben, sehen, aufheben, ausgeben und wirklich löschen.',
  commands,
  filters: {
    since: 'nur Ereignisse ab dann: ein Tag wie 2026-11-01, oder wie lange zurück: 30d, 2w, 12h',
    until: 'nur Ereignisse bis dann: einen Tag lang noch, oder so lange zurück wie gesagt',
    kind: 'nur Ereignisse dieser Art; noch einmal genannt, auch die jener Art',
    where:
      'nur Ereignisse mit diesem Wert, wie agent=planner; != schließt ihn aus; noch einmal genannt, gilt beides, oder eines von beiden beim selben Namen',
    failed: 'nur Ereignisse, die fehlschlugen',
  },
  usage: 'Aufruf',
  options: 'Optionen',
  examples: 'Beispiele',
  commandWord: 'BEFEHL',
  optionsWord: 'OPTIONEN',
  common: { verbose: 'auf der Fehlerausgabe sagen, was getan wird', help: 'dies zeigen' },
  moreHelp: 'Mehr über einen: sightglass help BEFEHL',
  mistakes,

  report: {
    events: 'Ereignisse',
    activeDays: 'aktive Tage',
    failed: 'fehlgeschlagen',
    median: 'Median',
    p95: '95. Perzentil',
    none: 'Die Datei enthält noch keine Ereignisse.',
    noneFits: 'Kein Ereignis dieser Datei passt zu den Filtern.',
    noTime: 'keine lesbaren Zeiten',
    timeline: (step) => `Ereignisse je ${steps[step]?.[0] ?? step}`,
    most: (count, when) => `am meisten ${when}: ${number(count)}`,
    together: (count, step) => `ein Zeichen für ${count} ${steps[step]?.[1] ?? step}`,
    failures: 'Fehler',
    kinds: 'Art',
    more: (count) => `und ${number(count)} weitere`,
    blank: '(leer)',
    warning: 'Hinweis',
    damaged: 'Die Datei ist beschädigt: Zahlen womöglich unvollständig.',
    unchecked: 'Die Datei ließ sich nicht auf Schäden durchsehen.',
    saved: (size, path) => `${size} in ${path}`,
    otherNames:
      'Die Datei hat einen zweiten Namen (einen harten Link): Zeilen, die ein Werkzeug unter jenem geschrieben hat, fehlen womöglich.',
  },
  recognise: {
    known: (title) => `Das ist eine Datei von ${title}.`,
    guess: (table, time, encoding) =>
      `Kein bekanntes Format. Ereignisse sind die Zeilen von ${table}, zur Zeit in ${time} (${encoding}).`,
    confidence: {
      sure: 'Das ist sicher.',
      likely: 'Das ist wahrscheinlich. Stimmt es nicht, eine andere Tabelle oder Zeit nennen.',
      unsure: 'Das ist geraten. Prüfen und eine andere Tabelle oder Zeit nennen, wenn es nicht stimmt.',
    },
    categories: (names) => `Gezählt nach: ${names}`,
    measures: (names) => `Summiert: ${names}`,
    others: 'Es könnte auch sein (Tabelle · Zeit · wie sie geschrieben ist):',
  },
  follow: { waiting: 'Wartet auf neue Ereignisse. Strg-C beendet.' },
  files: {
    found: 'Gefunden, wo Werkzeuge sie ablegen',
    recent: 'Zuletzt geöffnet',
    none: 'Keine Telemetriedatei wurde gefunden, und noch keine geöffnet.\nZum Ausprobieren: sightglass sample sample.db',
    noneRecent: 'Zuletzt wurde keine Datei geöffnet.',
    changed: (when) => `geändert ${when}`,
    writing: 'wird geschrieben',
    missing: 'derzeit nicht da',
    emptyFolder: 'In diesem Ordner ist nichts.',
    cut: (count) => `Nur die ersten ${number(count)} sind aufgelistet.`,
  },
  sample: { made: (events, path) => `${plural(events, 'Ereignis', 'Ereignisse')} in ${path}` },
  export: {
    leftOut: (tables: string) =>
      `Nicht enthalten: ${tables}. Ein Export als SQLite nimmt mit, was zu den Ereignissen gehört, und --table schreibt eine davon.`,
    made: (rows: number, size: string, path: string) =>
      `${plural(rows, 'Zeile', 'Zeilen')}, ${size}, in ${path}`,
    table: (rows: number, name: string) => `  ${plural(rows, 'Zeile', 'Zeilen')} aus ${name}`,
  },
  import: {
    made: (rows: number, path: string) => `${plural(rows, 'Zeile', 'Zeilen')} in ${path}`,
  },
  snapshot: { made: (size, path) => `${size} in ${path}` },
  settings: { system: 'System', byLanguage: 'wie in der Sprache üblich', on: 'an', off: 'aus' },
  share,
  trends,
  phases: { copying: 'Kopiert', reading: 'Liest', writing: 'Schreibt' },
  verbose: {
    opening: (path) => `Öffnet ${path}`,
    problem: (problem) => `Schaden: ${problem}`,
    copy: 'Aus einer eigenen Kopie gelesen, weil das Lesen am Ort Spuren neben der Datei hinterließe.',
    place: 'Am Ort gelesen.',
    format: (title) => `Als ${title} erkannt, an Tabellen und Spalten.`,
    rows: (rows, seconds) => `${plural(rows, 'Zeile', 'Zeilen')} in ${seconds}.`,
    starting: (command) => `Startet ${command}`,
    saved: (seconds) => `Geschrieben, auf den Datenträger gebracht und benannt in ${seconds}.`,
  },
}
