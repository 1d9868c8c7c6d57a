import { resolve } from 'node:path'
import { safeParse } from 'valibot'
import { KeepDays } from '../../../shared/erase.ts'
import type { KeepEntry, Keeping } from '../../../shared/erase.ts'
import { ok } from '../../../shared/result.ts'
import { flag, misused, optional, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context, Ending } from '../command.ts'
import { drawPreview, drawRemains } from '../draw-erase.ts'
import * as figures from '../figures.ts'
import { showProgress } from '../progress.ts'
import { cli } from '../speech.ts'
import { clean, cleanJson, painter } from '../terminal.ts'

const words = cli.erase
const calls = ['keep.get', 'keep.preview', 'keep.set', 'keep.run'] as const
const mostDays = 36_500
type Here = Context<(typeof calls)[number]>

export const keep = defineCommand({
  operands: [optional('FILE')],
  options: {
    days: value('N', words.keep.days),
    yes: flag(words.keep.yes),
    off: flag(words.keep.off),
    now: flag(words.keep.now),
    log: flag(words.keep.log),
    json: flag(words.keep.json),
  },
  examples: [
    'sightglass keep',
    'sightglass keep telemetry.db --days 90',
    'sightglass keep telemetry.db --days 90 --yes',
    'sightglass keep telemetry.db --off',
  ],
  calls,
  async run(context, given) {
    const { bridge, folder } = context
    const file = given.operand('FILE')
    const path = file === null ? null : resolve(folder, file)
    const asJson = given.flag('json')
    const days = given.value('days')
    const acts = days !== null || given.flag('off') || given.flag('now')
    if (path === null && acts) return misused(cli.mistakes.missing('keep', 'FILE', 'sightglass keep FILE'))
    if (path !== null && days !== null) return choose(context, path, days, given.flag('yes'), asJson)
    if (path !== null && given.flag('now')) return runNow(context, path, asJson)
    const keeping =
      path !== null && given.flag('off')
        ? await bridge.call('keep.set', { path, rule: null })
        : await bridge.call('keep.get', {})
    return keeping.ok ? show(context, keeping.value, path, given.flag('log'), asJson) : keeping
  },
})

async function choose(
  context: Here,
  path: string,
  wanted: string,
  yes: boolean,
  asJson: boolean,
): Promise<Ending> {
  const { bridge, out, signal } = context
  const days = safeParse(KeepDays, Number(wanted))
  if (!days.success) return misused(cli.mistakes.number('--days', 1, mostDays))
  const progress = showProgress(context)
  const seen = await bridge.stream('keep.preview', { path, days: days.output }, progress.show, signal)
  progress.end()
  if (!seen.ok) return seen
  const { preview, consent } = seen.value
  const { token: _, ...shown } = preview
  if (!yes) {
    const drawn = drawPreview(shown, context.zone, painter(out.colours), words.ruleDry(days.output))
    const dry = preview.rows === 0 ? `${drawn}${words.ruleDry(days.output)}\n` : drawn
    out.write(asJson ? `${cleanJson({ ...shown, days: days.output, on: false })}\n` : dry)
    return ok(0)
  }
  const set = await bridge.call('keep.set', { path, rule: { days: days.output, consent } })
  if (!set.ok) return set
  out.write(asJson ? `${cleanJson(set.value)}\n` : `${words.ruleSet(clean(path), days.output)}\n`)
  return ok(0)
}

async function runNow({ bridge, out, signal, zone }: Here, path: string, asJson: boolean): Promise<Ending> {
  const entry = await bridge.stream('keep.run', { path }, () => {}, signal)
  if (!entry.ok) return entry
  out.write(asJson ? `${cleanJson(entry.value)}\n` : `${drawEntry(entry.value, zone)}\n`)
  return ok(entry.value.failed === null ? 0 : 1)
}

function show(
  { out, zone }: Here,
  { rules, log }: Keeping,
  path: string | null,
  ofLog: boolean,
  asJson: boolean,
): Ending {
  const mine = <T extends { readonly path: string }>(all: readonly T[]): T[] =>
    all.filter((one) => path === null || one.path === path)
  if (asJson) out.write(`${cleanJson({ rules: mine(rules), log: mine(log) })}\n`)
  else if (ofLog)
    out.write(
      `${
        mine(log)
          .map((entry) => drawEntry(entry, zone))
          .join('\n') || words.noLog
      }\n`,
    )
  else {
    const none = path === null ? words.noRules : words.noRule(clean(path))
    out.write(
      `${
        mine(rules)
          .map((rule) => words.rule(clean(rule.path), rule.days))
          .join('\n') || none
      }\n`,
    )
  }
  return ok(0)
}

function drawEntry({ at, path, rows, remains, failed }: KeepEntry, zone: string): string {
  const when = figures.moment(at, zone, 'minute')
  if (failed !== null) return words.didNot(when, clean(path), failed)
  return [words.didKeep(when, rows, clean(path)), ...(remains === null ? [] : [drawRemains(remains)])].join(
    '\n',
  )
}
