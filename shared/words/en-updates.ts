// Looking for a newer version, in Settings and in a terminal.
export const updates = {
  name: 'Updates',
  about:
    'Sightglass never looks for updates by itself. When you ask, one request goes to this address; it says nothing of you, this machine or your version. Nothing is downloaded or installed.',
  ask: (address: string) => `Ask ${address} for the newest version`,
  asks: (address: string) => `Asking ${address} for the newest version …`,
  none: (own: string) => `No version newer than yours (${own}) is out.`,
  newer: (version: string, own: string) => `Version ${version} is out; yours is ${own}. It is here:`,
  failed: 'The newest version could not be told',
}
