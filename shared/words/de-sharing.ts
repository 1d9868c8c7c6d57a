import type { community as englishCommunity, sharing as englishSharing } from './en-sharing.ts'
import type { Like } from './like.ts'

export const sharing: Like<typeof englishSharing> = {
  off: 'Nichts verlässt diesen Rechner',
  lead: 'Das Teilen ist nicht eingeschaltet, und diese Version kann es noch nicht einschalten. Was gesendet würde, sobald das geht, ist hier bis zum letzten Byte zu sehen.',
  on: (level, since) => `Das Teilen ist eingeschaltet: ${level}, seit ${since}`,
  onLead:
    'Es wurde für eine andere Version dieses Programms eingeschaltet. Diese Version sendet noch nichts.',
  forcedOff: {
    DO_NOT_TRACK: 'In der Umgebung ist DO_NOT_TRACK gesetzt; das hält das Teilen ausgeschaltet.',
    SIGHTGLASS_SHARING: 'In der Umgebung ist SIGHTGLASS_SHARING gesetzt; das hält das Teilen ausgeschaltet.',
    policy: 'Die Richtliniendatei des Rechners hält das Teilen ausgeschaltet.',
  },
  destinations: 'Ziele',
  nowhere: 'Es ist keines eingetragen.',
  preview: 'Was gesendet würde',
  previewLead:
    'Der Tagesbericht über den letzten ganzen Tag der geöffneten Datei, der Ereignisse hat, Byte für Byte. Ihn zu erstellen sendet nichts.',
  noFile: 'Eine Datei öffnen, um zu sehen, was von ihr gesendet würde.',
  dropped:
    'Eine hierhergezogene Datei lässt sich nur ansehen. Über ihren Pfad geöffnet zeigt sie, was von ihr gesendet würde.',
  level: 'Stufe',
  levels: { basic: 'Einfach: nur die Arten der Ereignisse', detailed: 'Ausführlich: Arten und Merkmale' },
  working: 'Bericht wird erstellt',
  day: 'Tag (UTC)',
  size: 'Größe',
  hash: 'SHA-256',
  bytes: 'Bytes des Berichts',
  ids: 'Die Kennungen sind hier Nullen: Echte werden erst beim Senden zufällig gezogen.',
  notSent: 'Es wurde nichts gesendet.',
  again: 'Noch einmal versuchen',
}

export const community: Like<typeof englishCommunity> = {
  nothing: 'Nichts wird abgerufen',
  lead: 'Die Trends aller, die teilen, und der eigene Stand im Vergleich kommen mit einer späteren Version. Bis dahin fragt diese Ansicht nichts ab: Es wird keine Verbindung aufgebaut.',
  yours: 'Die eigenen Zahlen stehen in der Übersicht.',
  toOverview: 'Zur Übersicht',
}
