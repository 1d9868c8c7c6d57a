// What would leave for one day of one file: the same figures, the same sanitizer and the same encoder as for
// sending, up to the last byte. It stops there: nothing in this file can open a connection.
import { createHash } from 'node:crypto'
import type { Args, SharingPreview } from '../../shared/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import type { Level } from '../../shared/sharing/consent.ts'
import { fieldExamples } from '../../shared/sharing/examples.ts'
import { isSharedFormat } from '../../shared/sharing/lists/index.ts'
import { completedDays, dayFigures, utcDay } from '../../shared/sharing/report.ts'
import { shownIds } from '../../shared/sharing/wire.ts'
import { dayName } from '../../shared/viewer/zone.ts'
import { senders } from '../../senders/index.ts'
import { loadColumns } from '../file/columns.ts'
import type { ReadOnlyInput } from '../file/read-only.ts'
import type { Job } from '../jobs.ts'
import { encodeFor } from './freeze.ts'
import { exampleIds } from './ids.ts'

export interface Preview {
  input: ReadOnlyInput & {
    readonly day: string | null
    readonly level: Level
    readonly to: Args<'share.preview'>['to']
    readonly version: string
    readonly platform: string
  }
  output: SharingPreview
}

export const previewFile: Job<'preview'> = async (input, port) => {
  const { path, now, level, to } = input
  const wanted = input.day === null ? null : utcDay(Date.parse(`${input.day}T00:00:00Z`))
  if (wanted !== null && wanted >= utcDay(now)) return fail({ kind: 'day-not-over', day: dayName(wanted) })
  const loaded = await loadColumns(input, port.progress)
  if (!loaded.ok) return loaded
  const { columns } = loaded.value
  const format = columns.format.name
  if (!isSharedFormat(format)) return fail({ kind: 'format-not-shared', format: columns.format.title })
  const day = wanted ?? completedDays(columns, now).at(-1)
  const all = day === undefined ? [] : dayFigures([columns], format, [day])
  const outbound = anonymize(all, input)
  const [[figures], [report]] = [all, outbound]
  if (report === undefined || figures === undefined) return fail({ kind: 'day-empty', day: input.day, path })
  const requests = await encodeFor(outbound, { name: to, sender: senders[to], told: {} }, exampleIds)
  const body = requests.map((request) => request.body).join('\n')
  return ok({
    format,
    day: report.day,
    level,
    to,
    body,
    bytes: Buffer.byteLength(body),
    sha256: createHash('sha256').update(body).digest('hex'),
    idsAreExamples: body.includes(shownIds.batchId),
    report,
    examples: fieldExamples({ columns, format, figures, report, origin: input }),
    sent: false,
  })
}
