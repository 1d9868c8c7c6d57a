/** What the known formats name, in German. Of an unknown one the name is the file's own and stands as it is. */
const dimensions: Readonly<Record<string, string>> = {
  kind: 'Art des Ereignisses',
  action: 'Aktion',
  address: 'Adresse',
  'active users': 'Aktive Nutzer',
  agent: 'Agent',
  app: 'Programm',
  architecture: 'Architektur',
  author: 'Verfasser',
  bucket: 'Bucket',
  channel: 'Kanal',
  'command category': 'Art des Befehls',
  component: 'Komponente',
  computer: 'Rechner',
  'database size': 'Größe der Datenbank',
  deleted: 'Gelöscht',
  deployment: 'Betriebsart',
  destination: 'Ziel',
  elixir: 'Elixir',
  'error category': 'Fehlergruppe',
  'error type': 'Fehlerart',
  'exchanges per session': 'Wortwechsel je Sitzung',
  'exit code': 'Exit-Code',
  'exit reason': 'Grund des Endes',
  feature: 'Funktion',
  features: 'Funktionen',
  file: 'Datei',
  folder: 'Ordner',
  goals: 'Ziele',
  'host program': 'Wirtsprogramm',
  'install method': 'Art der Installation',
  language: 'Sprache',
  level: 'Stufe',
  'listening provider': 'Anbieter der Spracherkennung',
  model: 'Modell',
  operation: 'Vorgang',
  os: 'Betriebssystem',
  outcome: 'Ergebnis',
  otp: 'OTP',
  'pattern type': 'Art des Musters',
  presence: 'Anwesenheit',
  program: 'Programm',
  project: 'Projekt',
  'project type': 'Art des Projekts',
  projects: 'Projekte',
  provider: 'Anbieter',
  reason: 'Grund',
  'session length': 'Dauer der Sitzung',
  shell: 'Shell',
  skill: 'Fähigkeit',
  'speech provider': 'Anbieter der Sprachausgabe',
  'started from': 'Gestartet aus',
  task: 'Aufgabe',
  title: 'Titel',
  tool: 'Werkzeug',
  transport: 'Übertragung',
  url: 'Adresse',
  users: 'Nutzer',
  version: 'Version',
  voice: 'Stimme',
  watcher: 'Beobachter',
}

const measures: Readonly<Record<string, string>> = {
  cost: 'Kosten',
  'data size': 'Datenmenge',
  exchanges: 'Wortwechsel',
  hours: 'Stunden',
  'input tokens': 'Eingabe-Token',
  matches: 'Treffer',
  'output tokens': 'Ausgabe-Token',
  sessions: 'Sitzungen',
  tools: 'Werkzeuge',
}

const singular: Readonly<Record<string, string>> = {
  hours: 'Stunde',
  sessions: 'Sitzung',
  tools: 'Werkzeug',
}

const own = (list: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(list, name) ? list[name] : undefined

export const dimension = (name: string): string =>
  own(dimensions, name) ?? name.charAt(0).toUpperCase() + name.slice(1)

export const measure = (name: string, sum: number): string =>
  (sum === 1 ? own(singular, name) : undefined) ?? own(measures, name) ?? name
