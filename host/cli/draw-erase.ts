// A deletion in a terminal: what would go, and what went.
import type { ErasePreview, EraseProof, Erased, Remains } from '../../shared/erase.ts'
import { toJson } from '../../shared/viewer/values.ts'
import * as figures from './figures.ts'
import { cli } from './speech.ts'
import { clean, escapeJson } from './terminal.ts'
import type { Paint } from './terminal.ts'

const words = cli.erase
const mostKinds = 8

export function drawPreview(
  preview: Omit<ErasePreview, 'token'>,
  zone: string,
  paint: Paint,
  ending = words.dry,
): string {
  const { path, events, tables, first, last, days, kinds, bytes, notes, backup, sample } = preview
  if (preview.rows === 0) return `${words.nothing(clean(path))}\n`
  const moment = (time: number): string => figures.moment(time, zone, 'minute')
  return [
    paint('bold', words.would(events, clean(path))),
    ...(first === null || last === null ? [] : [words.span(moment(first), moment(last))]),
    words.bytes(figures.bytes(bytes)),
    '',
    ...tables.map(
      ({ table, rows, left, because }) =>
        `  ${clean(table)}: ${words.table(rows, left)} (${words.because[because]})`,
    ),
    '',
    words.days(days.touched, days.emptied),
    `${words.kinds}:`,
    ...kinds
      .slice(0, mostKinds)
      .map(({ kind, erased, left }) => `  ${clean(kind)}: ${words.table(erased, left)}`),
    ...(kinds.length > mostKinds ? [`  ${cli.report.more(kinds.length - mostKinds)}`] : []),
    '',
    `${words.sample}:`,
    ...sample.map((fields) => {
      const json = toJson(
        fields.map(({ column }) => column),
        fields.map(({ value }) => value),
        'one line',
      )
      return `  ${escapeJson(json)}`
    }),
    '',
    ...notes.map((note) => clean(words.note(note, figures.bytes))),
    ...(backup === null ? [] : [words.backup(clean(backup))]),
    paint('bold', ending),
    '',
  ].join('\n')
}

export function drawErased({ events, rows, backup, receipt, remains, proof }: Erased): string {
  return [
    words.done(events, rows),
    ...drawProof(proof),
    ...(remains === null ? [] : [drawRemains(remains)]),
    ...(backup === null ? [] : [words.kept(clean(backup))]),
    words.receipt(clean(receipt)),
    '',
  ].join('\n')
}

export function drawRemains({ bytes, why }: Remains): string {
  const say = why === 'row-numbers' ? words.leftForGood : words.left
  return say(figures.bytes(bytes), words.remains[why])
}

export function drawProof({ rows, traceable, cells, searched, found, places }: EraseProof): string[] {
  return [
    found === 0 ? words.gone(cells, figures.bytes(searched)) : words.proved(found, cells),
    ...places.flatMap(({ place, found: here }) => (here > 0 ? [`  ${words.found(place, here)}`] : [])),
    ...(traceable === rows ? [] : [words.traceable(traceable, rows)]),
  ]
}
