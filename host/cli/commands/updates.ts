import type { Updates } from '../../../shared/releases.ts'
import { ok } from '../../../shared/result.ts'
import { flag } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { cli, speech } from '../speech.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.commands.updates
const said = speech.words.window.settings.updates

export const updates = defineCommand({
  operands: [],
  options: { yes: flag(words.yes), json: flag(words.json) },
  examples: ['sightglass updates', 'sightglass updates --yes'],
  calls: ['app.info', 'updates.check'],
  async run({ bridge, out }, given) {
    const info = await bridge.call('app.info', {})
    if (!info.ok) return info
    const { releases: address, version: own } = info.value
    const [asJson, isWanted] = [given.flag('json'), given.flag('yes')]
    if (!asJson) out.write(`${clean(isWanted ? said.asks(address) : words.would(address))}\n`)
    const told = isWanted ? await bridge.call('updates.check', {}) : null
    if (told?.ok === false) return told
    if (asJson) out.write(`${cleanJson({ address, own, ...told?.value })}\n`)
    else out.write(`${told === null ? said.about : answerOf(told.value)}\n`)
    return ok(0)
  },
})

const answerOf = ({ own, newer }: Updates): string =>
  newer === null ? said.none(own) : `${said.newer(newer.version, own)} ${clean(newer.page)}`
