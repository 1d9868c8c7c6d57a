import type { AddressFault } from '../result.ts'
import type { Explain } from './explain.ts'

const addressFaults: Readonly<Record<AddressFault, string>> = {
  'not-an-address': 'ist keine Adresse wie https://sharing.example.org',
  'user-info': 'enthält einen Namen oder ein Passwort; das tun Adressen hier nie',
  'not-https': 'ist nicht https; einfaches http geht nur zu einem Server auf diesem Rechner',
  fragment: 'enthält ein #, das kein Server je bekommt',
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
    'Es gibt keinen ganzen Tag zu zeigen: Keine Datei ist angehakt, oder keine hat Ereignisse vor dem heutigen Tag (UTC). Teilen bleibt aus, bis es etwas zu sehen gibt.',
  'sample-not-shared': ({ path }) => `${path} enthält erfundene Beispieldaten; die werden nie geteilt.`,
  'batch-unknown': () => 'Das wartet nicht mehr: Es wurde gesendet oder herausgenommen.',
  'destination-unknown': ({ known }) => `Ein solches Ziel gibt es nicht. Es gibt: ${known.join(', ')}.`,
  'destination-unset': ({ name }) => `${name} ist nicht als Ziel eingerichtet.`,
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
} satisfies Partial<Explain>
