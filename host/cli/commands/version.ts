import { ok } from '../../../shared/result.ts'
import { cli } from '../speech.ts'
import { flag } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.commands.version

export const version = defineCommand({
  operands: [],
  options: { json: flag(words.json) },
  examples: ['sightglass --version'],
  calls: ['app.info'],
  async run({ bridge, out }, given) {
    const info = await bridge.call('app.info', {})
    if (!info.ok) return info
    const { name, version: number } = info.value
    out.write(given.flag('json') ? `${cleanJson(info.value)}\n` : `${clean(`${name} ${number}`)}\n`)
    return ok(0)
  },
})
