import { resolve } from 'node:path'
import { safeParse } from 'valibot'
import { DestinationName, ShareArgs } from '../../../shared/share.ts'
import type { Looked, QueueItem, ShareFile } from '../../../shared/share.ts'
import type { DestinationState } from '../../../shared/share-destinations.ts'
import { ok } from '../../../shared/result.ts'
import { flag, misused, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context, Ending } from '../command.ts'
import { drawRequest, moment, sayTrouble, writeSealed } from '../draw-share.ts'
import { showProgress } from '../progress.ts'
import { cli } from '../speech.ts'
import { clean, cleanJson, painter } from '../terminal.ts'

const words = cli.share
const { from: Day } = ShareArgs.from.entries
const { batch: Batch } = ShareArgs.batch.entries

export const shareNow = defineCommand({
  operands: [],
  options: {
    to: value('NAME|none', words.commands.now.to),
    earlier: value('DAY', words.commands.now.earlier),
    json: flag(words.commands.now.json),
  },
  examples: ['sightglass share now', 'sightglass share now --to file'],
  calls: ['share.now', 'share.earlier', 'share.destinations'],
  async run(context, given) {
    const { bridge, out, err, signal } = context
    const named = given.value('to')
    if (named === 'none') return ok(0)
    const to = named === null ? null : safeParse(DestinationName, named)
    if (to?.success === false) return misused(cli.mistakes.oneOf('--to', ['NAME', 'none']))
    const earlier = given.value('earlier')
    const from = earlier === null ? null : safeParse(Day, earlier)
    if (from?.success === false) return misused(cli.mistakes.date('--earlier'))
    const progress = showProgress(context)
    const asked =
      from === null
        ? ok(null)
        : await bridge.stream('share.earlier', { from: from.output }, progress.show, signal)
    const looked = asked.ok
      ? await bridge.stream('share.now', { to: to?.output ?? null }, progress.show, signal)
      : asked
    progress.end()
    if (!asked.ok) return asked
    if (!looked.ok) return looked
    const made = (asked.value?.made ?? 0) + looked.value.made
    const all = { ...looked.value, made }
    const destinations = await bridge.call('share.destinations', {})
    if (!destinations.ok) return destinations
    const { set, sealed } = destinations.value
    out.write(`${given.flag('json') ? cleanJson(all) : drawLooked(all, set)}\n`)
    if (to === null) writeSealed(sealed, err)
    return ok(0)
  },
})

function drawLooked(
  { made, delivered, waiting, next, elsewhere }: Looked,
  set: readonly DestinationState[],
): string {
  if (elsewhere) return words.elsewhere
  const troubles = set.flatMap(({ name, state, lastError }) =>
    lastError === null ? [] : [`  ${name}: ${words.states[state]} (${sayTrouble(lastError)})`],
  )
  return [
    words.looked(made, delivered, waiting),
    ...(made + delivered + waiting + troubles.length === 0 ? [words.lookedNothing] : []),
    ...troubles,
    ...(next === null ? [] : [words.nextLook(moment(next))]),
  ].join('\n')
}

export const shareQueue = defineCommand({
  operands: [],
  options: {
    show: value('ID', words.commands.queue.show),
    drop: value('ID', words.commands.queue.drop),
    json: flag(words.commands.queue.json),
  },
  examples: ['sightglass share queue', 'sightglass share queue --drop ID'],
  calls: ['share.queue', 'share.item', 'share.drop'],
  async run(context, given) {
    const { bridge, out } = context
    const [show, drop] = [given.value('show'), given.value('drop')]
    if (show !== null) return showItem(context, show, given.flag('json'))
    const batch = drop === null ? null : safeParse(Batch, drop)
    if (batch?.success === false) return misused(words.wholeId('--drop'))
    const queue =
      batch === null
        ? await bridge.call('share.queue', {})
        : await bridge.call('share.drop', { batch: batch.output })
    if (!queue.ok) return queue
    const drawn = queue.value.length === 0 ? words.queueEmpty : queue.value.flatMap(drawItem).join('\n')
    out.write(`${given.flag('json') ? cleanJson(queue.value) : drawn}\n`)
    return ok(0)
  },
})

async function showItem(
  { bridge, out }: Context<'share.item'>,
  id: string,
  asJson: boolean,
): Promise<Ending> {
  const batch = safeParse(Batch, id)
  if (!batch.success) return misused(words.wholeId('--show'))
  const requests = await bridge.call('share.item', { batch: batch.output })
  if (!requests.ok) return requests
  const paint = painter(out.colours)
  const drawn = requests.value.flatMap((request) => drawRequest(request, paint)).join('\n')
  out.write(`${asJson ? cleanJson(requests.value) : drawn}\n`)
  return ok(0)
}

function drawItem({ batch, about, to, due, bytes, held, state, lastError }: QueueItem): string[] {
  const notes = [
    ...(held ? [words.held] : []),
    ...(state === 'waiting' ? [] : [words.queueStates[state]]),
    ...(lastError === null ? [] : [sayTrouble(lastError)]),
  ]
  const line = words.queued(batch, about.join(', '), to, words.size(bytes))
  const when = state === 'waiting' ? `, ${words.queuedDue(moment(due))}` : ''
  return [`${line}${when}`, ...notes.map((note) => `  ${note}`)]
}

export const shareFiles = defineCommand({
  operands: [],
  options: {
    tick: value('PATH', words.commands.files.tick),
    untick: value('PATH', words.commands.files.untick),
    json: flag(words.commands.files.json),
  },
  examples: ['sightglass share files', 'sightglass share files --tick telemetry.db'],
  calls: ['share.files', 'share.tick'],
  async run(context, given) {
    const { bridge, out, folder, signal } = context
    const [tick, untick] = [given.value('tick'), given.value('untick')]
    if (tick !== null && untick !== null) return misused(cli.mistakes.together('--tick', '--untick'))
    const file = tick ?? untick
    const progress = showProgress(context)
    const listed =
      file === null
        ? await bridge.call('share.files', {})
        : await bridge.stream(
            'share.tick',
            { path: resolve(folder, file), ticked: tick !== null },
            progress.show,
            signal,
          )
    progress.end()
    if (!listed.ok) return listed
    out.write(`${given.flag('json') ? cleanJson(listed.value) : drawFiles(listed.value)}\n`)
    return ok(0)
  },
})

function drawFiles(files: readonly ShareFile[]): string {
  const line = ({ path, tool, missing }: ShareFile): string =>
    `  ${[clean(path), ...(tool === null ? [] : [tool]), ...(missing ? [words.missing] : [])].join('  ')}`
  const [ticked, others] = [files.filter((file) => file.ticked), files.filter((file) => !file.ticked)]
  return [
    ...(ticked.length === 0 ? [words.noFiles] : [words.ticked, ...ticked.map(line)]),
    ...(others.length === 0 ? [] : [words.notTicked, ...others.map(line)]),
  ].join('\n')
}

export const shareNewId = defineCommand({
  operands: [],
  options: {},
  examples: ['sightglass share new-id'],
  calls: ['share.newId'],
  async run({ bridge, out }) {
    const status = await bridge.call('share.newId', {})
    if (!status.ok) return status
    out.write(`${words.newId(moment(status.value.id?.replacedOn ?? ''))}\n`)
    return ok(0)
  },
})
