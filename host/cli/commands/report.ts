import { resolve } from 'node:path'
import type { FileCheck, Progress } from '../../../shared/bridge.ts'
import { formats } from '../../../shared/formats/index.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { isZone } from '../../../shared/settings.ts'
import { cli } from '../../../shared/words/en-cli.ts'
import { flag, misused, needed, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { drawReport } from '../draw-report.ts'
import * as figures from '../figures.ts'
import { showProgress } from '../progress.ts'
import { cleanJson, painter } from '../terminal.ts'

const words = cli.commands.report

export const report = defineCommand({
  name: 'report',
  summary: words.summary,
  operands: [needed('FILE')],
  options: { json: flag(words.json), zone: value('ZONE', words.zone) },
  examples: [
    'sightglass report ~/.smart-agents/telemetry/telemetry.db',
    'sightglass report telemetry.db --zone UTC --json',
  ],
  calls: ['files.summary', 'files.check'],
  async run(context, given) {
    const { bridge, out, now, signal, explain } = context
    const zone = given.value('zone')
    if (zone !== null && !isZone(zone)) return misused(cli.mistakes.zone(zone))
    const path = resolve(context.folder, given.needed('FILE'))
    explain(cli.verbose.opening(path))
    const begun = now()
    const progress = showProgress(context)
    const phases = new Set<Progress['phase']>()
    const show = (item: Progress): void => {
      phases.add(item.phase)
      progress.show(item)
    }
    const [read, checked] = await Promise.all([
      bridge.stream('files.summary', { path, zone }, show, signal),
      bridge.stream('files.check', { path }, () => {}, signal),
    ])
    progress.end()
    if (!read.ok) return read
    const summary = { ...read.value, warnings: [...read.value.warnings, ...warningsOf(checked)] }
    explain(phases.has('copying') ? cli.verbose.copy : cli.verbose.place)
    if (checked.ok) for (const problem of checked.value.problems) explain(cli.verbose.problem(problem))
    explain(cli.verbose.format(formats.find(({ name }) => name === summary.format)?.title ?? summary.format))
    explain(cli.verbose.rows(summary.events, figures.duration(now() - begun)))
    if (given.flag('json')) out.write(`${cleanJson(summary)}\n`)
    else out.write(drawReport(summary, out.width, painter(out.colours)))
    return ok(0)
  },
})

function warningsOf(checked: Result<FileCheck>): string[] {
  if (!checked.ok) return [cli.report.unchecked]
  const { sound, otherNames } = checked.value
  return [...(sound ? [] : [cli.report.damaged]), ...(otherNames ? [cli.report.otherNames] : [])]
}
