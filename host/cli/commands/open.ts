import { resolve } from 'node:path'
import { ok } from '../../../shared/result.ts'
import { cli } from '../speech.ts'
import { flag, optional, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { fileOfNamed } from '../file-of-tool.ts'

const words = cli.commands.open

export const open = defineCommand({
  operands: [optional('FILE')],
  options: {
    tool: value('TOOL', words.tool),
    port: value('N', words.port),
    'no-open': flag(words.noOpen),
    browser: flag(words.browser),
  },
  examples: [
    'sightglass open',
    'sightglass open telemetry.db',
    'sightglass open --tool smart-agents --browser',
  ],
  calls: ['files.discover'],
  async run({ bridge, folder, start, explain }, given) {
    const named = given.operand('FILE')
    const tool = given.value('tool')
    let path = named === null ? null : resolve(folder, named)
    if (tool !== null && path === null) {
      const found = await fileOfNamed(bridge, tool)
      if (!found.ok) return found
      path = found.value
    }
    const port = given.value('port')
    const args = [
      ...(path === null ? [] : [path]),
      ...(port === null ? [] : ['--port', port]),
      ...(given.flag('no-open') ? ['--no-open'] : []),
      ...(given.flag('browser') ? ['--browser'] : []),
    ]
    explain(cli.verbose.starting(['npm start --', ...args].join(' ')))
    return ok(await start(args))
  },
})
