import { resolve } from 'node:path'
import type { FollowItem, SentEvent } from '../../../shared/bridge.ts'
import { fail, ok } from '../../../shared/result.ts'
import { outcome } from '../../../shared/viewer/events.ts'
import { cli } from '../speech.ts'
import { flag, needed } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import * as figures from '../figures.ts'
import { clean, cleanJson, painter } from '../terminal.ts'
import type { Paint } from '../terminal.ts'

const words = cli.commands.follow

export const follow = defineCommand({
  operands: [needed('FILE')],
  options: { json: flag(words.json) },
  examples: ['sightglass follow ~/.smart-agents/telemetry/telemetry.db'],
  calls: ['files.follow'],
  async run({ bridge, out, err, folder, zone, signal }, given) {
    const path = resolve(folder, given.needed('FILE'))
    const paint = painter(out.colours)
    const state: { last: FollowItem | null } = { last: null }
    const hear = (item: FollowItem): void => {
      state.last = item
      if (item.type !== 'added') return
      // They come newest first, as they are read; a terminal shows the newest last.
      for (const event of item.events.toReversed())
        out.write(given.flag('json') ? `${cleanLine(event)}\n` : `${draw(event, zone, paint)}\n`)
    }
    if (err.isTerminal) err.write(`${cli.follow.waiting}\n`)
    const ended = await bridge.stream('files.follow', { path, after: null }, hear, signal)
    const { last } = state
    if (signal.aborted) return ok(0)
    if (last?.type === 'unreadable') return fail(last.error)
    if (last?.type === 'gone') return fail({ kind: 'file-missing', path })
    if (last?.type === 'changed') return fail({ kind: 'file-changed', path })
    return ended.ok ? ok(0) : ended
  },
})

const cleanLine = (event: SentEvent): string =>
  cleanJson({ ...event, time: event.time === null ? null : new Date(event.time).toISOString() }).replace(
    /\n\s*/g,
    ' ',
  )

function draw(
  { time, kind, outcome: how, duration, dimensions }: SentEvent,
  zone: string,
  paint: Paint,
): string {
  const parts = [
    time === null ? cli.report.noTime : figures.moment(time, zone, 'second'),
    clean(kind),
    ...dimensions.filter((value) => value !== null).map(clean),
    ...(duration === null ? [] : [figures.duration(duration)]),
  ]
  const line = parts.join('  ')
  return how === outcome.failed ? paint('failure', `${line}  ${cli.report.failed}`) : line
}
