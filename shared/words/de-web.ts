import type { web as english } from './en-web.ts'
import type { Like } from './like.ts'

export const web: Like<typeof english> = {
  started: (address) =>
    `Sightglass ist offen unter ${address}\nDie Adresse gilt einmal, fünf Minuten lang. Enter: eine neue. Strg-C: Ende.`,
  fresh: (address) => `Eine neue Adresse: ${address}`,
  alreadyRunning: (address) => `Sightglass läuft schon. Eine neue Adresse dafür: ${address}`,
  otherPort: (wanted, port) => `Port ${wanted} ist belegt, daher ist es Port ${port}.`,
  portTaken: (port) =>
    `Port ${port} ist von einem anderen Programm belegt. Einen anderen wählen oder --port weglassen.`,
  portForbidden: (port) => `Dieses Konto darf Port ${port} nicht benutzen. Einen anderen wählen.`,
  notBuilt: 'Die Seite ist noch nicht gebaut. Aufrufen: npm run build',
  wrongPort: (given) => `--port nimmt eine Zahl von 0 (irgendein freier) bis 65535, nicht ${given}.`,
  oneFile: 'Höchstens eine Datei nennen.',
  unknownOption: (option) => `Eine Option ${option} gibt es nicht. Es gibt --port, --no-open und --browser.`,
  failed: 'Sightglass ließ sich nicht starten.',
  refused: {
    host: 'Das ist nicht die Adresse des Programms. Die aus dem Terminal nehmen, mit 127.0.0.1 und ihrem Port.',
    upgrade: 'Dieses Programm spricht nur einfaches HTTP.',
    origin: 'Danach darf nur die eigene Seite des Programms fragen.',
    type: 'Hier wird nur JSON angenommen.',
    method: 'Diese Adresse nimmt solche Anfragen nicht an.',
    code: 'Diese Adresse wurde schon benutzt oder ist zu alt. Im Terminal die Eingabetaste für eine neue drücken.',
    tooMany:
      'Zu viele falsche Codes. Eine Minute warten, dann im Terminal die Eingabetaste für eine neue Adresse drücken.',
    again: 'Diese Anfrage kommt nicht von dem Sightglass dieses Kontos.',
    nothing: 'Unter dieser Adresse gibt es nichts.',
    broken: 'Das ist ein Fehler im Programm. Bitte melden.',
  },
}
