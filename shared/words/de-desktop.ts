import type { desktop as english } from './en-desktop.ts'
import type { Like } from './like.ts'

export const desktop: Like<typeof english> = {
  file: 'Datei',
  open: 'Öffnen …',
  edit: 'Bearbeiten',
  view: 'Ansicht',
  help: 'Hilfe',
  about: 'Über Sightglass',
  chooseFile: 'Eine Telemetriedatei öffnen',
  telemetryFiles: 'Telemetriedateien',
  allFiles: 'Alle Dateien',
  couldNotStart: (trace) => `Sightglass ließ sich nicht starten: ${trace}`,
  pageNotLoaded: (why) => `Die Seite wurde nicht geladen: ${why}`,
  pageEnded: (reason) => `Der Prozess der Seite endete (${reason}).`,
  readerBroke: (how) => `Ein lesender Prozess ist gescheitert: ${how}`,
  readerEnded: (code) => `Ein lesender Prozess endete von selbst (${code}).`,
  noWebHost: (option) =>
    `${option} gilt dem Programm im Browser, das in der installierten Fassung fehlt: Sie öffnet ihr Fenster.`,
}
