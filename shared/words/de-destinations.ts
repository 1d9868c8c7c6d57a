import type { destinationWords as english } from './en-destinations.ts'
import type { Like } from './like.ts'
import { nounsIn } from './plural.ts'

const { noun } = nounsIn('de')

const names: Readonly<Record<string, string>> = {
  community: 'Community-Server',
  console: 'Konsole',
  file: 'Datei auf diesem Rechner',
  posthog: 'PostHog',
  'posthog-heartbeat': 'PostHog, nur Lebenszeichen',
  'smart-agents': 'Smart Agents',
  earlyexit: 'earlyexit',
  voicemode: 'VoiceMode',
  beacon: 'Beacon',
  otlp: 'OpenTelemetry (OTLP)',
  'web-hook': 'Webhook',
  plausible: 'Plausible',
  clickhouse: 'ClickHouse',
  s3: 'S3',
}

const needs: Readonly<Record<string, string>> = {
  address: 'Adresse',
  key: 'Schlüssel',
  path: 'Pfad der Datei',
  authority: 'Datei der eigenen Zertifizierungsstelle',
  pin: 'Festgelegtes Zertifikat (SHA-256)',
  user: 'Benutzer',
  table: 'Tabelle',
  site: 'Website',
  region: 'Region',
  'access-key': 'Zugangsschlüssel',
  'secret-key': 'Geheimer Schlüssel',
  'session-token': 'Sitzungs-Token',
  secret: 'Geheimnis',
  token: 'Token',
}

const faults: Readonly<Record<string, string>> = {
  address: 'sein Name ließ sich nicht auflösen',
  name: 'sein Name ließ sich nicht auflösen',
  connection: 'unter seiner Adresse antwortet nichts',
  refused: 'unter seiner Adresse antwortet nichts',
  certificate: 'seinem Zertifikat ist nicht zu trauen',
  pin: 'sein Schlüssel ist nicht der, der festgelegt wurde',
  authority: 'die Datei der eigenen Zertifizierungsstelle enthält kein lesbares Zertifikat',
  lost: 'die Verbindung brach ab',
  'time-out': 'es hat nicht rechtzeitig geantwortet',
  stopped: 'es wurde durch das Ausschalten abgebrochen',
  'not writable': 'die Datei ist nicht beschreibbar',
}

export const destinationWords: Like<typeof english> = {
  title: 'Wohin',
  lead: 'Berichte gehen an diese Ziele und an sonst niemanden. Nach der Installation ist keines eingetragen.',
  none: 'Keines ist eingetragen: Es kann nirgendwohin gesendet werden.',
  name: (kind) => names[kind] ?? kind,
  at: (name, address) => (address === '' ? name : `${name} (${address})`),
  need: (need) => needs[need] ?? need,
  optional: (label) => `${label} (falls vorhanden)`,
  keyKept: 'Gespeichert. Leer lassen behält ihn, ein anderer ersetzt ihn; gezeigt wird er nie mehr.',
  keyNew: 'Wird nie mehr gezeigt und steht weder in einer Vorschau noch im Protokoll.',
  add: 'Ziel hinzufügen…',
  kind: 'Art',
  certificates: 'Für einen Server mit eigenem Zertifikat',
  level: 'Höchstens',
  anyLevel: 'was eingeschaltet ist',
  onlyBasic: 'einfach, auch wenn ausführlich eingeschaltet ist',
  save: 'Speichern',
  cancel: 'Abbrechen',
  change: 'Ändern',
  changeNamed: (name) => `${name} ändern`,
  remove: 'Entfernen',
  removeNamed: (name) => `${name} entfernen; was darauf wartet, wird verworfen`,
  fromEnvironment: 'durch Variablen der Umgebung eingetragen',
  basicOnly: 'nur einfach',
  delivery: {
    'exactly once': 'Ein Bericht zählt einmal, auch wenn eine Antwort verloren geht.',
    'at least once': 'Ein Bericht kommt einmal an, oder zweimal, wenn eine Antwort verloren geht.',
    'at most once':
      'Ein Bericht kommt einmal an, oder nie, wenn eine Antwort verloren geht: Auf Verdacht wird er nicht wiederholt.',
  },
  daysBack: (days) =>
    days.of === 1
      ? 'Nimmt nur den gestrigen Tag.'
      : `Nimmt Berichte bis ${noun(days, { one: 'Tag', other: 'Tage' })} zurück.`,
  takeBack: {
    proof: 'Was es hat, lässt sich von hier aus löschen.',
    'own file': 'Es ist die eigene Datei: Wer sie löscht, nimmt alles zurück.',
    'nothing kept': 'Es behält nichts.',
    ask: 'Nur wer es betreibt, kann löschen, was es hat.',
  },
  weaker: (name) =>
    `${name} ist hier schwächer als ein Community-Server: Es unterschreibt keine Quittung, also sagt nur es selbst, dass ein Bericht ankam, und es löscht nichts auf einen Beweis hin. Seine eigenen Werkzeuge löschen, durch den Betreiber des dortigen Projekts:`,
  state: {
    idle: 'nichts wartet',
    waiting: (waiting) => noun(waiting, { one: 'Anfrage wartet', other: 'Anfragen warten' }),
    failing: 'gelingt nicht; wird von selbst wiederholt',
    stuck: 'steht: abgelehnt, oder niemand weiß, ob es ankam',
  },
  through: (day) => `Hat alle Tage bis ${day}.`,
  lastError: (why) => `Letzte Schwierigkeit: ${why}`,
  trouble: (said) => {
    const [, word = '', detail = ''] = /^([a-z -]+): (.*)$/s.exec(said) ?? []
    const status = /^status (\d+)$/.exec(said)?.[1]
    if (status !== undefined) return `es hat mit Status ${status} geantwortet und wird später wieder gefragt`
    const known = faults[word]
    return known === undefined ? said : detail === '' ? known : `${known} (${detail})`
  },
  fault: (why) => faults[why] ?? why,
  test: {
    button: 'Prüfen…',
    named: (name) => `${name} prüfen`,
    will: {
      request: (address) =>
        `Das schlägt ${address} nach und verbindet sich einmal damit, mit einer Anfrage ohne Bericht, Schlüssel und Kennung.`,
      file: (address) => `Das sieht nach, ob ${address} beschreibbar ist. Nichts verlässt diesen Rechner.`,
      print: () => 'Sie druckt im Terminal. Da ist nichts zu prüfen; nichts verlässt diesen Rechner.',
    },
    do: 'Jetzt prüfen',
    leave: 'Lassen',
    running: 'Wird geprüft',
    reached: (status) => `Es antwortet (Status ${status}). Ob es Berichte nimmt, zeigt sich beim ersten.`,
    writable: 'Die Datei ist beschreibbar.',
    redirected: (status) =>
      `Es verweist anderswohin (Status ${status}); dem wird nie gefolgt. Bitte die gemeinte Adresse eintragen.`,
    failed: (why, detail) => `Es ist nicht erreichbar: ${why}${detail === '' ? '' : ` (${detail})`}.`,
  },
}
