import type { exportWords as english } from './en-export.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'

const words = nounsIn('de')

export const exportWords: Like<typeof english> = {
  button: 'Exportieren …',
  title: 'Exportieren',
  which: 'Welche Zeilen',
  all: 'Alle Zeilen der Datei',
  matching: 'Was die Filter zeigen',
  selected: 'Ausgewählte',
  given: 'Was gelöscht werden sollte',
  counted: (name, count) => `${name} (${count})`,
  format: 'Format',
  formats: { csv: 'CSV', json: 'JSON', jsonl: 'JSON Lines', sqlite: 'SQLite' },
  about: {
    csv: 'Die Ereignisse mit jeder Spalte, wie sie in der Datei steht, und ihrer Zeit in einer Form, die jedes Programm liest.',
    json: 'Tabellen mit ihren erklärten Typen. Sie lassen sich zurückholen: sightglass import.',
    jsonl:
      'Eine Zeile je Datensatz, Tabellen mit ihren erklärten Typen. Sie lassen sich zurückholen: sightglass import.',
    sqlite: 'Eine neue Datenbank mit demselben Schema. Ein Teil der Zeilen nimmt mit, was zu ihnen gehört.',
  },
  gzip: 'Packen (gzip)',
  exact: 'Formeln lassen, wie sie sind',
  exactWhy:
    'Sonst bekommt Text, den eine Tabellenkalkulation als Formel ausführen würde, einen Apostroph davor.',
  folder: 'Ordner',
  name: 'Dateiname',
  start: 'Exportieren',
  replace: 'Ersetzen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  again: 'Weiteres exportieren',
  writing: 'Schreibt',
  done: (count) => `${words.noun(count, { one: 'Zeile', other: 'Zeilen' })} geschrieben`,
  leftOut: (tables) =>
    `Nicht enthalten: ${tables}. Ein Export als SQLite nimmt mit, was zu den Ereignissen gehört.`,
  lies: (size) => `${size} in`,
  saved: 'Der Browser hat sie dorthin gelegt, wohin seine Downloads kommen.',
  page: 'Diese Datei wurde auf die Seite gezogen; daher sichert sie der Browser, wohin seine Downloads kommen.',
  selectedCount: (count) =>
    words.noun(count, { one: 'Datensatz ausgewählt', other: 'Datensätze ausgewählt' }),
  most: 'Mehr lassen sich nicht von Hand auswählen.',
  selectAll: 'Alle auswählen',
  clear: 'Keine auswählen',
}
