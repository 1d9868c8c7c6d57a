// What the community server says: to whoever runs it, and in its answers.
export const server = {
  about: `This is a Sightglass community server. It takes small anonymous daily reports from people who switched
sharing on, keeps no network address, and nothing that is not on the published list of fields.

POST /api/v1/reports              takes reports
GET  /api/v1/telemetry/health     tells whether it works
`,
  started: (address: string, data: string) =>
    `The community server answers at ${address} and keeps its data in ${data}. Ctrl-C stops it.`,
  notStarted: (why: string) => `The community server could not be started: ${why}`,
  keyNeeded: 'This needs the operator’s key.',
  noMonth: 'A month is named as 2026-11.',
  monthTitle: (month: string) => `What this server did in ${month}`,
  monthEmpty: 'Nothing was counted.',
  adminTitle: 'Community server',
  adminSince: (days: number) => `The last ${days} days; ?days=90 for others.`,
  adminNothing: 'Nothing yet.',
  noTrends: 'Trends are published once a day; there are none yet.',
  trendsWeaknesses: [
    'Anybody can send reports: who has enough networks and patience can move these figures.',
    'An anonymous id is replaced every 28 days, so somebody may count as two in that week.',
    'Those who share are not all who use; what they use may differ.',
    'Contributors are counted on the busiest day of the week and rounded down to tens.',
    'Somebody who never reported before a week has two fifths of a vote in it.',
    'Figures that were published stay until at least as many contributors as the threshold have come or gone.',
  ],
  done: 'Done.',
  rotated: (id: string) => `Receipts are signed by the new key ${id} after the next start of the server.`,
  reset: (n: number) => `${n} limits begin anew.`,
  noCommand: (given: string, known: string) => `there is no command "${given}". There are:\n${known}`,
  missing: (what: string) => `this command needs ${what}.`,
  fileExists: (path: string) => `${path} exists already.`,
  noFile: (path: string) => `there is no ${path}.`,
  brokenBackup: (path: string) => `${path} is damaged; nothing was changed.`,
  queryTooLong: 'the query took more than ten seconds.',
  imported: (rows: number) => `${rows} rows were read; those that were there already were left as they are.`,
  forgotten: (events: number) => `${events} events were deleted.`,
  badPort: (port: string) => `--port takes a number from 0 to 65535, not ${port}.`,
  badVariable: (name: string) => `the variable ${name} is not what docs/server.md says it may be.`,
  unavailable:
    'The server cannot store anything at the moment. What it accepted before is safe. Try again later.',
  different: 'This batch id was sent before with another body.',
  deletedBefore: 'This batch was deleted by whoever sent it, and is not taken in again.',
  noProof: 'A batch is named by its id, a UUID, and its own deletion secret is shown as {"secret": "…"}.',
  tooMany: 'Too much was sent in this hour. What is too much is not stored; try again later.',
  otherMethod: (allowed: string) => `This address is used with ${allowed}.`,
  notFound: 'There is nothing at this address.',
  broke: 'Something in the server broke. Nothing was stored.',
  plainOrGzip: 'A body is sent as it is, or compressed by gzip.',
  tooSlow: 'The body took too long to come.',
  brokenBody: 'The body was cut off, or is not what its content coding says.',
  plainJson: 'Reports are sent as application/json without a content coding.',
  tooLarge: (bytes: number) => `The body is larger than ${bytes} bytes.`,
  notJson: 'The body is not JSON in UTF-8.',
  wrongDay: (days: number) => `A report is about a whole UTC day within the last ${days} days.`,
} as const
