import type { receipts as english } from './en-receipts.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'

const { noun } = nounsIn('de')

export const receipts: Like<typeof english> = {
  verified: (count) =>
    `${noun(count, { one: 'unterschriebene Quittung', other: 'unterschriebene Quittungen' })} geprüft und echt.`,
  missing: (count) =>
    `${noun(count, { one: 'Bestätigung', other: 'Bestätigungen' })} ohne Quittung: Der Server hat nichts unterschrieben.`,
  'key unknown': (count) =>
    `${noun(count, { one: 'Quittung', other: 'Quittungen' })} ungeprüft: Der Schlüssel des Servers wurde nie gesehen.`,
  wrong: (entry, fault) => `Die Quittung in Eintrag ${entry} ist falsch: ${fault}.`,
  faults: {
    key: 'ihr Schlüssel wurde abgelehnt',
    signature: 'ihre Unterschrift ist nicht die ihres Schlüssels',
    batch: 'sie gilt einem anderen Bericht',
    bytes: 'sie gilt anderen Bytes, als gesendet wurden',
    unread: 'was unterschrieben wurde, ist keine Quittung',
  },
  refusedKey: (server, id) =>
    `${server} zeigte den Schlüssel ${id}, den kein anerkannter unterschrieben hat: Er ist abgelehnt.`,
  states: {
    verified: 'Quittung geprüft',
    missing: 'ohne Quittung',
    wrong: 'Quittung falsch',
    'key unknown': 'Quittung noch ungeprüft',
  },
  keys: (server, accepted, refused) =>
    `Schlüssel von ${server}: ${accepted} angenommen, ${refused} abgelehnt`,
}
