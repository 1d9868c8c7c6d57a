import { resolve, sep } from 'node:path'
import type { FileAbout, FileEntry, FolderListing } from '../../../shared/bridge.ts'
import { ok } from '../../../shared/result.ts'
import { cli } from '../speech.ts'
import { flag, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import * as figures from '../figures.ts'
import { clean, cleanJson, painter } from '../terminal.ts'
import type { Paint } from '../terminal.ts'

const words = cli.commands.files

export const files = defineCommand({
  operands: [],
  options: { in: value('FOLDER', words.in), forget: value('PATH', words.forget), json: flag(words.json) },
  examples: ['sightglass files', 'sightglass files --in ~/Downloads', 'sightglass files --forget old.db'],
  calls: ['files.discover', 'files.recent', 'files.forget', 'files.browse', 'files.about'],
  async run({ bridge, out, folder, zone, signal }, given) {
    const print = (value: unknown, text: () => string) =>
      out.write(given.flag('json') ? `${cleanJson(value)}\n` : `${text()}\n`)
    const draw = { zone, paint: painter(out.colours) }

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
      print(left.value, () => drawFiles(cli.files.recent, left.value, draw) || cli.files.noneRecent)
      return ok(0)
    }
    const found = await bridge.call('files.discover', {})
    if (!found.ok) return found
    const recent = await bridge.call('files.recent', {})
    if (!recent.ok) return recent
    const look = async (entries: readonly FileEntry[]): Promise<Listed[]> => {
      const listed: Listed[] = []
      for (const entry of entries) {
        const about = entry.missing
          ? null
          : await bridge.stream('files.about', { path: entry.path }, () => {}, signal)
        listed.push({ ...entry, about: about?.ok ? about.value : null })
      }
      return listed
    }
    const all = { found: await look(found.value), recent: await look(recent.value) }
    print(all, () => {
      const parts = [
        drawFiles(cli.files.found, all.found, draw),
        drawFiles(cli.files.recent, all.recent, draw),
      ]
      return parts.filter((part) => part !== '').join('\n\n') || cli.files.none
    })
    return ok(0)
  },
})

type Listed = FileEntry & { readonly about?: FileAbout | null }

/** The path has a line of its own and is never cut: it is there to be copied. */
function drawFiles(
  title: string,
  entries: readonly Listed[],
  { zone, paint }: { readonly zone: string; readonly paint: Paint },
): string {
  if (entries.length === 0) return ''
  const lines = entries.flatMap((entry) => {
    const { path, tool, size, modified, writing, missing, about = null } = entry
    const kinds = [...new Set([tool, about?.title ?? null])].filter((kind) => kind !== null)
    const known = [
      ...kinds.map(clean),
      ...(missing
        ? [cli.files.missing]
        : [
            ...spanOf(about, zone),
            figures.bytes(size),
            cli.files.changed(figures.moment(modified, zone, 'minute')),
            ...(writing ? [cli.files.writing] : []),
          ]),
    ]
    return [`  ${clean(path)}`, paint('dim', `    ${known.join(' · ')}`)]
  })
  return [paint('bold', title), ...lines].join('\n')
}

function spanOf(about: FileAbout | null, zone: string): string[] {
  if (about === null || about.first === null || about.last === null) return []
  const days = [about.first, about.last].map((time) => figures.moment(time, zone, 'day'))
  return [[...new Set(days)].join(' – ')]
}

function drawFolder({ entries, cut }: FolderListing): string {
  if (entries.length === 0) return cli.files.emptyFolder
  const names = entries.map(({ name, folder }) => clean(name) + (folder ? '/' : ''))
  return [...names, ...(cut ? [cli.files.cut(entries.length)] : [])].join('\n')
}
