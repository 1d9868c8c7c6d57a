import type { updates as english } from './en-updates.ts'
import type { Like } from './like.ts'

export const updates: Like<typeof english> = {
  name: 'Neue Versionen',
  about:
    'Sightglass sucht nie von selbst nach neuen Versionen. Auf Wunsch geht eine Anfrage an diese Adresse; sie sagt nichts über Sie, diesen Rechner oder Ihre Version. Nichts wird geladen oder installiert.',
  ask: (address) => `${address} nach der neuesten Version fragen`,
  asks: (address) => `${address} wird nach der neuesten Version gefragt …`,
  none: (own) => `Es gibt keine neuere Version als Ihre (${own}).`,
  newer: (version, own) => `Version ${version} ist erschienen; Ihre ist ${own}. Es gibt sie hier:`,
  failed: 'Die neueste Version war nicht zu erfahren',
}
