// What the Settings screen says.
import { updates } from './en-updates.ts'

export const settings = {
  lead: 'Every setting works at once and is kept on this machine.',
  reset: 'Reset',
  resetNamed: (name: string) => `Reset ${name.toLowerCase()}`,
  resetAll: 'Reset all settings',
  search: 'Search settings',
  noneFits: (typed: string) => `No setting is about “${typed}”.`,
  theme: { name: 'Theme', about: 'Light, dark, or as the system has it.' },
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  language: { name: 'Language', about: 'Of the words, and of how numbers and days are written.' },
  /** Each language names itself. */
  languages: { system: 'System', en: 'English', de: 'Deutsch' },
  timeZone: { name: 'Time zone', about: 'Where days begin and end in every chart.' },
  ownZone: (zone: string) => `This machine’s: ${zone}`,
  firstDayOfWeek: { name: 'First day of the week', about: 'How weeks are counted and calendars drawn.' },
  firstDays: { language: 'As the language has it', 1: 'Monday', 6: 'Saturday', 7: 'Sunday' },
  letterKeys: { name: 'Letter keys', about: 'Single keys such as 1, t and o. Press ? for the whole list.' },
  useLetterKeys: 'Use letter keys',
  veil: {
    name: 'Privacy veil',
    about: 'Hides what may be private, in charts and records, for sharing a screen. Key v.',
  },
  useVeil: 'Draw the veil',
  keepBackup: {
    name: 'Backup before deleting',
    about: 'Keeps a whole copy of the file beside it, with what is deleted from the file still in it.',
  },
  useKeepBackup: 'Keep a backup',
  choices: {
    name: 'Corrected files',
    about: 'What you said of files whose format is unknown, kept for every file with the same tables.',
    none: 'You have corrected no file yet. The Overview offers it where a file’s format is guessed.',
    of: (table: string, time: string, encoding: string) => `${table}, timed by ${time} (${encoding})`,
    groups: (names: string) => `grouped by ${names}`,
    sums: (names: string) => `adds up ${names}`,
    forget: 'Forget',
    forgetNamed: (table: string) => `Forget what was said of ${table}; such files are guessed again`,
  },
  retention: {
    name: 'Delete by age',
    about:
      'Off unless you switch it on for a file. Older records are then deleted at each start and once a day while Sightglass runs.',
  },
  deletions: {
    name: 'Deletions',
    about:
      'Receipts of what was deleted. They hold no records, only keyed fingerprints, and can repeat the search at any time.',
  },
  sharing: {
    name: 'Sharing',
    about:
      'Whether anything leaves this machine, where to, and from which files. It has a screen of its own.',
    off: 'Off: nothing leaves this machine.',
    deletions: 'Off: nothing leaves this machine but the deletions you asked for.',
    basic: 'On: basic.',
    detailed: 'On: detailed.',
    go: 'To Sharing and its destinations',
  },
  updates,
  recent: {
    name: 'Files opened lately',
    about: 'The list on the Files screen. The files themselves stay where they are.',
    none: 'The list is empty.',
    forgetAll: 'Empty the list',
  },
  about: (name: string, version: string) => `${name} ${version}`,
}
