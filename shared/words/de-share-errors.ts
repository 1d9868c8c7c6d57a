import type { TrendsFault, TrendsRefusal } from '../community/trends.ts'
import type { ReleaseFault } from '../releases.ts'
import type { AddressFault, Unread } from '../result.ts'
import type { Explain } from './explain.ts'

const addressFaults: Readonly<Record<AddressFault, string>> = {
  'not-an-address': 'ist keine Adresse wie https://sharing.example.org',
  'user-info': 'enthält einen Namen oder ein Passwort; das tun Adressen hier nie',
  'not-https': 'ist nicht https; einfaches http geht nur zu einem Server auf diesem Rechner',
  fragment: 'enthält ein #, das kein Server je bekommt',
  query: 'enthält ein ?, mit dem etwas mitgehen könnte',
}

const trendsFaults: Readonly<Record<TrendsFault, string>> = {
  'too-large': 'ist größer als jede Trend-Datei (8 MB)',
  'not-json': 'ist kein JSON oder wurde abgeschnitten',
  'not-trends': 'ist JSON, aber keine Trend-Datei eines Community-Servers',
  'other-version': 'hat eine andere Version, als dieses Programm liest',
  malformed: 'hat einen Eintrag, der in keine Trend-Datei gehört',
  name: 'enthält einen Namen mit Zeichen, die kein Name hat',
  range: 'nennt einen Bereich, den es nicht gibt',
  week: 'hat eine Woche, die keine ist, oder eine doppelt',
  totals: 'hat Summen, die nicht aufgehen',
  'too-few': 'erzählt von weniger Menschen als ihre eigene Schwelle',
}
const whyRefused = ({ fault, where }: TrendsRefusal): string =>
  `Die Datei ${trendsFaults[fault]}${where === '' ? '' : ` (${where})`}. Nichts davon wird gezeigt.`

const unreached = {
  name: 'einen Server dieses Namens gibt es nicht',
  refused: 'dort antwortet nichts',
  certificate: 'seinem Zertifikat ist nicht zu trauen',
  pin: 'sein Schlüssel ist nicht der, der festgelegt wurde',
  authority: 'die Datei der eigenen Zertifizierungsstelle enthält kein lesbares Zertifikat',
  'time-out': 'er hat nicht rechtzeitig geantwortet',
  lost: 'die Verbindung brach ab',
}

const notRead = ({ address, why, detail }: Unread): string =>
  `${address} ist nicht zu lesen: ${unreached[why]} (${detail}). Von hier wurde nichts gesendet.`

const releaseFaults: Readonly<Record<ReleaseFault, string>> = {
  'too-large': 'ist länger, als sie je ist',
  'not-json': 'ist kein JSON oder abgeschnitten',
  malformed: 'enthält keine Version mit Seite',
  elsewhere: 'führt zu einem anderen Server als dem gefragten',
}

export const shareErrors = {
  'share-off': () =>
    'Teilen ist aus, es wird nichts gesendet. Erst die Vorschau ansehen (share preview), dann einschalten.',
  'share-forced-off': ({ by }) =>
    by === 'policy'
      ? 'Die Richtliniendatei dieses Rechners hält das Teilen aus. Wer ihn betreut, kann das ändern.'
      : `In der Umgebung ist ${by} gesetzt und hält das Teilen aus. Einschalten geht dort, wo es nicht gesetzt ist.`,
  'preview-unseen': () =>
    'Was gesendet würde, ist nicht das, was die Vorschau gezeigt hat. Nichts wurde eingeschaltet. Bitte die Vorschau neu ansehen.',
  'nothing-to-share': () =>
    'Es gibt keinen ganzen Tag zu zeigen: Keine Datei ist angekreuzt, oder keine hat Ereignisse vor dem heutigen Tag (UTC). Bitte eine ankreuzen, die welche hat. Teilen bleibt aus, bis es etwas zu sehen gibt.',
  'export-not-shared': ({ path }) =>
    `${path} wurde aus einer anderen Datei exportiert. Geteilt wird nur aus der Datei, in die das Werkzeug schreibt, nie aus Exporten.`,
  'sample-not-shared': ({ path }) => `${path} enthält erfundene Beispieldaten; die werden nie geteilt.`,
  'batch-unknown': () => 'Das wartet nicht mehr: Es wurde gesendet oder herausgenommen.',
  'destination-unknown': ({ known }) => `Ein solches Ziel gibt es nicht. Es gibt: ${known.join(', ')}.`,
  'destination-unset': ({ name }) =>
    `${name} ist nicht als Ziel eingetragen. share to listet auf, was eingetragen ist.`,
  'key-sealed': ({ name, why, variable }) =>
    why === 'not opened'
      ? `Der Schlüssel für ${name} wurde von einem Schlüsselspeicher versiegelt, der ihn nicht mehr öffnen kann. Er gilt als nicht gesetzt: Bitte neu setzen.`
      : `Der Schlüssel für ${name} liegt im Schlüsselspeicher des Systems, den nur das Programmfenster öffnen kann. Von hier aus wird nichts an ${name} gesendet: Bitte das Fenster benutzen, ${variable === null ? '' : `den Schlüssel in ${variable} angeben `}oder ihn hier neu setzen, wodurch der versiegelte verschwindet.`,
  'need-unknown': ({ need, known }) =>
    known.length === 0
      ? `Dieses Ziel kennt kein „${need}“.`
      : `Dieses Ziel kennt kein „${need}“. Es kennt: ${known.join(', ')}.`,
  'need-missing': ({ need }) => `Diesem Ziel fehlt: ${need}.`,
  'path-not-whole': ({ need }) => `Die Angabe „${need}“ muss vollständig sein, von der Wurzel der Platte an.`,
  'bad-address': ({ need, why }) => `Die Angabe „${need}“ ${addressFaults[why]}.`,
  'bad-key': ({ need }) =>
    `Die Angabe „${need}“ darf nur Buchstaben, Ziffern und Zeichen aus ASCII enthalten, keine Leerzeichen. Sie wurde nicht aufbewahrt.`,
  'address-changed': ({ address }) =>
    `Berichte gehen jetzt an ${address}. Bitte ansehen und noch einmal prüfen.`,
  'trends-refused': whyRefused,
  'trends-unreached': (unread) =>
    `${notRead(unread)} Bitte die Adresse ansehen oder eine gespeicherte Datei öffnen.`,
  'trends-not-given': ({ address, status }) =>
    `${address} antwortete mit Status ${status}: Dort sind noch keine Trends veröffentlicht, oder es ist kein Community-Server.`,
  'held-unreached': ({ address, why, detail }) =>
    `${address} ist nicht zu fragen: ${unreached[why]} (${detail}). Was dort noch liegt, bleibt unbekannt.`,
  'held-not-told': ({ address, status }) =>
    `${address} antwortete mit Status ${status} und ohne zu sagen, was noch da ist.`,
  'release-unreached': (unread) => `${notRead(unread)} Bitte später noch einmal versuchen.`,
  'release-not-given': ({ address, status }) =>
    `${address} antwortete mit Status ${status}: Dort ist keine Version veröffentlicht.`,
  'release-refused': ({ address, fault }) =>
    `Die Antwort von ${address} ${releaseFaults[fault]}. Nichts davon wird gezeigt.`,
} satisfies Partial<Explain>
