import type { held as english } from './en-held.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const { noun, bare } = nounsIn('de')
const reports = (count: Count): string => noun(count, { one: 'Bericht', other: 'Berichte' })
const are = ({ of }: Count): string => bare(of, { one: 'ist', other: 'sind' })

export const held: Like<typeof english> = {
  will: (address, count) =>
    `Nachfragen verbindet sich mit ${address} und zeigt ${bare(count.of, { one: 'das Geheimnis', other: 'die Geheimnisse' })} von ${noun(count, { one: 'Bericht', other: 'Berichten' })}; die Antwort sagt, was noch da ist. Das geht auch, wenn das Teilen aus ist.`,
  ask: 'Nachfragen, was noch da ist',
  asking: 'Wird nachgefragt',
  asked: (moment) => `Nachgefragt am ${moment} und mit dem Protokoll verglichen:`,
  states: {
    there: (count) => `${reports(count)} ${are(count)} da, wie gesendet.`,
    gone: (count) => `${reports(count)} ${are(count)} weg, wie verlangt.`,
    'not yet': (count) => `${reports(count)} ${are(count)} noch da; die Löschung ist noch nicht bestätigt.`,
    arrived: (count) => `${reports(count)} ${are(count)} da, obwohl keine Antwort kam.`,
    'never arrived': (count) => `${reports(count)} ${are(count)} nicht da, und eine Antwort kam nie.`,
    forgotten: (count) =>
      `${reports(count)} ${are(count)} des Alters wegen weg: Ein Server vergisst nach 90 Tagen.`,
  },
  faults: {
    remains: (about) => `Noch da, obwohl die Löschung bestätigt wurde: ${about}.`,
    missing: (about) => `Nicht da, obwohl es ankam und hier niemand es zurücknahm: ${about}.`,
    'other bytes': (about) => `Da, aber mit anderen Bytes, als gesendet wurden: ${about}.`,
  },
}
