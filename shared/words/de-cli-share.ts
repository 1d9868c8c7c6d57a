import { destinationWords } from './de-destinations.ts'
import { held } from './de-held.ts'
import { receipts } from './de-receipts.ts'
import { sent } from './de-sent.ts'
import type { share as en } from './en-cli-share.ts'
import type { Like } from './like.ts'

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('de')} ${count === 1 ? one : many}`
const asData = 'dasselbe als Daten'

export const share: Like<typeof en> = {
  commands: {
    status: {
      summary: 'Sagen, ob das Teilen eingeschaltet ist, seit wann, und wohin Berichte gehen',
      json: asData,
    },
    on: {
      summary: 'Alles zeigen, was den Rechner verließe, an wen und wann, und nach einem Ja einschalten',
      level:
        'basic: eine Art von Ereignissen am Tag, gilt ohne Angabe; detailed: alle Arten und ihre Dimensionen',
      day: 'der ganze UTC-Tag, der gezeigt wird, sonst der letzte mit Ereignissen',
      hash: 'für Skripte: die Prüfsumme am Ende der Vorschau. Sie gilt für den Bericht und wohin er geht, nicht für die Kennungen, die erst beim Senden gezogen werden',
    },
    off: { summary: 'Das Teilen ausschalten: Laufendes wird abgebrochen, die Warteschlange geleert' },
    to: {
      summary: 'Ziele auflisten, oder eines eintragen: sein Name und seine Adresse oder sein Pfad',
      set: 'was es sonst wissen muss: key=…, oder key=@DATEI, um es aus einer Datei zu lesen',
      level: 'nie mehr als das an dieses Ziel: basic oder detailed',
      force: 'den angegebenen Schlüssel an die Stelle eines versiegelten setzen',
      remove: 'das Ziel streichen, mit seinen Schlüsseln und allem, was dafür wartet',
      json: asData,
    },
    files: {
      summary: 'Dateien auflisten, deren Tage geteilt werden dürfen, und solche, die es könnten',
      tick: 'die Tage dieser Datei teilen',
      untick: 'von dieser Datei nichts mehr teilen',
      json: asData,
    },
    preview: {
      summary:
        'Genau die Bytes zeigen, die ein Tag senden würde: der angekreuzten Dateien oder von FILE; nichts wird gesendet',
      day: 'ein ganzer UTC-Tag, sonst der letzte mit Ereignissen: 2026-11-20',
      level: 'basic oder detailed, sonst die eingeschaltete Stufe, oder detailed',
      to: 'das Ziel, dessen Bytes gezeigt werden, sonst alle eingetragenen, oder community',
      json: asData,
    },
    queue: {
      summary: 'Auflisten, was auf das Senden wartet; ansehen oder herausnehmen',
      show: 'genau die Bytes dieses Eintrags ausgeben',
      drop: 'diesen Eintrag herausnehmen; seine Tage werden nicht geteilt',
      json: asData,
    },
    now: {
      summary:
        'Jetzt senden, was eine Stunde lang in der Vorschau stand, und Berichte vergangener Tage erstellen',
      to: 'nur an dieses Ziel; none sendet und erstellt nichts',
      earlier: 'auch Tage ab diesem teilen, die vor dem Einschalten liegen',
      json: asData,
    },
    newId: { summary: 'Eine andere anonyme Kennung ziehen' },
    log: {
      summary: 'Alles ausgeben, was je gesendet wurde, und was daraus wurde; das Neueste zuerst',
      limit: 'wie viele Einträge, ohne Angabe 20',
      before: 'Einträge vor dieser Nummer',
      verify: 'prüfen, dass kein Eintrag geändert, entfernt oder dazwischengeschoben wurde',
      out: 'alles in eine Datei schreiben, die sich in der Ansicht öffnen lässt',
      force: 'OUT ersetzen, falls vorhanden',
      erase: 'endgültig löschen, ganz oder bis zu einem Tag; sagt zuerst, was verloren geht, und fragt',
      through: 'mit --erase: der letzte Tag, der verschwindet, in UTC; spätere bleiben',
      yes: 'mit --erase: löschen, ohne zu fragen',
      json: asData,
    },
    forget: {
      summary: 'Sagen, was geteilt wurde, und seine Löschung verlangen',
      batch: 'nur diesen, nach der Kennung in der Liste',
      from: 'nur Berichte von diesem Tag an',
      until: 'nur Berichte bis zu diesem Tag',
      to: 'nur bei diesem Ziel',
      yes: 'jetzt verlangen; ohne das wird nur gesagt, was von wem verlangt würde',
      json: asData,
    },
    held: {
      summary: 'Nachfragen, was vom Geteilten noch da ist, und die Antwort mit dem Protokoll vergleichen',
      to: 'nur bei diesem Ziel',
      yes: 'jetzt nachfragen; sonst wird nur gesagt, bei wem und wo',
      json: asData,
    },
    test: {
      summary: 'Sagen, was die Prüfung eines Ziels senden würde, und sie mit --yes ausführen',
      yes: 'ausführen',
      json: asData,
    },
  },
  off: 'Das Teilen ist ausgeschaltet. Nichts verlässt diesen Rechner.',
  offBut: 'Das Teilen ist ausgeschaltet. Nichts verlässt diesen Rechner außer verlangten Löschungen.',
  forcedOff: {
    DO_NOT_TRACK: 'In der Umgebung ist DO_NOT_TRACK gesetzt; das hält es ausgeschaltet.',
    SIGHTGLASS_SHARING: 'In der Umgebung ist SIGHTGLASS_SHARING gesetzt; das hält es ausgeschaltet.',
    policy: 'Die Richtliniendatei des Rechners hält es ausgeschaltet.',
  },
  inCI: 'Dies ist ein Build-Server: Hier wird das Teilen nie von selbst eingeschaltet. Ein eigenes Ziel eintragen (share to web-hook https://…) und mit der Prüfsumme einer Vorschau einschalten.',
  on: (level, since) => `Das Teilen ist eingeschaltet: ${level}, seit ${since}.`,
  nowhere: 'Kein Ziel ist eingetragen, es wird also nichts gesendet.',
  to: 'Berichte gehen an',
  states: {
    idle: 'nichts wartet',
    waiting: 'Berichte warten auf ihren Zeitpunkt',
    failing: 'der letzte Versuch ist gescheitert; es wird wieder versucht',
    stuck: 'etwas wurde abgelehnt, oder niemand weiß, ob es ankam: siehe share queue',
  },
  delivery: {
    'exactly once': 'ein Bericht zählt einmal, auch wenn eine Antwort verloren geht',
    'at least once': 'ein Bericht kommt einmal an, oder zweimal, wenn eine Antwort verloren geht',
    'at most once': 'ein Bericht kommt einmal an, oder nie, wenn eine Antwort verloren geht',
  },
  takenBack: {
    proof: 'was es hat, löscht share forget',
    'own file': 'es ist die eigene Datei: Sie zu löschen nimmt alles zurück',
    'nothing kept': 'es behält nichts',
    ask: 'was es hat, lässt sich von hier aus nicht löschen, nur vom Betreiber',
  },
  trouble: destinationWords.trouble,
  next: (earliest, latest, to) =>
    earliest === latest
      ? `Der nächste Bericht geht am ${earliest} an ${to}.`
      : `Der nächste Bericht geht zwischen ${earliest} und ${latest} an ${to}.`,
  running:
    'Nur solange das Programm offen ist oder mit share now: Von selbst läuft nichts von diesem Programm.',
  undo: 'share off hält sofort an und leert die Warteschlange; share forget nimmt zurück, was sich zurücknehmen lässt.',
  deletions: (count) =>
    `${plural(count, 'Löschung', 'Löschungen')} verlangt und noch nicht bestätigt: Es wird wieder versucht, solange das Programm offen ist, und mit share forget --yes.`,
  notSent: 'Es wurde nichts gesendet. Dies sind die Bytes, die es wären.',
  ids: 'Die Kennungen sind hier Nullen: Echte werden erst beim Senden zufällig gezogen.',
  about: (day, level) => `${day} (UTC), ${level}`,
  size: (bytes) => plural(bytes, 'Byte', 'Byte'),
  spaces: (count) => `die letzten ${count} Leerzeichen, damit die Länge nichts verrät`,
  yourDay: 'Von Ihrem eigenen Tag würde es sagen',
  line: (subject, word, count) => `${subject} ${word}: ${count} Mal`,
  lineFailed: (rate) => `gescheitert ${rate}`,
  lineMedian: (median) => `die Hälfte in höchstens ${median}`,
  fields: 'Jedes Feld, das den Rechner verlassen kann',
  leaves: (before, after) => `${before} → ${after}`,
  stays: 'bleibt bei dieser Stufe hier',
  staysAs: (word) => `bleibt bei dieser Stufe hier: Im Bericht steht „${word}“`,
  reasonless: 'an diesem Tag nichts dergleichen',
  script: 'In einem Skript schaltet das hier Gezeigte ein:',
  hash: (hash) => `Prüfsumme dieser Vorschau: ${hash}`,
  first: (earliest, latest) =>
    `Der erste Bericht ginge zwischen ${earliest} und ${latest}, solange das Programm offen ist oder mit share now. Jeder lässt sich vorher eine Stunde lang ansehen und herausnehmen.`,
  ask: 'Teilen einschalten? Ja oder nein eingeben: ',
  yes: 'ja',
  notOn: 'Das Teilen bleibt aus.',
  noAsk:
    'Hier ist kein Terminal, an dem sich fragen ließe. Erst lesen, was hinausginge, dann mit --i-have-read-the-preview einschalten, wie es share preview am Ende zeigt.',
  turnedOff: 'Das Teilen ist aus. Nichts wartet, und die Kennung ist vergessen.',
  hadShared: 'Früher geteilt und noch dort:',
  offerForget: 'sightglass share forget nimmt zurück, was sich zurücknehmen lässt.',
  shared: (batches, first, last, to, address) =>
    `${plural(batches, 'Bericht', 'Berichte')} vom ${first === last ? first : `${first} bis ${last}`} an ${to} (${address})`,
  takeBack: {
    proof: 'lässt sich dort löschen, mit dem Geheimnis, das dieses Programm behalten hat',
    'own file': 'liegt in Ihrer eigenen Datei: dort löschen',
    'nothing kept': 'wurde ausgegeben und nicht aufbewahrt',
    ask: 'kann nur löschen, wer es betreibt: dort anfragen und die Kennungen aus share log nennen',
  },
  pending: (count) => `${plural(count, 'Löschung', 'Löschungen')} verlangt`,
  confirmed: (count) => `${plural(count, 'Löschung', 'Löschungen')} bestätigt`,
  nothingShared: 'Es wurde nie etwas geteilt.',
  nothingChosen: 'Nichts vom Geteilten ist unter dem Gewählten. share forget allein listet es auf.',
  nobodyHolds: 'Niemand ist zu fragen: Mit keinem Community-Server wurde etwas geteilt.',
  wouldAsk: 'Noch wurde nichts verlangt. Mit --yes wird bei diesen Adressen angefragt.',
  needs: (name, needs) => `${name}: ${needs}`,
  known: 'Es gibt (in Klammern, was fehlen kann)',
  certificates:
    'Jedes mit einer Adresse nimmt auch authority=PFAD und pin=SHA-256, für Server mit eigenem Zertifikat.',
  ticked: 'Tage dieser Dateien dürfen geteilt werden',
  notTicked: 'Gefunden und nicht geteilt',
  noFiles: 'Keine Datei ist angekreuzt, es gibt also nichts zu teilen: share files --tick PATH.',
  missing: 'derzeit nicht da',
  queueEmpty: 'Nichts wartet.',
  held: 'lässt sich mindestens bis dahin ansehen und herausnehmen',
  queued: (batch, about, to, bytes) => `${batch}  ${about} an ${to}, ${bytes}`,
  queuedDue: (due) => `nicht vor ${due}`,
  wholeId: (option) => `${option} nimmt eine ganze Kennung, wie share queue und share forget sie auflisten.`,
  queueStates: {
    refused: 'abgelehnt: wird neu erstellt, sobald share to das Ziel neu setzt',
    unclear: 'niemand weiß, ob es ankam',
  },
  looked: (made, delivered, waiting) =>
    `${plural(made, 'Bericht', 'Berichte')} erstellt, ${plural(delivered, 'Anfrage', 'Anfragen')} zugestellt, ${waiting.toLocaleString('de')} wartend.`,
  lookedNothing: 'Kein Tag seit dem Einschalten ist zu Ende und hat Ereignisse, die noch nicht geteilt sind.',
  nextLook: (at) => `Das Nächste ist am ${at} fällig.`,
  elsewhere:
    'Ein anderes Fenster oder ein anderer Befehl dieses Programms sendet gerade. Dieser hat es dem überlassen.',
  sealedStays: (name) =>
    `Der Schlüssel für ${name} ist im Schlüsselspeicher des Systems versiegelt und bleibt. Mit --force tritt der angegebene an seine Stelle, in einer Datei, die nur Sie lesen können.`,
  sealedGone: (name) => `Der versiegelte Schlüssel für ${name} ist weg.`,
  newId: (until) => `Eine neue Kennung wurde gezogen. Sie wird spätestens am ${until} ersetzt.`,
  deletion: {
    none: 'liegt dort',
    perhaps: sent.back.states.perhaps,
    asked: 'Löschung verlangt',
    refused: 'Löschung noch nicht bestätigt',
    confirmed: 'gelöscht',
  },
  receipts,
  stillThere: held,
  logEmpty: 'Es wurde nie etwas gesendet, und das Teilen war nie an.',
  logNone: sent.log.noneFits,
  logSound: (entries) => `${plural(entries, 'Eintrag', 'Einträge')}, alle wie geschrieben.`,
  logBroken: (entry) => `Eintrag ${entry} ist nicht, wie er geschrieben wurde, oder einer davor fehlt.`,
  logWritten: (entries, path) => `${plural(entries, 'Eintrag', 'Einträge')} in ${path}`,
  logMore: (before) => `Es gibt mehr: --before ${before}`,
  entries: {
    attempt: (bytes, to, address, about) => `Versuch, ${bytes} an ${to} zu senden (${address}): ${about}`,
    outcome: (of, outcome, told) => `Eintrag ${of}: ${outcome}${told === '' ? '' : ` (${told})`}`,
    outcomes: sent.log.outcome,
    dropped: (about, to, why) => `${about} für ${to} nicht gesendet: ${why}`,
    why: sent.log.why,
    deletion: sent.log.deletion,
    question: sent.log.question,
    on: (level) => `eingeschaltet: ${level}`,
    off: 'ausgeschaltet',
    erased: (entries, through) =>
      `${plural(entries, 'Eintrag', 'Einträge')} davor von Ihnen gelöscht${through === null ? '' : `, bis ${through}`}`,
    'new id': 'eine neue Kennung wurde gezogen',
    earlier: (from) => `Tage ab ${from} wurden verlangt`,
  },
  erase: {
    nothing: 'Einen solchen Eintrag gibt es im Protokoll nicht. Nichts wird gelöscht.',
    lost: (entries, receipts) =>
      `Endgültig verschwinden würden aus dem Protokoll ${plural(entries, 'Eintrag', 'Einträge')}, mit den gesendeten Bytes und ${plural(receipts, 'Antwort', 'Antworten')} von Zielen.`,
    provable: (reports) =>
      `Damit verschwinden auch die Geheimnisse zu ${plural(reports, 'Bericht', 'Berichten')}, ohne die nichts davon je zurückgenommen werden kann. Vorher zurücknehmen: share forget.`,
    stays: (waiting, deletions) =>
      `Was wartet, bleibt (${plural(waiting, 'Anfrage', 'Anfragen')}), ebenso noch nicht bestätigte Löschungen (${deletions.toLocaleString('de')}).`,
    days: 'Dass diese Tage geteilt wurden, bleibt 28 Tage lang vermerkt, damit nichts zweimal gesendet wird.',
    ask: 'Löschen? Bitte ja eintippen: ',
    done: (entries) => `${plural(entries, 'Eintrag', 'Einträge')} gelöscht.`,
    stayed: 'Nichts wurde gelöscht. Mit --yes geschieht es.',
  },
  test: {
    request: (address) =>
      `Eine Prüfung öffnet eine Verbindung zu ${address} und fragt mit GET, ohne Schlüssel, Inhalt oder Bericht. Ob ein Schlüssel stimmt, zeigt sich erst, wenn ein Bericht gesendet wird.`,
    file: (path) => `Eine Prüfung sieht nach, ob ${path} beschrieben werden kann. Sie schreibt nichts.`,
    print: 'Das wird nur auf dem eigenen Bildschirm ausgegeben. Da gibt es nichts zu prüfen.',
    how: 'Es wurde nichts gesendet. Mit --yes wird es getan.',
    reached: (status) => `Es antwortet (Status ${status}).`,
    proved: 'Sein Zertifikat ist gut.',
    writable: 'Es lässt sich beschreiben.',
    redirected: (status) =>
      `Es antwortet mit einer Umleitung (Status ${status}), der dieses Programm nie folgt: die Adresse eintragen, zu der sie führt.`,
    name: (detail) => `Es gibt keinen Rechner dieses Namens (${detail}). Die Adresse prüfen.`,
    refused: (detail) => `Dort antwortet niemand (${detail}). Läuft der Server, und stimmt der Port?`,
    certificate: (detail) =>
      `Es kann nicht beweisen, wer es ist (${detail}), also wurde nichts gesendet. Stammt sein Zertifikat von einer eigenen Stelle? Dann authority=PFAD eintragen.`,
    pin: (detail) =>
      `Sein Schlüssel ist nicht der festgelegte (${detail}), also wurde nichts gesendet. Nur wenn bekannt ist, dass es einen neuen hat, pin neu eintragen.`,
    authority: (detail) =>
      `Die unter authority genannte Datei enthält kein lesbares Zertifikat (${detail}), also wurde niemand gefragt. Bitte authority=PFAD auf eine PEM-Datei setzen.`,
    'time-out': (detail) => `Es hat nicht rechtzeitig geantwortet (${detail}).`,
    lost: (detail) => `Die Verbindung brach ab (${detail}).`,
    'not writable': (detail) => `Es lässt sich nicht beschreiben (${detail}).`,
  },
}
