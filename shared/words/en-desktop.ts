// What the desktop shell says: menus, dialogs, and on standard error.
export const desktop = {
  file: 'File',
  open: 'Open…',
  edit: 'Edit',
  view: 'View',
  help: 'Help',
  about: 'About Sightglass',
  chooseFile: 'Open a telemetry file',
  telemetryFiles: 'Telemetry files',
  allFiles: 'All files',
  couldNotStart: (trace: string) => `Sightglass could not start: ${trace}`,
  pageNotLoaded: (why: string) => `The page did not load: ${why}`,
  pageEnded: (reason: string) => `The page’s process ended (${reason}).`,
  readerBroke: (how: string) => `A reading process broke: ${how}`,
  readerEnded: (code: number) => `A reading process ended by itself (${code}).`,
  noWebHost: (option: string) =>
    `${option} is for the program in a browser, which the installed one has no part in: it opens its window.`,
}
