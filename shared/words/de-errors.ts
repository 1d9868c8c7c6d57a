import { notErasable } from './de-erase.ts'
import { shareErrors } from './de-share-errors.ts'
import type { Explain } from './explain.ts'

const nothingChanged = 'Es wurde nichts verändert.'

export const errors: Explain = {
  'file-missing': ({ path }) =>
    `Unter ${path} liegt keine Datei. Den Pfad prüfen oder eine andere Datei wählen.`,
  'file-is-folder': ({ path }) => `${path} ist ein Ordner. Die Telemetriedatei darin wählen.`,
  'file-is-special': ({ path }) => `${path} ist keine gewöhnliche Datei. Eine Telemetriedatei wählen.`,
  'file-empty': ({ path }) => `${path} ist leer: Noch hat kein Werkzeug hineingeschrieben. ${nothingChanged}`,
  'file-forbidden': ({ path }) =>
    `Dieses Konto darf ${path} nicht lesen. ${nothingChanged} Den Eigentümer fragen oder eine andere Datei wählen.`,
  'file-not-sqlite': ({ path }) =>
    `${path} ist verschlüsselt oder keine SQLite-Datenbank, und kein Protokoll eines Werkzeugs, das dieses Programm kennt. ${nothingChanged} Eine andere Datei wählen.`,
  'file-busy': ({ path }) =>
    `${path} ist von einem anderen Programm gesperrt oder wird so schnell geschrieben, dass kein einzelner Augenblick zu lesen ist. ${nothingChanged} In ein paar Sekunden noch einmal versuchen.`,
  'file-changed': ({ path }) =>
    `${path} wurde beim Lesen verändert. Noch einmal öffnen oder noch einmal hierherziehen.`,
  'file-damaged': ({ path, detail }) =>
    `${path} ist beschädigt und nicht zu lesen: ${damageOf(detail)}. ${nothingChanged} Eine Sicherung davon oder eine andere Datei öffnen.`,
  'file-cut-short': ({ path, size, expected }) =>
    `${path} ist abgeschnitten: Nur ${count(size)} von ${count(expected)} Byte sind da. ${nothingChanged} Ist es eine Kopie, dann neu kopieren.`,
  'wal-foreign': ({ path }) =>
    `${path}-wal gehört nicht zu ${path}: Zusammen gelesen ergäben sie falsche Zahlen. ${nothingChanged} Die eigene -wal danebenlegen oder eine Kopie in einem anderen Ordner öffnen.`,
  'wal-missing': ({ path }) =>
    `Die Zeilen von ${path} liegen womöglich in ${path}-wal, und die fehlt. Beide Dateien zusammen hierherziehen.`,
  'journal-hot': ({ path }) =>
    `${path}-journal enthält eine Transaktion, die nie abgeschlossen wurde. ${path} über den Pfad öffnen, dann lässt sie sich in einer Kopie zurücknehmen.`,
  'file-unknown': ({ path }) =>
    `${path} ist eine SQLite-Datenbank, hat aber keine Tabelle mit Zeiten, die dieses Programm lesen kann. ${nothingChanged} Eine andere Datei wählen.`,
  'schema-too-large': ({ path, columns, limit }) =>
    `Die Tabellen von ${path} haben ${columns} Spalten; dieses Programm sieht bis zu ${limit} durch. ${nothingChanged}`,
  'file-too-large': ({ path, size, limit }) =>
    `${path} hat ${megabytes(size)}; dieses Programm liest auf diesem Rechner bis zu ${megabytes(limit)}. ${nothingChanged}`,
  'file-exists': ({ path }) =>
    `${path} gibt es schon. Einen anderen Namen wählen oder das Überschreiben erlauben.`,
  'not-erasable': ({ path, why, detail }) =>
    `Es wurde nichts gelöscht: ${path} ${notErasable[why](detail)}.${why === 'read-only' ? ' Das Schreiben in die Datei und ihren Ordner erlauben oder den Eigentümer fragen.' : ''}`,
  'erase-stale': ({ path, why }) =>
    why === 'replaced'
      ? `${path} ist eine andere Datei als die angesehene. Es wurde nichts gelöscht. Bitte neu ansehen.`
      : `In ${path} hat sich seit der Vorschau etwas geändert. Es wurde nichts gelöscht. Bitte die Vorschau neu ansehen.`,
  'erase-unknown': () =>
    'Diese Vorschau ist zu alt oder schon verwendet. Es wurde nichts gelöscht. Bitte neu ansehen.',
  'keep-unset': ({ path }) =>
    `Für ${path} ist nicht festgelegt, wie viele Tage die Datensätze bleiben. Es wurde nichts gelöscht.`,
  'receipt-broken': ({ path }) => `${path} ist keine Quittung dieses Programms oder nicht vollständig.`,
  'same-file': ({ path }) => `${path} ist die Datei selbst oder gehört zu ihr. Einen anderen Namen wählen.`,
  'name-unfit': ({ name }) =>
    `${name} kann nicht auf jedem System der Name einer Datei sein. Schrägstriche, Doppelpunkte und Ähnliches weglassen.`,
  'table-unknown': ({ table, known }) =>
    `Die Datei hat keine Tabelle namens ${table}. Sie hat: ${known.join(', ')}.`,
  'not-an-export': ({ path, line }) =>
    `${path} ist kein Export dieses Programms in JSON oder JSON Lines: Zeile ${count(line)} passt nicht. Geschrieben wurde nichts.`,
  'disk-full': ({ path }) =>
    `Der Datenträger ist voll: ${path} ließ sich nicht schreiben. Was vorher da war, ist unverändert.`,
  'not-writable': ({ path }) => `${path} ist nicht beschreibbar. Einen anderen Ort wählen.`,
  'folder-missing': ({ path }) =>
    `Einen Ordner ${path} gibt es nicht. Ihn anlegen oder einen anderen Ort wählen.`,
  'dimension-unknown': ({ dimension, known }) =>
    `Die Datei sagt von ihren Ereignissen nichts über ${dimension}. Sie nennt: ${known.join(', ')}.`,
  'unknown-method': ({ method }) => `Dieses Programm hat keine Methode namens ${method}.`,
  'bad-call': ({ method, issue }) => `${method} wurde falsch aufgerufen: ${issue}.`,
  'bytes-unknown': () => 'Die geöffnete Datei wurde inzwischen geschlossen. Noch einmal öffnen.',
  'format-not-shared': ({ format }) =>
    `Dateien von ${format} lassen sich nicht teilen: Für sie gibt es keine Feldliste.`,
  'day-not-over': ({ day }) => `${day} ist in UTC noch nicht zu Ende. Berichte gibt es nur über ganze Tage.`,
  'day-empty': ({ day, path }) =>
    day === null
      ? `${path} hat keine Ereignisse vor dem heutigen Tag (UTC).`
      : `${path} hat am ${day} (UTC) keine Ereignisse.`,
  ...shareErrors,
  cancelled: () => `Abgebrochen. ${nothingChanged}`,
  stopped: () => `Das Lesen wurde beendet, weil es nicht von selbst aufhörte. ${nothingChanged}`,
  disconnected: () =>
    'Die Verbindung dieses Fensters zum Programm ist abgerissen. Sightglass neu starten oder im Terminal die Eingabetaste für eine neue Adresse drücken.',
  unexpected: ({ where }) => `Das ist ein Fehler im Programm (${where}). ${nothingChanged} Bitte melden.`,
}

/** What a file suffers from, by the word in `detail`. */
const damage: Readonly<Record<string, string>> = {
  unreadable: 'SQLite kommt damit nicht zurecht',
  pages: 'ihre Seiten widersprechen einander',
  schema: 'die Liste ihrer Tabellen ist fehlerhaft',
  cell: 'sie enthält einen Wert von mehr als 100 MB',
  disk: 'der Datenträger gab nicht heraus, was verlangt war',
  memory: 'sie zu lesen braucht mehr Speicher, als da ist',
  wal: 'ihre -wal hat eine unbekannte Version',
}

function damageOf(detail: string): string {
  const module = /^module (\w+)$/.exec(detail)?.[1]
  if (module !== undefined)
    return `eine Tabelle darin braucht ${module}, einen Teil von SQLite, den dieses Programm nicht hat`
  return damage[detail] ?? detail
}

const count = (bytes: number): string => bytes.toLocaleString('de')

function megabytes(size: number): string {
  return `${Math.ceil(size / 1_000_000).toLocaleString('de')} MB`
}
