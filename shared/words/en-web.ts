// What the local web host says: in its terminal, and to a request that it turns away.
export const web = {
  started: (address: string) =>
    `Sightglass is open at ${address}\nThe address works once, for five minutes. Enter: a fresh one. Ctrl-C: stop.`,
  fresh: (address: string) => `A fresh address: ${address}`,
  alreadyRunning: (address: string) => `Sightglass runs already. A fresh address for it: ${address}`,
  otherPort: (wanted: number, port: number) => `Port ${wanted} is taken, so this is port ${port}.`,
  portTaken: (port: number) =>
    `Port ${port} is taken by another program. Choose another one, or leave --port out.`,
  portForbidden: (port: number) => `Port ${port} may not be used by this account. Choose another one.`,
  notBuilt: 'The page is not built yet. Run: npm run build',
  wrongPort: (given: string) => `--port takes a number from 0 (any free one) to 65535, not ${given}.`,
  oneFile: 'Name one file at most.',
  unknownOption: (option: string) =>
    `There is no option ${option}. There are --port, --no-open and --browser.`,
  failed: 'Sightglass could not start.',
  refused: {
    host: 'This address is not the program’s own. Use the one shown in its terminal, with 127.0.0.1 and its port.',
    upgrade: 'This program speaks plain HTTP only.',
    origin: 'Only the program’s own page may ask for this.',
    type: 'Only JSON is taken here.',
    method: 'This address does not take this kind of request.',
    code: 'This address was used already or is too old. Press Enter in the terminal for a fresh one.',
    tooMany: 'Too many wrong codes. Wait a minute, then press Enter in the terminal for a fresh address.',
    again: 'This request does not come from this account’s own Sightglass.',
    nothing: 'There is nothing at this address.',
    broken: 'Something in the program broke. Please report it.',
  },
}
