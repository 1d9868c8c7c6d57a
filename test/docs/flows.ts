// The two flows of the house, drawn: docs/pictures/reading.svg and sharing.svg. A step is a few words, and the file
// in which it is; a test fails when that file is gone or the picture is stale.

interface Step {
  readonly says: string
  readonly file: string
}
/** Steps that happen in one place, told beside them. */
interface Lane {
  readonly where: string
  readonly steps: readonly Step[]
}
export interface Flow {
  readonly name: string
  readonly title: string
  readonly lanes: readonly Lane[]
  readonly ends: string
}

const reading: Flow = {
  name: 'reading',
  title: 'Reading: from a file to a chart',
  lanes: [
    {
      where: 'the host, in a child process that can be killed',
      steps: [
        { says: 'look at it first', file: 'host/file/look.ts' },
        { says: 'open without a trace', file: 'host/file/read-only.ts' },
        { says: 'one moment of the file', file: 'host/file/snapshot.ts' },
      ],
    },
    {
      where: 'the window’s workers, which can be ended',
      steps: [
        { says: 'bytes come in', file: 'renderer/worker/download.ts' },
        { says: 'rows by sql.js', file: 'shared/viewer/sqlite.ts' },
        { says: 'rows become events', file: 'shared/viewer/events.ts' },
        { says: 'events become columns', file: 'shared/viewer/columns.ts' },
      ],
    },
    {
      where: 'one worker more, without any SQL',
      steps: [
        { says: 'what is chosen', file: 'shared/viewer/filter.ts' },
        { says: 'count it', file: 'shared/viewer/counts.ts' },
        { says: 'charts as plain data', file: 'shared/viewer/charts.ts' },
      ],
    },
    {
      where: 'the window',
      steps: [{ says: 'draw it', file: 'renderer/chart.ts' }],
    },
  ],
  ends: 'The file is as it was.',
}

const sharing: Flow = {
  name: 'sharing',
  title: 'Sharing: from a record to a byte',
  lanes: [
    {
      where: 'nothing below happens without it',
      steps: [{ says: 'consent, with its date', file: 'shared/sharing/consent.ts' }],
    },
    {
      where: 'what may leave, of one UTC day',
      steps: [
        { says: 'what is on the list', file: 'shared/sharing/fields.ts' },
        { says: 'the daily report', file: 'shared/sharing/report.ts' },
        { says: 'ranges, listed words', file: 'shared/sharing/anonymize.ts' },
      ],
    },
    {
      where: 'the very bytes, seen for an hour',
      steps: [
        { says: 'a sender writes them', file: 'senders/community.ts' },
        { says: 'frozen once', file: 'host/sharing/freeze.ts' },
        { says: 'wait in the queue', file: 'host/sharing/outbox.ts' },
      ],
    },
    {
      where: 'consent is looked at again',
      steps: [
        { says: 'log first', file: 'host/sharing/log.ts' },
        { says: 'then send', file: 'host/sharing/send.ts' },
        { says: 'over https alone', file: 'host/sharing/carry.ts' },
        { says: 'keep the receipt', file: 'host/sharing/receipts.ts' },
      ],
    },
  ],
  ends: 'What was sent can be read, proved and taken back.',
}

export const flows: readonly Flow[] = [reading, sharing]

const [width, margin, boxWidth, boxHeight, gap] = [880, 24, 190, 52, 24]
const laneHeight = 118

/** A card of its own, so that it can be read on whatever page it stands. */
const style = `
  .card { fill: #fcfcfa; stroke: #d9dad8 }
  .box { fill: #ffffff; stroke: #2a809b }
  .says { fill: #181b1e; font: 600 14px system-ui, sans-serif }
  .file { fill: #4b5258; font: 11px ui-monospace, monospace }
  .where, .ends { fill: #4b5258; font: 13px system-ui, sans-serif }
  .title { fill: #181b1e; font: 600 17px system-ui, sans-serif }
  .way { stroke: #2a809b; stroke-width: 1.5; fill: none; marker-end: url(#tip) }
  .tip { fill: #2a809b }
  @media (prefers-color-scheme: dark) {
    .card { fill: #14171a; stroke: #33383c }
    .box { fill: #1d2125; stroke: #4fa5c0 }
    .says, .title { fill: #e6e8ea }
    .file, .where, .ends { fill: #b3b9be }
    .way { stroke: #4fa5c0 }
    .tip { fill: #4fa5c0 }
  }
`

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function stepAt({ says, file }: Step, x: number, y: number): string {
  const middle = x + boxWidth / 2
  return `<rect class="box" x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="4"/>
  <text class="says" x="${middle}" y="${y + 22}" text-anchor="middle">${escape(says)}</text>
  <text class="file" x="${middle}" y="${y + 40}" text-anchor="middle">${escape(file)}</text>`
}

const arrow = (path: string): string => `<path class="way" d="${path}"/>`

interface Ends {
  readonly isFirst: boolean
  readonly isLast: boolean
}

function laneAt({ where, steps }: Lane, y: number, { isFirst, isLast }: Ends): string {
  const top = y + 26
  const middle = top + boxHeight / 2
  const x = (at: number): number => margin + at * (boxWidth + gap)
  const along = steps.slice(1).map((_, at) => arrow(`M${x(at) + boxWidth} ${middle} H${x(at + 1) - 3}`))
  const down = `M${margin + 40} ${top + boxHeight} V${top + laneHeight - 3}`
  const back = `M${x(steps.length - 1) + boxWidth / 2} ${top + boxHeight} v20 H${margin + 40} V${top + laneHeight - 3}`
  return [
    `<text class="where" x="${isFirst ? margin : margin + 52}" y="${y + 14}">${escape(where)}</text>`,
    ...steps.map((step, at) => stepAt(step, x(at), top)),
    ...along,
    ...(isLast ? [] : [arrow(steps.length === 1 ? down : back)]),
  ].join('\n  ')
}

export function drawFlow({ title, lanes, ends }: Flow): string {
  const height = 64 + lanes.length * laneHeight + 16
  const told = lanes.flatMap(({ steps }) => steps.map(({ says, file }) => `${says} (${file})`))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title told">
  <title id="title">${escape(title)}</title>
  <desc id="told">${escape(`${told.join(', then ')}. ${ends}`)}</desc>
  <style>${style}</style>
  <defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
    <path class="tip" d="M0 0 L8 4 L0 8 Z"/></marker></defs>
  <rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
  <text class="title" x="${margin}" y="36">${escape(title)}</text>
  ${lanes.map((lane, at) => laneAt(lane, 56 + at * laneHeight, { isFirst: at === 0, isLast: at === lanes.length - 1 })).join('\n  ')}
  <text class="ends" x="${margin}" y="${height - 18}">${escape(ends)}</text>
</svg>
`
}
