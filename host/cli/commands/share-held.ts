import { safeParse } from 'valibot'
import { DestinationName } from '../../../shared/share.ts'
import type { Held } from '../../../shared/share-held.ts'
import { ok } from '../../../shared/result.ts'
import type { Result } from '../../../shared/result.ts'
import { heldLines } from '../../../shared/words/held-lines.ts'
import { flag, misused, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../command.ts'
import { moment } from '../draw-share.ts'
import * as figures from '../figures.ts'
import { cli } from '../speech.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.share

export const shareHeld = defineCommand({
  operands: [],
  options: {
    to: value('NAME', words.commands.held.to),
    yes: flag(words.commands.held.yes),
    json: flag(words.commands.held.json),
  },
  examples: ['sightglass share held', 'sightglass share held --yes'],
  calls: ['share.held'],
  async run({ bridge, out }, given) {
    const named = given.value('to')
    const to = named === null ? null : safeParse(DestinationName, named)
    if (to?.success === false) return misused(cli.mistakes.oneOf('--to', ['NAME']))
    const known = await bridge.call('share.held', { address: null })
    if (!known.ok) return known
    const holders = known.value.filter((one) => to === null || one.to === to.output)
    const asked = given.flag('yes') ? await askEach(bridge, holders) : ok(holders)
    if (!asked.ok) return asked
    const lines = asked.value.flatMap(drawHeld)
    const note = given.flag('yes') || holders.length === 0 ? [] : [words.test.how]
    const drawn = lines.length === 0 ? [words.nobodyHolds] : [...lines, ...note]
    out.write(`${given.flag('json') ? cleanJson(asked.value) : drawn.join('\n')}\n`)
    return ok(asked.value.some((one) => linesOf(one).failed.length > 0) ? 1 : 0)
  },
})

async function askEach(
  bridge: Context<'share.held'>['bridge'],
  holders: readonly Held[],
): Promise<Result<readonly Held[]>> {
  const all: Held[] = []
  for (const { address } of holders) {
    const asked = await bridge.call('share.held', { address })
    if (!asked.ok) return asked
    all.push(...asked.value)
  }
  return ok(all)
}

const linesOf = ({ compared }: Held) =>
  heldLines(compared?.reports ?? [], words.stillThere, figures.count, (about) => about.join(', '))

function drawHeld(held: Held): string[] {
  const { to, address, batches, compared } = held
  if (compared === null)
    return [`${to}  ${clean(words.stillThere.will(address, { of: batches, text: figures.count(batches) }))}`]
  const { said, failed } = linesOf(held)
  return [
    `${to}  ${clean(address)}`,
    words.stillThere.asked(moment(compared.at)),
    ...[...said, ...failed].map((line) => `  ${clean(line)}`),
  ]
}
