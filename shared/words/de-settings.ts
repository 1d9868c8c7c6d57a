import type { settings as english } from './en-settings.ts'
import { updates } from './de-updates.ts'
import type { Like } from './like.ts'

export const settings: Like<typeof english> = {
  lead: 'Jede Einstellung wirkt sofort und bleibt auf diesem Rechner.',
  reset: 'Zurücksetzen',
  resetNamed: (name) => `${name} zurücksetzen`,
  resetAll: 'Alle Einstellungen zurücksetzen',
  search: 'Einstellungen durchsuchen',
  noneFits: (typed) => `Keine Einstellung passt zu „${typed}“.`,
  theme: { name: 'Farbschema', about: 'Hell, dunkel oder wie das System.' },
  themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  language: { name: 'Sprache', about: 'Für Texte und die Schreibweise von Zahlen und Tagen.' },
  languages: { system: 'System', en: 'English', de: 'Deutsch' },
  timeZone: { name: 'Zeitzone', about: 'Wo in allen Diagrammen die Tage beginnen und enden.' },
  ownZone: (zone) => `Die dieses Rechners: ${zone}`,
  firstDayOfWeek: {
    name: 'Erster Tag der Woche',
    about: 'Wie Wochen gezählt und Kalender gezeichnet werden.',
  },
  firstDays: { language: 'Wie in der Sprache üblich', 1: 'Montag', 6: 'Samstag', 7: 'Sonntag' },
  letterKeys: {
    name: 'Buchstabentasten',
    about: 'Einzelne Tasten wie 1, t und o. ? zeigt die ganze Liste.',
  },
  useLetterKeys: 'Buchstabentasten verwenden',
  veil: {
    name: 'Sichtschutz',
    about: 'Verbirgt, was privat sein könnte, wenn der Bildschirm geteilt wird. Taste v.',
  },
  useVeil: 'Sichtschutz einschalten',
  keepBackup: {
    name: 'Sicherung vor dem Löschen',
    about: 'Legt eine ganze Kopie der Datei daneben, in der das Gelöschte noch steht.',
  },
  useKeepBackup: 'Eine Sicherung anlegen',
  choices: {
    name: 'Berichtigte Dateien',
    about:
      'Was über Dateien unbekannten Formats festgelegt wurde; es gilt für jede Datei mit denselben Tabellen.',
    none: 'Noch ist keine Datei berichtigt. Die Übersicht bietet es an, wo ein Format geraten ist.',
    of: (table, time, encoding) => `${table}, Zeit aus ${time} (${encoding})`,
    groups: (names) => `gruppiert nach ${names}`,
    sums: (names) => `summiert ${names}`,
    forget: 'Vergessen',
    forgetNamed: (table) =>
      `Vergessen, was über ${table} festgelegt wurde; solche Dateien werden wieder geraten`,
  },
  retention: {
    name: 'Nach Alter löschen',
    about:
      'Aus, bis es für eine Datei eingeschaltet wird. Ältere Datensätze werden dann bei jedem Start und einmal am Tag gelöscht, während Sightglass läuft.',
  },
  deletions: {
    name: 'Löschungen',
    about:
      'Quittungen über Gelöschtes. Sie enthalten keine Datensätze, nur verschlüsselte Fingerabdrücke, und können die Suche jederzeit wiederholen.',
  },
  sharing: {
    name: 'Teilen',
    about: 'Ob etwas diesen Rechner verlässt, wohin, und von welchen Dateien. Das hat eine eigene Ansicht.',
    off: 'Aus: Nichts verlässt diesen Rechner.',
    deletions: 'Aus: Nichts verlässt diesen Rechner außer verlangten Löschungen.',
    basic: 'An: einfach.',
    detailed: 'An: ausführlich.',
    go: 'Zum Teilen und seinen Zielen',
  },
  updates,
  recent: {
    name: 'Zuletzt geöffnete Dateien',
    about: 'Die Liste unter Dateien. Die Dateien selbst bleiben, wo sie sind.',
    none: 'Die Liste ist leer.',
    forgetAll: 'Die Liste leeren',
  },
  about: (name, version) => `${name} ${version}`,
}
