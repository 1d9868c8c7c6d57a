import { resolve } from 'node:path'
import { safeParse } from 'valibot'
import type { Trends } from '../../../shared/community/trends.ts'
import type { OwnValues } from '../../../shared/community/band.ts'
import { Day } from '../../../shared/ids.ts'
import { ok } from '../../../shared/result.ts'
import type { Result } from '../../../shared/result.ts'
import { flag, misused, needed, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../command.ts'
import { showProgress } from '../progress.ts'
import { cli } from '../speech.ts'
import { cleanJson, painter } from '../terminal.ts'

const words = cli.trends
const calls = ['community.trends', 'community.own'] as const

export const trends = defineCommand({
  operands: [needed('FILE|ADDRESS')],
  options: {
    with: value('FILE', words.with),
    week: value('WEEK', words.week),
    json: flag(words.json),
  },
  examples: [
    'sightglass trends https://sharing.example.org',
    'sightglass trends trends.json --with ~/.smart-agents/telemetry/telemetry.db',
  ],
  calls,
  async run(context, given) {
    const { bridge, folder, out, now } = context
    // What is shared is known there, which nobody loads who doesn't ask for it.
    const { trendsAddress } = await import('../../../shared/community/trends.ts')
    const { drawTrends } = await import('../draw-trends.ts')
    const where = given.needed('FILE|ADDRESS')
    const isAddress = /^https?:\/\//.test(where)
    const source = isAddress ? trendsAddress(where) : resolve(folder, where)
    const read = await bridge.call('community.trends', {
      from: isAddress ? { address: source } : { path: source },
    })
    if (!read.ok) return read
    const named = given.value('week')
    const weeks = read.value.weeks.map(({ name }) => name)
    if (named !== null && !weeks.includes(named)) return misused(cli.mistakes.oneOf('--week', weeks))
    const own = await ownOf(context, given.value('with'), read.value)
    if (!own.ok) return own
    const paint = painter(out.colours)
    out.write(
      given.flag('json')
        ? `${cleanJson({ source, trends: read.value, own: own.value })}\n`
        : drawTrends(
            { trends: read.value, own: own.value, source, week: named ?? weeks[0] ?? null, now: now() },
            out.width,
            paint,
          ),
    )
    return ok(0)
  },
})

async function ownOf(
  context: Context<(typeof calls)[number]>,
  file: string | null,
  { weeks }: Trends,
): Promise<Result<OwnValues | null>> {
  if (file === null) return ok(null)
  const progress = showProgress(context)
  const wanted = weeks.flatMap(({ name, from, to }) => {
    const days = [safeParse(Day, from), safeParse(Day, to)] as const
    return days[0].success && days[1].success ? [{ name, from: days[0].output, to: days[1].output }] : []
  })
  const own = await context.bridge.stream(
    'community.own',
    { path: resolve(context.folder, file), weeks: wanted },
    progress.show,
    context.signal,
  )
  progress.end()
  return own
}
