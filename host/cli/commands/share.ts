import { resolve } from 'node:path'
import { safeParse } from 'valibot'
import type { SharingPreview } from '../../../shared/bridge.ts'
import type { SharingStatus } from '../../../shared/share.ts'
import { PreviewArgs } from '../../../shared/bridge.ts'
import { ok } from '../../../shared/result.ts'
import { cli } from '../speech.ts'
import { flag, misused, needed, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { showProgress } from '../progress.ts'
import { clean, cleanJson, painter } from '../terminal.ts'
import type { Output } from '../terminal.ts'

const { day, level, to } = PreviewArgs.entries
const words = cli.share

export const shareStatus = defineCommand({
  name: 'share status',
  summary: cli.commands.shareStatus.summary,
  operands: [],
  options: { json: flag(cli.commands.shareStatus.json) },
  examples: ['sightglass share status'],
  calls: ['share.status'],
  async run({ bridge, out }, given) {
    const status = await bridge.call('share.status', {})
    if (!status.ok) return status
    out.write(`${given.flag('json') ? cleanJson(status.value) : drawStatus(status.value)}\n`)
    return ok(0)
  },
})

function drawStatus({ level, forcedOffBy, since, destinations }: SharingStatus): string {
  if (level === 'off')
    return [words.off, ...(forcedOffBy === null ? [] : [words.forcedOff[forcedOffBy]])].join('\n')
  const where = destinations.map(({ name, address }) => `  ${clean(name)}  ${clean(address)}`)
  return [
    words.on(level, since ?? ''),
    ...(where.length === 0 ? [words.nowhere] : [words.to, ...where]),
  ].join('\n')
}

export const sharePreview = defineCommand({
  name: 'share preview',
  summary: cli.commands.sharePreview.summary,
  operands: [needed('FILE')],
  options: {
    day: value('DAY', cli.commands.sharePreview.day),
    level: value('LEVEL', cli.commands.sharePreview.level),
    to: value('NAME', cli.commands.sharePreview.to),
    json: flag(cli.commands.sharePreview.json),
  },
  examples: [
    'sightglass share preview ~/.earlyexit/telemetry.db',
    'sightglass share preview telemetry.db --day 2026-11-20 --level basic',
  ],
  calls: ['share.preview'],
  async run(context, given) {
    const { bridge, folder, signal, out } = context
    const wantedDay = safeParse(day, given.value('day'))
    if (!wantedDay.success) return misused(cli.mistakes.date('--day'))
    const wantedLevel = safeParse(level, given.value('level'))
    if (!wantedLevel.success) return misused(cli.mistakes.oneOf('--level', level.wrapped.options))
    const wantedTo = safeParse(to, given.value('to') ?? 'community')
    if (!wantedTo.success) return misused(cli.mistakes.oneOf('--to', to.options))
    const path = resolve(folder, given.needed('FILE'))
    context.explain(cli.verbose.opening(path))
    const progress = showProgress(context)
    const preview = await bridge.stream(
      'share.preview',
      {
        path,
        day: wantedDay.output,
        level: wantedLevel.output,
        to: wantedTo.output,
      },
      progress.show,
      signal,
    )
    progress.end()
    if (!preview.ok) return preview
    const { examples: _, ...shown } = preview.value // what stands in the file stays out of a script's log
    out.write(given.flag('json') ? `${cleanJson(shown)}\n` : drawPreview(preview.value, out))
    return ok(0)
  },
})

/** The body stands between lines of its own, to the last character; it holds words from closed lists only. */
function drawPreview(preview: SharingPreview, out: Output): string {
  const { format, day, level, body, bytes, sha256, idsAreExamples } = preview
  const paint = painter(out.colours)
  return [
    paint('bold', words.about(format, day, level)),
    words.notSent,
    ...(idsAreExamples ? [words.ids] : []),
    '',
    body.trimEnd(),
    '',
    paint('dim', `${words.size(bytes)} · sha256 ${sha256}`),
    '',
  ].join('\n')
}
