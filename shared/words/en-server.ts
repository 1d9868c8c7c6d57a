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
  badPort: (port: string) => `--port takes a number from 0 to 65535, not ${port}.`,
  unavailable:
    'The server cannot store anything at the moment. What it accepted before is safe. Try again later.',
  different: 'This batch id was sent before with another body.',
  postOnly: 'Reports are sent by POST.',
  notFound: 'There is nothing at this address.',
  broke: 'Something in the server broke. Nothing was stored.',
  plainJson: 'Reports are sent as application/json without a content coding.',
  tooLarge: (bytes: number) => `The body is larger than ${bytes} bytes.`,
  notJson: 'The body is not JSON in UTF-8.',
  wrongDay: (days: number) => `A report is about a whole UTC day within the last ${days} days.`,
} as const
