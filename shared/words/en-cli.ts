// What the command line says, apart from the sentences for failures.
import { erase } from './en-erase.ts'
import { share } from './en-cli-share.ts'
import { trends } from './en-cli-trends.ts'

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

const commands = {
  open: {
    summary: 'Open the program, on a file if one is named',
    tool: 'open the file of this tool, found where it keeps it',
    port: 'the port of the local web host, else a free one',
    noOpen: 'print the address, open nothing',
    browser: 'use the browser, even where Electron is installed',
  },
  report: {
    summary: 'Print what a file tells: how much, when, how fast, what fails',
    json: 'the same as data',
    zone: 'the time zone of days and times, as Europe/Berlin; else the one in the settings',
    html: 'write it with all charts to a page that opens anywhere, loads nothing and prints well',
    force: 'replace OUT if it is there',
  },
  records: {
    summary: 'Print records as they stand in a file, newest first, one JSON object a line',
    search: 'only those that contain all these words in any of their text',
    sort: 'by a column of the file instead',
    descending: 'the highest first',
    limit: 'how many, 20 if not said',
    columns: 'choose the columns that the window shows; an empty list is its own choice',
  },
  export: {
    summary: 'Write rows of a file to CSV, JSON, JSON Lines or a new SQLite file',
    as: 'csv, json, jsonl or sqlite; else what OUT ends in, and JSON without OUT',
    gzip: 'pack it; so does an OUT that ends in .gz',
    exact: 'CSV with its exact bytes: what a spreadsheet takes for a formula stays one',
    table: 'all rows of this table, instead of the events',
    search: 'only those that contain all these words in any of their text',
    zone: 'the time zone of days and hours in the filters, else the one in the settings',
    tool: 'the file of this tool, found where it keeps it',
    force: 'replace OUT if it is there',
    json: 'say what was written as data',
  },
  import: {
    summary: 'Make a SQLite file of an export in JSON or JSON Lines, packed or not',
    force: 'replace OUT if it is there',
    json: 'say what was written as data',
  },
  follow: {
    summary: 'Print events as a tool writes them, until Ctrl-C',
    json: 'one JSON object a line',
  },
  recognise: {
    summary: 'Tell what a file is taken for, or correct the guess for all files like it',
    table: 'the table that holds the events',
    time: 'the column that holds their time',
    encoding: 'how that time is written: seconds, milliseconds, iso, webkit, …',
    categories: 'the columns whose values are counted',
    measures: 'the columns whose numbers are summed',
    guess: 'forget the correction and guess again',
    json: 'the same as data',
  },
  files: {
    summary: 'List the telemetry files of known tools, and those opened lately',
    forget: 'take a file off the list of those opened lately; the file stays',
    in: 'list what is in a folder',
    json: 'the same as data',
  },
  snapshot: {
    summary: 'Save one moment of a file, even while a tool writes to it, with what is still in its -wal',
    force: 'replace OUT if it is there',
  },
  sample: {
    summary: 'Write a file of believable made-up events, to try things with',
    format: 'the tool whose file it resembles',
    events: 'how many events, 5000 if not said',
    seed: 'another number makes other events, the same number the same',
    until: 'the day of the last events, else today: 2026-11-20',
    force: 'replace OUT if it is there',
  },
  settings: {
    summary: 'Show all settings, or one, or change one',
    reset: 'back to the default',
    json: 'the same as data',
  },
  updates: {
    summary: 'Say where a newer version is asked for; with --yes ask there',
    would: (address: string) => `With --yes this asks ${address} for the newest version.`,
    yes: 'ask now: one request to that address',
    json: 'the same as data',
  },
  version: { summary: 'Print the version', json: 'with all the program knows of itself, as data' },
  help: { summary: 'Tell more of a command' },
}

export const cli = {
  about: 'See, keep, export and truly erase the usage telemetry that your own tools write.',
  commands,
  erase,
  /** The options that choose events, the same wherever a command has them. */
  filters: {
    since: 'only events from then on: a day such as 2026-11-01, or how long ago: 30d, 2w, 12h',
    until: 'only events until then: through a day, or so long ago as said',
    kind: 'only events of this kind; given again, of that kind too',
    where:
      'only events with this value, as agent=planner; != leaves it out; given again, both must hold, or either of the same name',
    failed: 'only events that failed',
  },
  usage: 'Usage',
  options: 'Options',
  examples: 'Examples',
  commandWord: 'COMMAND',
  optionsWord: 'OPTIONS',
  common: { verbose: 'say on standard error what is being done', help: 'show this' },
  moreHelp: 'More of one: sightglass help COMMAND',

  mistakes: {
    command: (name: string, near: string | null) =>
      `There is no command ${name}.${near === null ? '' : ` Did you mean ${near}?`} sightglass --help lists them.`,
    option: (command: string, option: string) =>
      `${command} has no option ${option}. sightglass help ${command} lists them.`,
    needsValue: (option: string, value: string) => `${option} needs a value: ${option} ${value}.`,
    noValue: (option: string) => `${option} takes no value.`,
    missing: (command: string, operand: string, usage: string) =>
      `${command} needs ${operand}. Usage: ${usage}`,
    tooMany: (command: string, extra: string, usage: string) =>
      `${command} can't use ${extra}. Usage: ${usage}`,
    ending: (name: string, option: string, values: readonly string[]) =>
      `The end of ${name} doesn’t tell what to write. End it in .csv, .json, .jsonl or .db, or say ${option} ${values.join('|')}.`,
    oneOf: (option: string, values: readonly string[]) => `${option} is one of: ${values.join(', ')}.`,
    number: (option: string, least: number, most: number) =>
      `${option} is a whole number from ${least} to ${most}.`,
    when: (option: string) =>
      `${option} is a day such as 2026-11-01, with a time if you like (2026-11-01T12:30), or how long ago: 30d, 2w, 12h.`,
    where: (option: string) => `${option} is a name, an equals sign and a value: agent=planner.`,
    order: '--since is not before --until, so there is nothing between them.',
    together: (one: string, other: string) => `${one} and ${other} can’t go together.`,
    date: (option: string) => `${option} is a date such as 2026-11-20.`,
    zone: (zone: string) => `${zone} is not a time zone. One is Europe/Berlin.`,
    setting: (name: string, names: readonly string[]) =>
      `There is no setting ${name}. There are: ${names.join(', ')}.`,
    settingValue: (name: string, value: string) => `${value} is no value for ${name}. Nothing was changed.`,
    tableAlone: '--table takes all rows of a table: filters choose among the events.',
    sameFile: 'OUT is FILE itself, or belongs to it. Choose another name.',
    knownFormat: (title: string) => `This is a file of ${title}: there is nothing to choose.`,
    encoding: (name: string) => `${name} is no way to write a time that this program knows.`,
    noToolFile: (tool: string) =>
      `No file of ${tool} was found where it keeps it. Name the file, or let the tool write one first.`,
  },

  report: {
    events: 'events',
    activeDays: 'active days',
    failed: 'failed',
    median: 'median',
    p95: '95th percentile',
    none: 'The file holds no events yet.',
    noneFits: 'No event of this file fits the filters.',
    noTime: 'no readable times',
    timeline: (step: string) => `events by ${step}`,
    most: (count: number, when: string) => `most ${count.toLocaleString('en')} on ${when}`,
    together: (count: number, step: string) => `${count} ${step}s a mark`,
    failures: 'failures',
    kinds: 'kind',
    more: (count: number) => `and ${count.toLocaleString('en')} more`,
    blank: '(blank)',
    warning: 'Note',
    damaged: 'The file is damaged: figures may be incomplete.',
    unchecked: 'The file could not be looked through for damage.',
    saved: (size: string, path: string) => `${size} in ${path}`,
    otherNames:
      'The file has a second name (a hard link): rows that a tool has written under that name may be missing.',
  },
  recognise: {
    known: (title: string) => `This is a file of ${title}.`,
    guess: (table: string, time: string, encoding: string) =>
      `No known format. Events are the rows of ${table}, at the time in ${time} (${encoding}).`,
    confidence: {
      sure: 'This is sure.',
      likely: 'This is likely. If it is wrong, name another table or time.',
      unsure: 'This is a guess. Check it, and name another table or time if it is wrong.',
    },
    categories: (names: string) => `Counted by: ${names}`,
    measures: (names: string) => `Summed: ${names}`,
    others: 'It could also be (table · time · how it is written):',
  },
  follow: { waiting: 'Waiting for new events. Ctrl-C ends.' },
  files: {
    found: 'Found where tools keep them',
    recent: 'Opened lately',
    none: 'No telemetry file was found, and none was opened yet.\nTry: sightglass sample sample.db',
    noneRecent: 'No file was opened lately.',
    changed: (when: string) => `changed ${when}`,
    writing: 'being written',
    missing: 'not there now',
    emptyFolder: 'Nothing is in this folder.',
    cut: (count: number) => `Only the first ${count.toLocaleString('en')} are listed.`,
  },
  sample: { made: (events: number, path: string) => `${plural(events, 'event', 'events')} in ${path}` },
  export: {
    leftOut: (tables: string) =>
      `Not in it: ${tables}. An export as SQLite takes along what belongs to the events, and --table writes one of them.`,
    made: (rows: number, size: string, path: string) => `${plural(rows, 'row', 'rows')}, ${size}, in ${path}`,
    table: (rows: number, name: string) => `  ${plural(rows, 'row', 'rows')} of ${name}`,
  },
  import: {
    made: (rows: number, path: string) => `${plural(rows, 'row', 'rows')} in ${path}`,
  },
  snapshot: { made: (size: string, path: string) => `${size} in ${path}` },
  settings: { system: 'system', byLanguage: 'by language', on: 'on', off: 'off' },
  share,
  trends,
  phases: { copying: 'Copying', reading: 'Reading', writing: 'Writing' },
  verbose: {
    opening: (path: string) => `Opening ${path}`,
    problem: (problem: string) => `Damage: ${problem}`,
    copy: 'Read from a private copy, because reading in place would leave traces beside the file.',
    place: 'Read in place.',
    format: (title: string) => `Recognised as ${title}, by its tables and columns.`,
    rows: (rows: number, seconds: string) => `${plural(rows, 'row', 'rows')} in ${seconds}.`,
    starting: (command: string) => `Starting ${command}`,
    saved: (seconds: string) => `Written, brought to the disk and named in ${seconds}.`,
  },
}
