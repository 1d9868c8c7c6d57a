// Where reports can go: what each destination is called and must be told, how it stands, and what a test found.
import { nounsIn } from './plural.ts'
import type { Count } from './plural.ts'

const { noun } = nounsIn('en')

const names: Readonly<Record<string, string>> = {
  community: 'Community server',
  console: 'Console',
  file: 'File on this machine',
  posthog: 'PostHog',
  'posthog-heartbeat': 'PostHog, heartbeats only',
  'smart-agents': 'Smart Agents',
  earlyexit: 'earlyexit',
  voicemode: 'VoiceMode',
  beacon: 'Beacon',
  otlp: 'OpenTelemetry (OTLP)',
  'web-hook': 'Web hook',
  plausible: 'Plausible',
  clickhouse: 'ClickHouse',
  s3: 'S3',
}

const needs: Readonly<Record<string, string>> = {
  address: 'Address',
  key: 'Key',
  path: 'Path of the file',
  authority: 'File of your own certificate authority',
  pin: 'Pinned certificate (SHA-256)',
  user: 'User',
  table: 'Table',
  site: 'Site',
  region: 'Region',
  'access-key': 'Access key',
  'secret-key': 'Secret key',
  'session-token': 'Session token',
  secret: 'Secret',
  token: 'Token',
}

/** Why nothing came back, by the word before the colon. */
const faults: Readonly<Record<string, string>> = {
  address: 'its name could not be looked up',
  name: 'its name could not be looked up',
  connection: 'nothing answers at its address',
  refused: 'nothing answers at its address',
  certificate: 'its certificate can’t be trusted',
  pin: 'its key is not the one you pinned',
  authority: 'the file of your own certificate authority holds none that can be read',
  lost: 'the connection broke off',
  'time-out': 'it did not answer in time',
  stopped: 'it was broken off by switching off',
  'not writable': 'the file can’t be written',
}

export const destinationWords = {
  title: 'Where to',
  lead: 'Reports go to these and to nobody else. Nothing is set when the program is installed.',
  none: 'None is set: nothing can be sent anywhere.',
  name: (kind: string) => names[kind] ?? kind,
  at: (name: string, address: string) => (address === '' ? name : `${name} (${address})`),
  need: (need: string) => needs[need] ?? need,
  optional: (label: string) => `${label} (if there is one)`,
  keyKept: 'Kept. Leave empty to keep it, or type another; it is never shown again.',
  keyNew: 'Never shown again, and never part of a preview or the log.',
  add: 'Add a destination…',
  kind: 'Kind',
  certificates: 'For a server with a certificate of its own',
  level: 'At most',
  anyLevel: 'what is switched on',
  onlyBasic: 'basic, even if detailed is on',
  save: 'Save',
  cancel: 'Cancel',
  change: 'Change',
  changeNamed: (name: string) => `Change ${name}`,
  remove: 'Remove',
  removeNamed: (name: string) => `Remove ${name}; what waits for it is thrown away`,
  fromEnvironment: 'set by variables of the environment',
  basicOnly: 'basic only',
  delivery: {
    'exactly once': 'A report counts once, also where an answer is lost.',
    'at least once': 'A report arrives once, or twice where an answer is lost.',
    'at most once':
      'A report arrives once, or never where an answer is lost: it isn’t sent again on a guess.',
  },
  daysBack: (days: Count) =>
    days.of === 1
      ? 'Takes yesterday only.'
      : `Takes up to ${noun(days, { one: 'day', other: 'days' })} back.`,
  takeBack: {
    proof: 'What it has can be deleted from here.',
    'own file': 'It is your own file: delete it to take it back.',
    'nothing kept': 'It keeps nothing.',
    ask: 'Only whoever runs it can delete what it has.',
  },
  weaker: (name: string) =>
    `${name} is weaker here than a community server: it signs no receipt, so only its word tells that a report arrived, and it deletes nothing on your proof. Its own tools delete, by whoever runs the project there:`,
  state: {
    idle: 'nothing waits',
    waiting: (waiting: Count) => `${noun(waiting, { one: 'request', other: 'requests' })} waiting`,
    failing: 'failing; it is tried again by itself',
    stuck: 'stopped: it refused, or nobody knows whether it arrived',
  },
  through: (day: string) => `Has all days up to ${day}.`,
  lastError: (why: string) => `Last trouble: ${why}`,
  /** `time-out: the server did not answer`, `status 503`, or the destination's own words. */
  trouble: (said: string) => {
    const [, word = '', detail = ''] = /^([a-z -]+): (.*)$/s.exec(said) ?? []
    const status = /^status (\d+)$/.exec(said)?.[1]
    if (status !== undefined) return `it answered with status ${status} and is asked again later`
    const known = faults[word]
    return known === undefined ? said : detail === '' ? known : `${known} (${detail})`
  },
  fault: (why: string) => faults[why] ?? why,
  test: {
    button: 'Test…',
    named: (name: string) => `Test ${name}`,
    will: {
      request: (address: string) =>
        `This looks up and connects to ${address}, once, with one request that carries no report, no key and no id.`,
      file: (address: string) => `This looks whether ${address} can be written. Nothing leaves this machine.`,
      print: () => 'It prints in a terminal. There is nothing to test; nothing leaves this machine.',
    },
    do: 'Test it now',
    leave: 'Don’t',
    running: 'Testing',
    reached: (status: string) =>
      `It answers (status ${status}). Whether it takes reports shows when one is sent.`,
    writable: 'The file can be written.',
    redirected: (status: string) =>
      `It sends elsewhere (status ${status}), which is never followed. Set the address it means.`,
    failed: (why: string, detail: string) =>
      `It can’t be reached: ${why}${detail === '' ? '' : ` (${detail})`}.`,
  },
}
