// What the scripts say in German; see words.mjs.

/** @type {Readonly<Record<string, string>>} */
const parts = { page: 'Die Seite', shell: 'Das Desktop-Programm', alone: 'Die Seite aus einer Datei' }
/** @type {(what: string) => string} */
const part = (what) => parts[what] ?? what

/** @type {import('./words.mjs').Words} */
export const german = {
  nodeTooOld: (version) =>
    `Sightglass startet ab Node 20; dies ist ${version}. Ein neueres Node installieren und noch einmal versuchen.`,
  installing: 'Was fehlt, wird installiert (npm ci), etwa eine halbe Minute …',
  installFailed: (how) =>
    `npm ci ist gescheitert (${how}); seine eigene Meldung steht darüber. Sonst wurde nichts verändert. Das beheben und noch einmal versuchen.`,
  noProjectNode: (platform) =>
    `Für ${platform} gibt es kein Paket mit Node 26. Sightglass läuft unter Linux und macOS (x64, arm64) und unter Windows (x64).`,
  runNpmCi:
    'Die Teile, aus denen Sightglass besteht, sind nicht installiert: in seinem Ordner npm ci aufrufen und noch einmal versuchen.',
  pageMade: (path) =>
    `Die Seite ist ${path}. Sie braucht nichts als sich selbst: vom Datenträger öffnen und eine Telemetriedatei daraufziehen.`,
  building: (what) => `${part(what)} wird gebaut …`,
  buildFailed: (what) => `${part(what)} ließ sich nicht bauen; die Meldung steht darüber.`,

  usage: `npm start -- [FILE] [--browser | --electron] [--port N] [--no-open]

  FILE         diese Telemetriedatei öffnen
  --browser    den Browser nehmen, auch wo Electron installiert ist
  --electron   Electron nehmen, oder scheitern
  --port N     der Port des lokalen Webservers (sonst ein freier)
  --no-open    die Adresse ausgeben, nichts öffnen`,
  unknownOption: (option) =>
    `npm start kennt keine Option ${option}. Es kennt --browser, --electron, --port N, --no-open und eine FILE.`,
  badPort: (value) => `--port nimmt eine Zahl von 0 bis 65535, nicht „${value}“.`,
  oneFile: 'npm start öffnet eine Datei; genannt waren mehrere.',
  notBoth: '--browser und --electron schließen einander aus.',

  web: (why) => `Im Browser: ${why}.`,
  asked: '--browser war angegeben',
  noDisplay: 'Die Electron-Laufzeit ist nicht installiert, und es gibt keinen Bildschirm für ein Fenster',
  noAnswer: (host) =>
    `Die Electron-Laufzeit ist nicht installiert, und ${host} antwortet nicht binnen 3 Sekunden, um sie herunterzuladen`,
  downloading:
    'Die Electron-Laufzeit wird heruntergeladen, einmal, etwa 120 MB (npm start -- --browser startet ohne sie) …',
  downloadFailed: (how) => `Die Electron-Laufzeit ließ sich nicht herunterladen (${how})`,
  downloadTooSlow: 'Das Herunterladen der Electron-Laufzeit dauerte länger als 10 Minuten',
  shellNotBuilt: 'Das Desktop-Programm ließ sich nicht bauen',
  nodeFailed: (how) => `Sightglass ließ sich nicht starten (${how}).`,
  exitedEarly: (how) => `Electron endete, bevor es ein Fenster zeigte (${how})`,
  exitedSoon: (how) => `Electron scheiterte gleich, nachdem es sein Fenster gezeigt hatte (${how})`,
  noWindow: (seconds) => `Electron zeigte binnen ${seconds} Sekunden kein Fenster`,
  cannotRun: (how) => `Electron ließ sich nicht starten (${how})`,
  electronOnly: (why) => `--electron war angegeben, aber: ${why}.`,
  noRuntimeToPack: (host) =>
    `Pakete entstehen um die Laufzeit von Electron, die hier nicht installiert ist, und ${host} antwortet nicht, um sie zu laden. npx install-electron holt sie, wo das Netz es zulässt; oder ELECTRON_OVERRIDE_DIST_PATH nennt ihren Ordner.`,
  packagesNotMade: 'electron-builder hat die Pakete nicht gemacht; seine Meldung steht darüber.',

  noBrowser:
    'Weder Chromium noch Chrome noch Edge wurde gefunden. Einen davon installieren oder den Pfad seines Programms in SIGHTGLASS_CHROMIUM nennen.',
  installingPackages: (names) => `${names} wird installiert (apt-get) …`,
  workerFailed: (what, how) => `wrangler ${what} ging nicht (${how}); seine Meldung steht darüber.`,
  packagesFailed: (names) => `apt-get konnte ${names} nicht installieren; seine Meldung steht darüber.`,
  unknownSuite: (name, known) => `Eine Suite ${name} gibt es nicht. Die Suiten sind ${known}.`,
}
