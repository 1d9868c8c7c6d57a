import { safeParse } from 'valibot'
import { DestinationName, ShareArgs } from '../../../shared/share.ts'
import type { ForgetWhich, Shared } from '../../../shared/share.ts'
import { ok } from '../../../shared/result.ts'
import type { Result } from '../../../shared/result.ts'
import { flag, misused, told, value } from '../arguments.ts'
import type { Told } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { drawShared } from '../draw-share.ts'
import { cli } from '../speech.ts'
import { cleanJson } from '../terminal.ts'

const words = cli.share
const { batch: Batch } = ShareArgs.batch.entries
const { from: ReportDay } = ShareArgs.from.entries

export const shareForget = defineCommand({
  operands: [],
  options: {
    to: value('NAME', words.commands.forget.to),
    batch: value('ID', words.commands.forget.batch),
    from: value('DAY', words.commands.forget.from),
    until: value('DAY', words.commands.forget.until),
    yes: flag(words.commands.forget.yes),
    json: flag(words.commands.forget.json),
  },
  examples: ['sightglass share forget', 'sightglass share forget --to community --yes'],
  calls: ['share.sent', 'share.forget'],
  async run({ bridge, out }, given) {
    const named = given.value('to')
    const to = named === null ? null : safeParse(DestinationName, named)
    if (to?.success === false) return misused(cli.mistakes.oneOf('--to', ['NAME']))
    const name = to?.output ?? null
    const which = readWhich(given.value('batch'), given.value('from'), given.value('until'))
    if (!which.ok) return which
    const all = await bridge.call('share.sent', {})
    if (!all.ok) return all
    const choose = (shared: readonly Shared[]): Shared[] =>
      shared.filter((one) => name === null || one.to === name).flatMap((one) => among(one, which.value.which))
    if (all.value.length > 0 && choose(all.value).length === 0) return told(words.nothingChosen)
    const shared = given.flag('yes') ? await bridge.call('share.forget', { to: name, ...which.value }) : all
    if (!shared.ok) return shared
    const chosen = choose(shared.value)
    const mayAsk = chosen.some(({ takeBack, sent }) => takeBack === 'proof' && sent.some(isThere))
    const note = given.flag('yes') || !mayAsk ? [] : [words.wouldAsk]
    const drawn = chosen.length === 0 ? [words.nothingShared] : [...drawShared(chosen), ...note]
    out.write(`${given.flag('json') ? cleanJson(chosen) : drawn.join('\n')}\n`)
    return ok(0)
  },
})

type SentReport = Shared['sent'][number]
const isThere = ({ deletion }: SentReport): boolean => deletion !== 'confirmed'

/** What of it was chosen, told as if it were all; nothing where there is none. */
function among(shared: Shared, which: ForgetWhich | undefined): readonly Shared[] {
  if (which === undefined) return [shared]
  const sent = shared.sent.filter((report) => isAmong(report, which))
  const days = sent.flatMap(daysOf).sort()
  const confirmed = sent.filter((report) => !isThere(report)).length
  const pending = sent.filter(({ deletion }) => deletion === 'asked' || deletion === 'refused').length
  const [firstDay, lastDay] = [days[0], days.at(-1)]
  if (firstDay === undefined || lastDay === undefined) return []
  return [{ ...shared, ...{ sent, batches: sent.length, firstDay, lastDay, pending, confirmed } }]
}

/** Of "smart-agents 2026-11-20". */
const daysOf = ({ about }: SentReport): string[] => about.map((one) => one.slice(one.lastIndexOf(' ') + 1))

const isAmong = (report: SentReport, which: ForgetWhich): boolean =>
  'batches' in which
    ? which.batches.includes(report.batch)
    : daysOf(report).some((day) => day >= which.from && day <= which.until)

/** A span that has one end only has no other. */
function readWhich(
  id: string | null,
  from: string | null,
  until: string | null,
): Result<{ readonly which?: ForgetWhich }, Told> {
  if (id !== null && (from ?? until) !== null) return misused(cli.mistakes.together('--batch', '--from'))
  if (id !== null) {
    const batch = safeParse(Batch, id)
    return batch.success ? ok({ which: { batches: [batch.output] } }) : misused(words.wholeId('--batch'))
  }
  if (from === null && until === null) return ok({})
  const first = safeParse(ReportDay, from ?? '0001-01-01')
  const last = safeParse(ReportDay, until ?? '9999-12-31')
  if (!first.success) return misused(cli.mistakes.date('--from'))
  if (!last.success) return misused(cli.mistakes.date('--until'))
  return ok({ which: { from: first.output, until: last.output } })
}
