import type { deleting as english } from './en-deleting.ts'
import { erase } from './de-erase.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const words = nounsIn('de')
const events = (count: Count): string => words.noun(count, { one: 'Ereignis', other: 'Ereignisse' })
const rows = (count: Count): string => words.noun(count, { one: 'Zeile', other: 'Zeilen' })
const days = (count: Count): string => words.noun(count, { one: 'Tag', other: 'Tage' })
const onDays = (count: Count): string => words.noun(count, { one: 'Tag', other: 'Tagen' })
const values = (count: Count): string => words.noun(count, { one: 'Wert', other: 'Werte' })

export const deleting: Like<typeof english> = {
  button: 'Löschen …',
  title: 'Endgültig löschen',
  which: 'Welche Datensätze',
  selected: 'Ausgewählte',
  record: 'Dieser Datensatz',
  matching: 'Was die Filter zeigen',
  span: 'Aus einem Zeitraum',
  all: 'Alle der Datei',
  from: 'Von',
  to: 'Bis einschließlich',
  counting: 'Es wird gezählt, was verschwinden würde',
  cancel: 'Abbrechen',
  close: 'Schließen',
  dropped:
    'Diese Datei wurde auf die Seite gezogen, und die Seite darf nicht in sie schreiben. Löschen lässt sich daraus, wenn sie unter „Dateien“ über ihren Pfad geöffnet wird.',
  unreadable: 'Wenigstens einer der beiden Tage fehlt noch.',
  reversed: 'Der erste der beiden Tage liegt nach dem letzten.',
  nothing: 'Kein Ereignis passt dazu, es gibt also nichts zu löschen.',
  goes: (count) => `${events(count)} ${words.bare(count.of, { one: 'würde', other: 'würden' })} gelöscht`,
  stays: (count) => `${events(count)} ${words.bare(count.of, { one: 'bleibt', other: 'bleiben' })}`,
  reach: (first, last) => `${first} bis ${last}`,
  size: (size) => `etwa ${size}`,
  tables: 'Zeilen je Tabelle',
  tableRows: (count, of) => `${rows(count)} von ${of}`,
  because: erase.because,
  loses: 'Was den Diagrammen fehlen wird',
  losesDays: (touched, emptied) => `Ereignisse an ${onDays(touched)}; an ${emptied} davon alle.`,
  losesOf: (label, erased, all) => `${label}: ${erased} von ${all}`,
  sample: 'Die neuesten davon',
  backup: (path) => `Vorher wird eine Sicherung angelegt: ${path}`,
  note: erase.note,
  exportFirst: 'Erst exportieren …',
  next: (count) => `${events(count)} löschen …`,
  sure: (count) => `${events(count)} endgültig löschen?`,
  sureText: 'Sie lassen sich nicht zurückholen, weder hier noch aus dem freien Platz der Datei.',
  keep: 'Behalten',
  really: (count) => `${events(count)} löschen`,
  held: (seconds) =>
    `Noch ist nichts geschehen. Gelöscht wird in ${words.noun(seconds, { one: 'Sekunde', other: 'Sekunden' })}.`,
  takeBack: 'Zurücknehmen',
  takenBack: 'Zurückgenommen: Nichts ist gelöscht.',
  running: 'Schließen hält es nicht auf.',
  steps: erase.steps,
  done: (count) => `${events(count)} ${words.bare(count.of, { one: 'ist', other: 'sind' })} gelöscht`,
  proved: 'Nachgewiesen verschwunden',
  proof: (cells, searched) =>
    `${values(cells)} der gelöschten Zeilen, die in keiner anderen stehen, wurden in ${searched} freiem Platz, Protokoll und Journal gesucht. Keiner wurde gefunden.`,
  notProved: 'Noch nicht alles verschwunden',
  stillThere: (found, cells) => `${found} von ${cells.text} gesuchten Werten sind noch da.`,
  found: erase.found,
  traceless:
    'Die gelöschten Zeilen enthielten nichts, was nicht auch in anderen steht; es gab also nichts zu suchen.',
  traceable: (traceable, count) =>
    `${traceable} von ${rows(count)} enthielten etwas, das in keiner verbliebenen Zeile steht.`,
  remains: (size, why) => `Übrig: ${size}, denn ${erase.remains[why]}.`,
  watched: 'Das wird beobachtet und beendet, sobald es möglich ist.',
  kept: (path) => `Sicherung: ${path}`,
  receipt: 'Quittung, mit der sich der Nachweis wiederholen lässt',
  shared: {
    title: (from, until) =>
      from === until ? `${from} wurde geteilt` : `Tage vom ${from} bis ${until} wurden geteilt`,
    lead: 'Das Löschen hier erreicht nicht die Berichte, die über diese Tage (UTC) gesendet wurden. Soll davon etwas zurückgenommen werden?',
    all: 'Alle wählen',
    none: 'Keinen wählen',
    choose: 'Zurücknehmen',
    do: (count) => `${words.noun(count, { one: 'Bericht', other: 'Berichte' })} zurücknehmen`,
  },
  again: 'Weitere löschen',
  anew: 'Neu ansehen',
  manage: {
    none: 'Noch wurde nichts gelöscht.',
    search: 'Erneut suchen',
    searching: 'Es wird gesucht',
    entry: (count) => `${rows(count)} gelöscht`,
    stillGone: (cells) => `Weiterhin verschwunden: Von ${cells.text} gesuchten Werten wurde keiner gefunden.`,
    finish: 'Jetzt beenden',
    finished: 'Beendet: Nichts ist übrig.',
    ageFile: (name) => `Von ${name} aufheben: die letzten`,
    ageDays: 'Tage',
    ageShow: 'Zeigen, was verschwinden würde',
    ageWould: (count) =>
      `Jetzt ${words.bare(count.of, { one: 'würde', other: 'würden' })} ${events(count)} gelöscht, und von da an alles, was älter wird.`,
    ageOn: 'Einschalten',
    ageOff: 'Ausschalten',
    ageRule: (count) => `Die letzten ${days(count)} werden aufgehoben`,
    ageNoFile: 'Ist eine Datei geöffnet, lässt es sich für sie festlegen.',
    log: (count) => `${rows(count)} nach Alter gelöscht`,
    logFailed: 'Nichts gelöscht: Es ist fehlgeschlagen',
  },
}
