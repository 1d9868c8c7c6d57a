import { destinationWords } from './de-destinations.ts'
import { fieldLabels, fieldReasons } from './de-fields.ts'
import { sent } from './de-sent.ts'
import type { sharing as englishSharing } from './en-sharing.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'

const { noun } = nounsIn('de')
const event = { one: 'Ereignis', other: 'Ereignisse' }

export const sharing: Like<typeof englishSharing> = {
  state: {
    label: 'Was jetzt gilt',
    off: 'Nichts verlässt diesen Rechner',
    offBut: 'Nichts verlässt diesen Rechner außer verlangten Löschungen',
    offLead: 'Das Teilen ist aus, bis es jemand einschaltet.',
    stopped: (when) =>
      `Das Teilen wurde am ${when} ausgeschaltet. Was wartete, ist verworfen, die anonyme Kennung aufgegeben: Nur das Protokoll zeigt sie noch.`,
    next: (when, to) => `Nächster Bericht am ${when} an ${to}`,
    nextWithin: (span, to) => `Nächster Bericht innerhalb von ${span}, an ${to}`,
    nowhere: 'Das Teilen ist an, aber nichts geht hinaus: Kein Ziel ist eingetragen',
    nothingDue: 'Das Teilen ist an; kein Bericht wartet',
    on: (level, since) => `Das Teilen ist an, ${level}, seit ${since}.`,
    about: (about) => `Über ${about}; unten zu lesen und herauszunehmen.`,
    unmade: 'Er entsteht, wenn sein Tag zu Ende ist, und kann dann hier gelesen und herausgenommen werden.',
    forcedOff: {
      DO_NOT_TRACK:
        'In der Umgebung ist DO_NOT_TRACK gesetzt: Das Teilen ist aus und hier nicht einzuschalten.',
      SIGHTGLASS_SHARING:
        'In der Umgebung ist SIGHTGLASS_SHARING gesetzt: Das Teilen ist aus und hier nicht einzuschalten.',
      policy: 'Die Richtliniendatei des Rechners sagt nie: Das Teilen ist aus und hier nicht einzuschalten.',
    },
  },
  sentence:
    'Eingeschaltet sendet Sightglass je Werkzeug einen kleinen Bericht am Tag: grobe Zahlen und Wörter aus Listen, niemals Texte, Pfade, Befehle oder Namen.',
  levels: { basic: 'einfach', detailed: 'ausführlich' },
  aboutLevels: {
    basic:
      'Einfach: von einer Art von Ereignissen am Tag, wie viele, wie viele fehlschlugen, wie lange sie dauerten; welche Art, entscheidet das Los, häufige öfter.',
    detailed:
      'Ausführlich: dasselbe für alle Arten, und für jeden Agenten, jedes Werkzeug, Modell und jeden Fehler der Listen.',
  },
  ownDay: {
    title: (day) => `Der eigene Tag, ${day} in UTC, wie er erzählt würde`,
    titleSample: (day) =>
      `${day} aus den Beispieldaten, wie ein eigener Tag erzählt würde; Beispieldaten werden nie geteilt`,
    titleOn: (day) => `Der letzte ganze Tag, ${day} in UTC, wie solche Tage erzählt werden`,
    line: (subject, count) => `${subject}: ${count} Mal`,
    failed: (rate) => `${rate} fehlgeschlagen`,
    noneFailed: 'nichts fehlgeschlagen',
    took: (median, p95) => `die Hälfte binnen ${median}, fast alle binnen ${p95}`,
    subject: (field, word) => `${field} ${word}`,
    others: (field) => `${field}: was auf keiner Liste steht, erzählt als „other“`,
    onlyDetailed: 'nur bei ausführlich',
    none: 'Eine Telemetriedatei öffnen oder unten ankreuzen, um hier zu sehen, was der eigene letzte Tag sagen würde.',
    exact: (count) => `genau ${count.text}, was hier bleibt`,
  },
  facts: {
    what: 'Was hinausgeht',
    to: 'An wen',
    when: 'Wann als Nächstes',
    undo: 'Wie zurücknehmen',
    off: {
      now: { what: 'Nichts.', to: 'Niemanden.', when: 'Nie.' },
      deletions: {
        what: 'Die verlangten Löschungen, sonst nichts.',
        to: 'Alle, die erhalten haben, was gelöscht werden soll.',
        when: 'Hin und wieder, bis jede bestätigt ist.',
      },
      what: 'Eingeschaltet: Zeilen wie diese je ganzem Tag; jedes Byte davon steht unten.',
      toNone: 'Eingeschaltet: nur selbst eingetragene Ziele; eingetragen ist keines.',
      toSet: (names) => `Eingeschaltet: ${names}, und sonst niemanden.`,
      when: 'Eingeschaltet: Jeder Bericht ist mindestens eine Stunde lang hier zu lesen und herauszunehmen.',
      whenFirst: (span) =>
        `Eingeschaltet: der erste innerhalb von ${span}, eine Stunde vorher hier zu lesen.`,
      undoShared:
        'Geteiltes steht unten, mit dem Weg, es zu löschen. Wieder eingeschaltet: Ein Druck beendet alles sofort.',
      undo: 'Nichts zurückzunehmen. Eingeschaltet: Ein Druck beendet alles sofort, und Geteiltes lässt sich löschen.',
      undoBut: (names) =>
        `Nichts zurückzunehmen. Eingeschaltet: Ein Druck beendet alles sofort. Was an ${names} ging, lässt sich von hier aus nicht löschen, nur vom Betreiber.`,
    },
    on: {
      what: (level) =>
        `Je ganzem Tag in UTC ein Bericht pro Werkzeug, ${level}; jedes Byte davon steht unten.`,
      toNone: 'Niemanden: Kein Ziel ist eingetragen.',
      whenNone:
        'Nichts wartet. Ein Bericht entsteht, wenn ein Tag in UTC zu Ende ist und eine angekreuzte Datei Ereignisse daraus hat.',
      undo: 'Ausschalten beendet alles sofort und verwirft, was wartet; danach lässt sich Geteiltes löschen.',
      undoBut: (names) =>
        `Ausschalten beendet alles sofort und verwirft, was wartet. Was an ${names} ging, lässt sich von hier aus nicht löschen, nur vom Betreiber.`,
    },
  },
  actions: {
    off: 'Ausschalten',
    now: 'Jetzt teilen',
    aboutNow: 'Sendet, was seit einer Stunde hier zu lesen ist, ohne auf seinen Zeitpunkt zu warten.',
    log: 'Was hat dieses Programm je gesendet?',
    choice: 'Zur Wahl, nach jedem Feld und Byte',
  },
  looked: (delivered, waiting) =>
    `${noun(delivered, { one: 'Anfrage', other: 'Anfragen' })} gesendet, ${waiting.text} warten.`,
  lookedNext: (when) => `Das Nächste geht frühestens am ${when}.`,
  lookedNothing: 'Kein Tag seit dem Einschalten ist zu Ende und hat Ereignisse, die noch nicht geteilt sind.',
  elsewhere:
    'Ein anderes Fenster oder ein Befehl von Sightglass sendet gerade; dieses hat es ihm überlassen.',
  files: {
    title: 'Dateien, von denen geteilt wird',
    lead: 'Nur angekreuzte Dateien kommen in Berichte. Beispieldaten, Exporte und zweite Kopien nie.',
    none: 'Noch ist keine Telemetriedatei bekannt. Bitte zuerst eine unter Dateien öffnen.',
    gone: 'gerade nicht da',
    leftOut: {
      copy: 'zweite Kopie einer Datei, die schon zählt',
      'not shared': 'kein Format, das geteilt werden kann',
      export: 'ein Export, wird nie geteilt',
      sample: 'Beispieldaten, werden nie geteilt',
      unreadable: 'nicht lesbar',
    },
    events: (count) => `${noun(count, event)} an diesem Tag`,
  },
  earlier: {
    title: 'Frühere Tage',
    lead: (since) => `Tage vor dem ${since} werden nur auf Verlangen geteilt, höchstens 28 Tage zurück.`,
    label: 'Auch Tage teilen ab',
    ask: 'Diese Berichte erstellen',
    made: (count) =>
      count.of === 0
        ? 'Es gab nichts zu erstellen: Keine angekreuzte Datei hat Ereignisse an diesen Tagen, oder sie sind schon geteilt.'
        : `${noun(count, { one: 'Bericht', other: 'Berichte' })} erstellt. Jeder ist unten mindestens eine Stunde lang zu lesen und herauszunehmen.`,
  },
  id: {
    title: 'Anonyme Kennung',
    lead: (drawn, replaced) =>
      `Am ${drawn} zufällig gezogen, am ${replaced} durch eine andere ersetzt. Sie verbindet die eigenen Berichte miteinander, sonst nichts.`,
    renew: 'Jetzt eine andere ziehen',
  },
  fields: {
    title: 'Jedes Feld, und was es von der eigenen Datei sagen würde',
    lead: (day) =>
      `Alles, was je hinausgehen kann; ein anderes Feld gibt es nicht. In der Mitte, was am ${day} in der eigenen Datei steht, rechts, was davon hinausgeht.`,
    field: 'Feld',
    before: 'In der Datei',
    after: 'Was hinausgeht',
    stays: 'nichts',
    staysBasic: 'nichts: einfach lässt es weg',
    basicSays: (word) => `„${word}“: mehr sagt einfach nicht`,
    none: '–',
    from: { basic: 'einfach und ausführlich', detailed: 'nur ausführlich' },
    events: (count) => noun(count, event),
    failed: (failed, of) => `${failed} von ${of} fehlgeschlagen`,
    labels: fieldLabels,
    reasons: fieldReasons,
    lists: 'Alle Wörter, die hinausgehen können, stehen in docs/data-dictionary.md.',
    besides: {
      title: 'Was jede Sendung außerdem trägt',
      batch_id: 'Für jede Sendung zufällig gezogen, damit nichts doppelt zählt.',
      anonymous_id:
        'Bei ausführlichen Berichten zufällig gezogen, alle 28 Tage ersetzt, an denselben Tagen für alle, und beim Ausschalten aufgegeben. Jeder einfache Bericht hat eine eigene.',
      secret_hash: 'Von einem Geheimnis, das hier bleibt: Wer es zeigt, kann die Sendung löschen lassen.',
      network:
        'Wer sie empfängt, sieht die Netzadresse, von der sie kommt, und „Sightglass“ als Namen des Programms, wie bei jeder Verbindung. Ein Community-Server, wie dieses Projekt ihn macht, bewahrt keine Adresse auf; ob es einer tut, weiß, wer ihn betreibt. Andere Ziele bekommen dasselbe in eigener Verpackung: Auch deren Bytes sind zu sehen.',
    },
  },
  range: (word) =>
    word
      .replace(/(\d)-(\d)/, '$1–$2')
      .replace(/^under /, 'unter ')
      .replace(/ or more$/, ' oder mehr')
      .replace(/(\d)%$/, '$1 %')
      .replace(/(\d)\.(\d)/, '$1,$2')
      .replace(/^none$/, 'keine'),
  bytes: {
    title: 'Die Bytes',
    lead: (day) =>
      `Was der letzte ganze Tag, ${day}, ergeben hätte: ein Beispiel, eben auf diesem Rechner erstellt. Es wurde nichts gesendet.`,
    ids: 'Die Kennungen darin sind Nullen: Echte werden erst beim Senden zufällig gezogen.',
    show: 'Zeigen:',
    to: 'Wie es hinausginge an',
    body: 'Bytes des Berichts',
    headers: 'Kopfzeilen',
    laidOut: 'Zum Lesen auseinanderziehen (die zusätzlichen Leerzeichen werden nicht gesendet)',
    hash: 'SHA-256',
    spaces: (count) =>
      `${noun(count, { one: 'davon ein Leerzeichen', other: 'davon Leerzeichen' })} am Ende, damit die Länge nichts verrät`,
    working: 'Bericht wird erstellt',
    none: 'Noch gibt es keinen ganzen Tag zu zeigen',
    again: 'Noch einmal versuchen',
  },
  choice: {
    title: 'Die Wahl',
    lead: 'Nichts ist vorausgewählt. Jede Wahl lässt sich hier jederzeit ändern.',
    leave: 'Aus lassen',
    on: { basic: 'Einfach einschalten', detailed: 'Ausführlich einschalten' },
    stays: 'Das Teilen bleibt aus. Nichts verlässt diesen Rechner.',
    noFile: 'Bitte oben zuerst eine Datei ankreuzen; ohne sie gibt es nichts einzuschalten.',
    noDestination: 'Bitte oben zuerst ein Ziel eintragen; ohne eines ließe sich nirgendwohin senden.',
    unseen: 'Bitte zuerst oben die Bytes ansehen; sie ließen sich noch nicht erstellen.',
    change: { basic: 'Zu einfach wechseln', detailed: 'Zu ausführlich wechseln' },
    keep: { basic: 'Ausführlich lassen', detailed: 'Einfach lassen' },
  },
  destinations: destinationWords,
  sent,
}
