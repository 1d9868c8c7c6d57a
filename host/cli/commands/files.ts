import { resolve, sep } from 'node:path'
import type { FileEntry, FolderListing } from '../../../shared/bridge.ts'
import { ok } from '../../../shared/result.ts'
import { cli } from '../../../shared/words/en-cli.ts'
import { flag, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import * as figures from '../figures.ts'
import { clean, cleanJson, painter } from '../terminal.ts'
import type { Paint } from '../terminal.ts'

const words = cli.commands.files

export const files = defineCommand({
  name: 'files',
  summary: words.summary,
  operands: [],
  options: { in: value('FOLDER', words.in), forget: value('PATH', words.forget), json: flag(words.json) },
  examples: ['sightglass files', 'sightglass files --in ~/Downloads', 'sightglass files --forget old.db'],
  calls: ['files.discover', 'files.recent', 'files.forget', 'files.browse'],
  async run({ bridge, out, folder, zone }, given) {
    const print = (value: unknown, text: () => string) =>
      out.write(given.flag('json') ? `${cleanJson(value)}\n` : `${text()}\n`)
    const paint = painter(out.colours)

    const inside = given.value('in')
    if (inside !== null) {
      const listing = await bridge.call('files.browse', { path: resolve(folder, inside) + sep })
      if (!listing.ok) return listing
      print(listing.value, () => drawFolder(listing.value))
      return ok(0)
    }
    const unwanted = given.value('forget')
    if (unwanted !== null) {
      const left = await bridge.call('files.forget', { path: resolve(folder, unwanted) })
      if (!left.ok) return left
      print(left.value, () => drawFiles(cli.files.recent, left.value, zone, paint) || cli.files.noneRecent)
      return ok(0)
    }
    const found = await bridge.call('files.discover', {})
    if (!found.ok) return found
    const recent = await bridge.call('files.recent', {})
    if (!recent.ok) return recent
    print({ found: found.value, recent: recent.value }, () => {
      const parts = [
        drawFiles(cli.files.found, found.value, zone, paint),
        drawFiles(cli.files.recent, recent.value, zone, paint),
      ]
      return parts.filter((part) => part !== '').join('\n\n') || cli.files.none
    })
    return ok(0)
  },
})

/** The path has a line of its own and is never cut: it is there to be copied. */
function drawFiles(title: string, entries: readonly FileEntry[], zone: string, paint: Paint): string {
  if (entries.length === 0) return ''
  const lines = entries.flatMap(({ path, tool, size, modified, writing, missing }) => {
    const about = missing
      ? [cli.files.missing]
      : [
          figures.bytes(size),
          figures.moment(modified, zone, 'minute'),
          ...(writing ? [cli.files.writing] : []),
        ]
    const known = tool === null ? about : [clean(tool), ...about]
    return [`  ${clean(path)}`, paint('dim', `    ${known.join(' · ')}`)]
  })
  return [paint('bold', title), ...lines].join('\n')
}

function drawFolder({ entries, cut }: FolderListing): string {
  if (entries.length === 0) return cli.files.emptyFolder
  const names = entries.map(({ name, folder }) => clean(name) + (folder ? '/' : ''))
  return [...names, ...(cut ? [cli.files.cut(entries.length)] : [])].join('\n')
}
