import { safeParse } from 'valibot'
import { PlanArgs, SeenHash } from '../../../shared/share.ts'
import type { SharePlan } from '../../../shared/share.ts'
import { ok } from '../../../shared/result.ts'
import { flag, misused, told, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context, Ending } from '../command.ts'
import { drawConsent, drawShared, drawStatus, readHash, writeSealed } from '../draw-share.ts'
import { showProgress } from '../progress.ts'
import { cli } from '../speech.ts'
import { cleanJson, painter } from '../terminal.ts'

const words = cli.share
const { day: Day, level: Level } = PlanArgs.entries

export const shareStatus = defineCommand({
  operands: [],
  options: { json: flag(words.commands.status.json) },
  examples: ['sightglass share status'],
  calls: ['share.status', 'share.destinations'],
  async run({ bridge, out, err }, given) {
    const status = await bridge.call('share.status', {})
    if (!status.ok) return status
    out.write(`${given.flag('json') ? cleanJson(status.value) : drawStatus(status.value)}\n`)
    // While it is off, nothing of sharing is loaded.
    const destinations = status.value.level === 'off' ? null : await bridge.call('share.destinations', {})
    if (destinations?.ok === true) writeSealed(destinations.value.sealed, err)
    return ok(0)
  },
})

const calls = ['share.status', 'share.plan', 'share.destinations', 'share.on'] as const

export const shareOn = defineCommand({
  operands: [],
  options: {
    level: value('LEVEL', words.commands.on.level),
    day: value('DAY', words.commands.on.day),
    [readHash]: value('HASH', words.commands.on.hash),
  },
  examples: ['sightglass share on', `sightglass share on --level detailed --${readHash} HASH`],
  calls,
  async run(context, given) {
    const { bridge, out, signal, ask } = context
    const day = safeParse(Day, given.value('day'))
    if (!day.success) return misused(cli.mistakes.date('--day'))
    const level = safeParse(Level.wrapped, given.value('level') ?? 'basic')
    if (!level.success) return misused(cli.mistakes.oneOf('--level', Level.wrapped.options))
    const hash = given.value(readHash)
    const seen = safeParse(SeenHash, hash)
    if (hash !== null) {
      if (!seen.success) return misused(cli.mistakes.oneOf(`--${readHash}`, ['HASH']))
      return switchOn(context, { level: level.output, day: day.output, seen: seen.output })
    }
    const progress = showProgress(context)
    const wanted = { path: null, day: day.output, level: level.output, to: null }
    const plan = await bridge.stream('share.plan', wanted, progress.show, signal)
    progress.end()
    if (!plan.ok) return plan
    const destinations = await bridge.call('share.destinations', {})
    if (!destinations.ok) return destinations
    out.write(drawConsent(plan.value, destinations.value.set, painter(out.colours)))
    return askFirst(context, plan.value, ask)
  },
})

/** A build server has a terminal now and then, and nobody who reads it. */
async function askFirst(context: Here, plan: SharePlan, ask: Here['ask']): Promise<Ending> {
  const status = await context.bridge.call('share.status', {})
  if (!status.ok) return status
  if (status.value.inCI) return told(words.inCI)
  const answer = await ask(words.ask)
  if (answer === null) return told(words.noAsk)
  if (answer.trim().toLowerCase() !== words.yes) {
    context.out.write(`${words.notOn}\n`)
    return ok(1)
  }
  return switchOn(context, { level: plan.level, day: plan.day, seen: plan.seen })
}

type Here = Context<(typeof calls)[number]>

async function switchOn(
  { bridge, out, signal }: Here,
  { level, day, seen }: Pick<SharePlan, 'level' | 'seen'> & { readonly day: string | null },
): Promise<Ending> {
  const shown = safeParse(Day, day)
  if (!shown.success) return misused(cli.mistakes.date('--day'))
  const on = await bridge.stream('share.on', { level, day: shown.output, seen }, () => {}, signal)
  if (!on.ok) return on
  out.write(`${drawStatus(on.value)}\n`)
  return ok(0)
}

export const shareOff = defineCommand({
  operands: [],
  options: {},
  examples: ['sightglass share off'],
  calls: ['share.off'],
  async run({ bridge, out }) {
    const shared = await bridge.call('share.off', {})
    if (!shared.ok) return shared
    const still = shared.value.filter(({ batches, confirmed }) => confirmed < batches)
    const offer = still.some(({ takeBack }) => takeBack === 'proof') ? [words.offerForget] : []
    const before = still.length === 0 ? [] : [words.hadShared, ...drawShared(still), ...offer]
    out.write(`${[words.turnedOff, ...before].join('\n')}\n`)
    return ok(0)
  },
})
