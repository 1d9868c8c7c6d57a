import { resolve } from 'node:path'
import { ok } from '../../../shared/result.ts'
import { flag, needed } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { showProgress } from '../progress.ts'
import { cli } from '../speech.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.commands.import

export const importRows = defineCommand({
  operands: [needed('FILE'), needed('OUT')],
  options: { force: flag(words.force), json: flag(words.json) },
  examples: ['sightglass import telemetry.db.json.gz telemetry-again.db'],
  calls: ['files.import'],
  async run(context, given) {
    const { bridge, out, signal, folder } = context
    const path = resolve(folder, given.needed('FILE'))
    const target = resolve(folder, given.needed('OUT'))
    const progress = showProgress(context)
    const overwrite = given.flag('force')
    const made = await bridge.stream('files.import', { path, out: target, overwrite }, progress.show, signal)
    progress.end()
    if (!made.ok) return made
    const { tables } = made.value
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const each = tables.map((table) => clean(cli.export.table(table.rows, table.name)))
    out.write(
      given.flag('json')
        ? `${cleanJson(made.value)}\n`
        : `${[clean(cli.import.made(rows, made.value.path)), ...each].join('\n')}\n`,
    )
    return ok(0)
  },
})
