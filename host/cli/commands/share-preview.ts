import { resolve } from 'node:path'
import { safeParse } from 'valibot'
import { PlanArgs } from '../../../shared/share.ts'
import { ok } from '../../../shared/result.ts'
import { flag, misused, optional, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { drawHash, drawRequest } from '../draw-share.ts'
import { showProgress } from '../progress.ts'
import { cli } from '../speech.ts'
import { cleanJson, painter } from '../terminal.ts'

const { day, level, to } = PlanArgs.entries
const words = cli.share

export const sharePreview = defineCommand({
  operands: [optional('FILE')],
  options: {
    day: value('DAY', words.commands.preview.day),
    level: value('LEVEL', words.commands.preview.level),
    to: value('NAME', words.commands.preview.to),
    json: flag(words.commands.preview.json),
  },
  examples: [
    'sightglass share preview',
    'sightglass share preview ~/.earlyexit/telemetry.db',
    'sightglass share preview telemetry.db --day 2026-11-20 --level basic',
  ],
  calls: ['share.plan'],
  async run(context, given) {
    const { bridge, folder, signal, out } = context
    const wantedDay = safeParse(day, given.value('day'))
    if (!wantedDay.success) return misused(cli.mistakes.date('--day'))
    const wantedLevel = safeParse(level, given.value('level'))
    if (!wantedLevel.success) return misused(cli.mistakes.oneOf('--level', level.wrapped.options))
    const wantedTo = safeParse(to, given.value('to'))
    if (!wantedTo.success) return misused(cli.mistakes.oneOf('--to', ['NAME']))
    const file = given.operand('FILE')
    const path = file === null ? null : resolve(folder, file)
    if (path !== null) context.explain(cli.verbose.opening(path))
    const progress = showProgress(context)
    const wanted = { path, day: wantedDay.output, level: wantedLevel.output, to: wantedTo.output }
    const plan = await bridge.stream('share.plan', wanted, progress.show, signal)
    progress.end()
    if (!plan.ok) return plan
    const paint = painter(out.colours)
    const { requests, idsAreExamples, day: shown, level: at } = plan.value
    const text = [
      paint('bold', words.about(shown, at)),
      words.notSent,
      ...(idsAreExamples ? [words.ids] : []),
      '',
      ...requests.flatMap((request) => drawRequest(request, paint)),
      // What is shared is what is ticked: the preview of another file is none to be consented to.
      ...(path === null ? drawHash(plan.value) : []),
    ].join('\n')
    out.write(`${given.flag('json') ? cleanJson(plan.value) : text}\n`)
    return ok(0)
  },
})
