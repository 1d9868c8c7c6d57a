import { resolve } from 'node:path'
import { SampleArgs } from '../../../shared/bridge.ts'
import { ok } from '../../../shared/result.ts'
import { cli } from '../speech.ts'
import { flag, misused, needed, value, wholeNumber } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import * as figures from '../figures.ts'
import { showProgress } from '../progress.ts'
import { clean } from '../terminal.ts'

const words = cli.commands.sample
const { options: formats } = SampleArgs.entries.format
const mostEvents = 100_000_000
const mostSeed = 0xffff_ffff

export const sample = defineCommand({
  operands: [needed('OUT')],
  options: {
    format: value('FORMAT', words.format),
    events: value('N', words.events),
    seed: value('N', words.seed),
    until: value('DATE', words.until),
    force: flag(words.force),
  },
  examples: [
    'sightglass sample --format smart-agents --events 5000 sample.db',
    'sightglass sample --seed 7 --until 2026-11-20 --force sample.db',
  ],
  calls: ['files.sample'],
  async run(context, given) {
    const { bridge, out, now, signal, explain, folder } = context
    const named = given.value('format') ?? formats[0]
    const format = formats.find((known) => known === named)
    if (format === undefined) return misused(cli.mistakes.oneOf('--format', formats))
    const events = wholeNumber(given.value('events') ?? '5000', 1, mostEvents)
    if (events === null) return misused(cli.mistakes.number('--events', 1, mostEvents))
    const seed = wholeNumber(given.value('seed') ?? '1', 0, mostSeed)
    if (seed === null) return misused(cli.mistakes.number('--seed', 0, mostSeed))
    const day = given.value('until')
    const until = day === null ? null : endOf(day)
    if (Number.isNaN(until)) return misused(cli.mistakes.date('--until'))

    const path = resolve(folder, given.needed('OUT'))
    const begun = now()
    const progress = showProgress(context)
    const wanted = { format, events, seed, until, out: path, overwrite: given.flag('force') }
    const made = await bridge.stream('files.sample', wanted, progress.show, signal)
    progress.end()
    if (!made.ok) return made
    explain(cli.verbose.saved(figures.duration(now() - begun)))
    out.write(`${clean(cli.sample.made(made.value.events, made.value.path))}\n`)
    return ok(0)
  },
})

/** The end of a UTC day; NaN where it is no day of the calendar. */
function endOf(day: string): number {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  const real = !Number.isNaN(start) && new Date(start).toISOString().startsWith(day) && start > 0
  return real ? start + 86_400_000 : NaN
}
