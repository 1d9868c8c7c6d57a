import { basename, resolve } from 'node:path'
import type { ExportMade, OutPlace } from '../../../shared/bridge.ts'
import { fileName } from '../../../shared/file-name.ts'
import type { AppError, Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { isZone } from '../../../shared/settings.ts'
import { wordsOf } from '../../../shared/viewer/asks.ts'
import { everything } from '../../../shared/viewer/filter.ts'
import { createZone } from '../../../shared/viewer/zone.ts'
import type { Which } from '../../../shared/viewer/which.ts'
import { ExportWish } from '../../../shared/export.ts'
import { flag, misused, optional, value } from '../arguments.ts'
import type { Told } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { BridgeWith } from '../command.ts'
import * as figures from '../figures.ts'
import { fileOfNamed } from '../file-of-tool.ts'
import { filterOptions, readFilter } from '../filter-options.ts'
import { showProgress } from '../progress.ts'
import { cli } from '../speech.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.commands.export
const { options: ways } = ExportWish.entries.as
type As = ExportWish['as']

/** What a file's name ends in, and the format that is meant by it. */
const endings: Readonly<Record<string, As>> = {
  csv: 'csv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  db: 'sqlite',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
}

export const exportRows = defineCommand({
  operands: [optional('FILE'), optional('OUT')],
  options: {
    as: value('FORMAT', words.as),
    gzip: flag(words.gzip),
    exact: flag(words.exact),
    table: value('TABLE', words.table),
    search: value('WORDS', words.search),
    ...filterOptions,
    zone: value('ZONE', words.zone),
    tool: value('TOOL', words.tool),
    force: flag(words.force),
    json: flag(words.json),
  },
  examples: [
    'sightglass export telemetry.db events.csv',
    'sightglass export telemetry.db failures.jsonl.gz --since 30d --failed',
    'sightglass export --tool smart-agents --as json',
  ],
  calls: ['files.export', 'files.exportFolder', 'files.discover', 'settings.get'],
  async run(context, given) {
    const { bridge, out, now, signal, folder, explain } = context
    const named = given.operand('FILE')
    const path = named === null ? await fileOf(bridge, given.value('tool')) : ok(resolve(folder, named))
    if (!path.ok) return path
    const target = given.operand('OUT')
    const as = chooseFormat(given.value('as'), target)
    if (!as.ok) return as
    const gzip = given.flag('gzip') || /\.gz$/i.test(target ?? '')

    const settings = await bridge.call('settings.get', {})
    if (!settings.ok) return settings
    const wanted = given.value('zone')
    if (wanted !== null && !isZone(wanted)) return misused(cli.mistakes.zone(wanted))
    const zone = wanted ?? settings.value.timeZone ?? context.zone
    const filter = readFilter(given, createZone(zone), now())
    if (!filter.ok) return filter
    const search = wordsOf(given.value('search') ?? '')
    const table = given.value('table')
    const isAll = search.length === 0 && JSON.stringify(filter.value) === JSON.stringify(everything)
    if (table !== null && !isAll) return misused(cli.mistakes.tableAlone)
    if (table !== null && as.value === 'sqlite')
      return misused(cli.mistakes.together('--table', '--as sqlite'))
    const which: Which = isAll ? { of: 'all' } : { of: 'matching', filter: filter.value, zone, words: search }

    explain(cli.verbose.opening(path.value))
    const wish: ExportWish = { which, as: as.value, formulas: given.flag('exact') ? 'exact' : 'safe', table }
    const usual = await bridge.call('files.exportFolder', {})
    if (!usual.ok) return usual
    const place: OutPlace =
      target === null ? { ...usual.value, name: nameOf(path.value, as.value, gzip) } : resolve(folder, target)
    const begun = now()
    const progress = showProgress(context)
    const made = await bridge.stream(
      'files.export',
      { path: path.value, wish, gzip, out: place, overwrite: given.flag('force') },
      progress.show,
      signal,
    )
    progress.end()
    if (!made.ok) return made
    explain(cli.verbose.saved(figures.duration(now() - begun)))
    out.write(given.flag('json') ? `${cleanJson(made.value)}\n` : tell(made.value))
    return ok(0)
  },
})

async function fileOf(
  bridge: BridgeWith<'files.discover'>,
  tool: string | null,
): Promise<Result<string, AppError | Told>> {
  if (tool === null) return misused(cli.mistakes.missing('export', 'FILE', 'sightglass export FILE [OUT]'))
  return fileOfNamed(bridge, tool)
}

function chooseFormat(said: string | null, target: string | null): Result<As, Told> {
  const ending = /\.([^.]+)$/.exec((target ?? 'x.json').toLowerCase().replace(/\.gz$/, ''))?.[1] ?? ''
  const as = said === null ? endings[ending] : ways.find((way) => way === said)
  if (as !== undefined) return ok(as)
  const { oneOf, ending: unknown } = cli.mistakes
  return misused(said === null ? unknown(target ?? '', '--as', ways) : oneOf('--as', ways))
}

const nameOf = (path: string, as: As, gzip: boolean): string =>
  fileName(basename(path), `${as === 'sqlite' ? 'export.db' : as}${gzip ? '.gz' : ''}`)

function tell({ path, bytes, tables, leftOut }: ExportMade): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const written = tables.filter((table) => table.rows > 0)
  const each =
    written.length < 2 ? [] : written.map((table) => clean(cli.export.table(table.rows, table.name)))
  const missing = leftOut.length === 0 ? [] : [clean(cli.export.leftOut(leftOut.join(', ')))]
  return `${[clean(cli.export.made(rows, figures.bytes(bytes), path)), ...each, ...missing].join('\n')}\n`
}
