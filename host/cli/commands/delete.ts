import { resolve } from 'node:path'
import type { EraseItem, EraseToken } from '../../../shared/erase.ts'
import { ok } from '../../../shared/result.ts'
import { sharedIn } from '../../../shared/share-days.ts'
import type { Reach } from '../../../shared/share-days.ts'
import { isZone } from '../../../shared/settings.ts'
import { wordsOf } from '../../../shared/viewer/asks.ts'
import type { Which } from '../../../shared/viewer/which.ts'
import { createZone } from '../../../shared/viewer/zone.ts'
import { flag, misused, optional, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context, Ending } from '../command.ts'
import { drawErased, drawPreview } from '../draw-erase.ts'
import { fileOfNamed } from '../file-of-tool.ts'
import { filterOptions, readFilter } from '../filter-options.ts'
import { showProgress } from '../progress.ts'
import { cli } from '../speech.ts'
import { cleanJson, painter } from '../terminal.ts'

const words = cli.erase

export const remove = defineCommand({
  operands: [optional('FILE')],
  options: {
    yes: flag(words.command.yes),
    tool: value('TOOL', words.command.tool),
    search: value('WORDS', words.command.search),
    zone: value('ZONE', words.command.zone),
    json: flag(words.command.json),
    ...filterOptions,
  },
  examples: [
    'sightglass delete telemetry.db --until 90d',
    'sightglass delete telemetry.db --where agent=planner --failed --yes',
  ],
  calls: ['erase.preview', 'erase.run', 'settings.get', 'files.discover', 'share.sent'],
  async run(context, given) {
    const { bridge, folder, now, signal, out } = context
    const [file, tool, wanted] = [given.operand('FILE'), given.value('tool'), given.value('zone')]
    if (file === null && tool === null) return misused(cli.mistakes.missing('delete', 'FILE', usage))
    if (file !== null && tool !== null) return misused(cli.mistakes.together('FILE', '--tool'))
    if (wanted !== null && !isZone(wanted)) return misused(cli.mistakes.zone(wanted))
    const settings = await bridge.call('settings.get', {})
    if (!settings.ok) return settings
    const zone = wanted ?? settings.value.timeZone ?? context.zone
    const filter = readFilter(given, createZone(zone), now())
    if (!filter.ok) return filter
    const found = tool === null ? ok(resolve(folder, file ?? '')) : await fileOfNamed(bridge, tool)
    if (!found.ok) return found
    const which: Which = {
      of: 'matching',
      filter: filter.value,
      zone,
      words: wordsOf(given.value('search') ?? ''),
    }
    const progress = showProgress(context)
    const seen = await bridge.stream(
      'erase.preview',
      { path: found.value, which, zone },
      progress.show,
      signal,
    )
    progress.end()
    if (!seen.ok) return seen
    const { token, ...preview } = seen.value
    if (token !== null && given.flag('yes')) {
      const done = await carryOut(context, token, given.flag('json'))
      if (done.ok) await offerTakingBack(context, preview)
      return done
    }
    out.write(
      given.flag('json')
        ? `${cleanJson({ ...preview, deleted: false })}\n`
        : drawPreview(preview, zone, painter(out.colours)),
    )
    return ok(0)
  },
})

const usage = 'sightglass delete FILE'

type Here = Context<'erase.run'>

/** Deleting here doesn't reach what was shared of these days. */
async function offerTakingBack({ bridge, err }: Context<'share.sent'>, reach: Reach): Promise<void> {
  const shared = await bridge.call('share.sent', {})
  const days = shared.ok ? sharedIn(shared.value, reach) : null
  if (days !== null) err.write(`${words.wereShared(days.from, days.until)}\n`)
}

/** What was said yes to is done at once: nobody waits at a terminal to take it back. */
async function carryOut(
  { bridge, out, explain, signal }: Here,
  token: EraseToken,
  asJson: boolean,
): Promise<Ending> {
  const hear = (item: EraseItem): void => {
    if (item.type === 'step') explain(words.steps[item.step])
  }
  const done = await bridge.stream('erase.run', { token, now: true }, hear, signal)
  if (!done.ok) return done
  out.write(asJson ? `${cleanJson({ ...done.value, deleted: true })}\n` : drawErased(done.value))
  return ok(done.value.proof.found > 0 ? 1 : 0)
}
