import type { sent as english } from './en-sent.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'
import { held } from './de-held.ts'
import { receipts } from './de-receipts.ts'

const { noun } = nounsIn('de')
const report = { one: 'Bericht', other: 'Berichte' }
const row = { one: 'Zeile', other: 'Zeilen' }

export const sent: Like<typeof english> = {
  waiting: {
    title: 'Wartet aufs Senden',
    lead: 'Genau diese Bytes. In seiner ersten Stunde kann ein Bericht nur gelesen oder herausgenommen werden.',
    none: 'Nichts wartet.',
    of: (about, to) => `${about} an ${to}`,
    held: (due) => `kann herausgenommen werden; geht frühestens am ${due}`,
    due: (due) => `geht am ${due}`,
    again: (attempts, due) => `${noun(attempts, { one: 'Versuch', other: 'Versuche' })}; wieder am ${due}`,
    refused: 'abgelehnt: wird nicht wieder gesendet, außer nach neuem Speichern des Ziels',
    unclear: 'niemand weiß, ob er ankam: wird nicht wieder gesendet',
    size: (bytes, rows) => `${bytes}, ${noun(rows, row)}`,
    show: 'Lesen',
    hide: 'Schließen',
    showNamed: (what) => `Die Bytes lesen: ${what}`,
    hideNamed: (what) => `Die Bytes schließen: ${what}`,
    drop: 'Herausnehmen',
    dropNamed: (what) => `Herausnehmen: ${what}; wird nicht geteilt`,
    dropped: (what) => `${what} ist herausgenommen und wird nicht geteilt.`,
  },
  back: {
    title: 'Was geteilt wurde',
    none: 'Es wurde noch nie etwas geteilt.',
    offer: 'Das Teilen ist aus. Soll auch gelöscht werden, was geteilt wurde?',
    of: (reports, first, last, to) =>
      `${noun(reports, report)} an ${to}, ${first === last ? first : `${first} bis ${last}`}`,
    how: {
      proof: (address) =>
        `Das Löschen verbindet sich mit ${address} und zeigt das Geheimnis jeder Sendung. Es wird auch ausgeführt, wenn das Teilen aus ist.`,
      'own file': (address) =>
        `Es liegt in der eigenen Datei ${address}. Wer sie löscht, nimmt alles zurück.`,
      'nothing kept': () => 'Es behält nichts, also gibt es nichts zu löschen.',
      ask: (address) =>
        `Von hier aus lässt es sich nicht löschen: bitte an den Betreiber von ${address} wenden, mit den Kennungen aus dem Protokoll.`,
    },
    held,
    each: 'Die Berichte einzeln',
    some: 'Eine Spanne von Tagen',
    fromDay: 'Von',
    untilDay: 'Bis',
    deleteSpan: 'Diese Tage löschen',
    one: 'Löschen',
    oneNamed: (about) => `${about} löschen`,
    states: {
      none: 'liegt dort',
      perhaps: 'liegt vielleicht dort: Es wurde versucht, und nie hieß es, er sei angekommen',
      asked: 'Löschung verlangt',
      refused: (why) => `Löschung noch nicht bestätigt: ${why}`,
      confirmed: 'gelöscht, mit Quittung',
    },
    delete: 'Geteiltes löschen…',
    sure: (reports, to) => `${to} auffordern, ${noun(reports, report)} zu löschen?`,
    do: (reports) => `${noun(reports, report)} löschen`,
    leave: 'Dort lassen',
    pending: (reports) =>
      `${noun(reports, { one: 'Löschung', other: 'Löschungen' })} verlangt und noch nicht bestätigt; es wird weiter versucht.`,
    again: 'Jetzt versuchen',
    confirmed: (reports) => `${noun(reports, { one: 'Löschung', other: 'Löschungen' })} bestätigt.`,
  },
  log: {
    title: 'Alles, was dieses Programm je gesendet hat',
    lead: 'Jeder Versuch steht hier, bevor das Netz berührt wird, sein Ausgang danach, mit jedem Byte.',
    none: 'Das Protokoll ist leer: Dieses Programm hat noch nie etwas gesendet.',
    search: 'Protokoll durchsuchen',
    noneFits: (typed) => `Nichts im Protokoll enthält „${typed}“.`,
    count: (shown, all) => `${shown} von ${noun(all, { one: 'Eintrag', other: 'Einträgen' })}`,
    whole: (entries) =>
      `Die Kette von ${noun(entries, { one: 'Eintrag', other: 'Einträgen' })} ist unversehrt: Keiner wurde geändert, hinzugefügt oder entfernt.`,
    broken: (entry) =>
      `Die Kette bricht bei Eintrag ${entry}: Er oder einer davor ist nicht, wie er geschrieben wurde.`,
    receipts,
    verify: 'Noch einmal prüfen',
    export: 'Exportieren',
    exported: 'Das ganze Protokoll liegt in',
    more: 'Ältere zeigen',
    open: 'Bytes',
    openNamed: (seq) => `Bytes von Eintrag ${seq}`,
    receiptNamed: (seq) => `Die Antwort darauf, in Eintrag ${seq}`,
    attempt: (about, to) => `Versuch, an ${to} zu senden: ${about}`,
    nothingAbout: 'ein Bericht',
    deletion: 'der Wunsch, Geteiltes zu löschen',
    question: 'die Frage, was noch da ist',
    outcome: {
      delivered: 'angekommen',
      duplicate: 'war schon angekommen',
      later: 'jetzt nicht angenommen; wird wiederholt',
      refused: 'abgelehnt',
      'too large': 'zu groß; wird in Teilen versucht',
      'no answer': 'keine Antwort; wird wiederholt',
      unclear: 'niemand weiß, ob es ankam',
    },
    of: (seq, outcome) => `Eintrag ${seq}: ${outcome}`,
    status: (status) => `Status ${status}`,
    dropped: (about, to, why) => `Nicht an ${to} gesendet: ${about}, ${why}`,
    why: {
      full: 'kein Platz in der Warteschlange; wird später neu erstellt',
      'too old': 'dafür zu alt',
      split: 'zu groß; in Teilen gesendet',
      off: 'das Teilen wurde ausgeschaltet',
      changed: 'neu erstellt',
      withheld: 'von Hand herausgenommen',
    },
    on: (level) => `Eingeschaltet: ${level}`,
    off: 'Ausgeschaltet',
    newId: 'Eine andere anonyme Kennung wurde gezogen',
    earlier: (day) => `Tage ab ${day} wurden verlangt`,
    erased: (entries, through) =>
      `${noun(entries, { one: 'Eintrag', other: 'Einträge' })} davor von Ihnen gelöscht${through === null ? '' : `, bis ${through}`}`,
    erase: {
      open: 'Löschen…',
      title: 'Protokoll löschen',
      through: 'Bis zu diesem Tag (UTC); leer löscht alles',
      nothing: 'Einen solchen Eintrag gibt es nicht.',
      lost: (entries, receipts) =>
        `Endgültig verschwinden würden ${noun(entries, { one: 'Eintrag', other: 'Einträge' })}, mit den gesendeten Bytes und ${noun(receipts, { one: 'Antwort', other: 'Antworten' })} von Zielen.`,
      provable: (reports) =>
        `Damit verschwinden auch die Geheimnisse zu ${noun(reports, { one: 'Bericht', other: 'Berichten' })}, ohne die nichts davon je zurückgenommen werden kann. Zurücknehmen geht vorher, weiter oben.`,
      stays: (waiting, deletions) =>
        `Was wartet, bleibt (${noun(waiting, { one: 'Anfrage', other: 'Anfragen' })}), ebenso ${noun(deletions, { one: 'Löschung', other: 'Löschungen' })}, die noch nicht bestätigt sind.`,
      days: 'Dass diese Tage geteilt wurden, bleibt 28 Tage lang vermerkt, damit nichts zweimal gesendet wird.',
      do: (entries) => `${noun(entries, { one: 'Eintrag', other: 'Einträge' })} endgültig löschen`,
      leave: 'Protokoll behalten',
      done: (entries) => `${noun(entries, { one: 'Eintrag', other: 'Einträge' })} gelöscht.`,
    },
    body: 'Gesendete Bytes',
    receipt: 'Die Antwort darauf',
  },
}
