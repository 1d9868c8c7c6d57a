// All commands, in the order of the help. To add one: a file in commands/, and a line here. The help lists them by what
// stands here; a command's file, with all that it is made of, is loaded when the command is asked for.
import type { Defined, Listed } from './command.ts'
import { cli } from './speech.ts'

const { commands: words, erase, trends } = cli
const { commands: share } = cli.share

const listed = (
  name: string,
  { summary }: { readonly summary: string },
  load: () => Promise<Defined>,
): Listed => ({
  name,
  summary,
  load: async () => (await load())({ name, summary }),
})

export const commands: readonly Listed[] = [
  listed('open', words.open, async () => (await import('./commands/open.ts')).open),
  listed('report', words.report, async () => (await import('./commands/report.ts')).report),
  listed('records', words.records, async () => (await import('./commands/records.ts')).records),
  listed('export', words.export, async () => (await import('./commands/export.ts')).exportRows),
  listed('import', words.import, async () => (await import('./commands/import.ts')).importRows),
  listed('follow', words.follow, async () => (await import('./commands/follow.ts')).follow),
  listed('delete', erase.command, async () => (await import('./commands/delete.ts')).remove),
  listed(
    'verify-erased',
    erase.verify,
    async () => (await import('./commands/verify-erased.ts')).verifyErased,
  ),
  listed('keep', erase.keep, async () => (await import('./commands/keep.ts')).keep),
  listed('recognise', words.recognise, async () => (await import('./commands/recognise.ts')).recognise),
  listed('files', words.files, async () => (await import('./commands/files.ts')).files),
  listed('snapshot', words.snapshot, async () => (await import('./commands/snapshot.ts')).snapshot),
  listed('sample', words.sample, async () => (await import('./commands/sample.ts')).sample),
  listed('settings', words.settings, async () => (await import('./commands/settings.ts')).settings),
  listed('share status', share.status, async () => (await import('./commands/share.ts')).shareStatus),
  listed('share to', share.to, async () => (await import('./commands/share-to.ts')).shareTo),
  listed('share test', share.test, async () => (await import('./commands/share-to.ts')).shareTest),
  listed('share files', share.files, async () => (await import('./commands/share-now.ts')).shareFiles),
  listed(
    'share preview',
    share.preview,
    async () => (await import('./commands/share-preview.ts')).sharePreview,
  ),
  listed('share on', share.on, async () => (await import('./commands/share.ts')).shareOn),
  listed('share now', share.now, async () => (await import('./commands/share-now.ts')).shareNow),
  listed('share queue', share.queue, async () => (await import('./commands/share-now.ts')).shareQueue),
  listed('share log', share.log, async () => (await import('./commands/share-log.ts')).shareLog),
  listed('share new-id', share.newId, async () => (await import('./commands/share-now.ts')).shareNewId),
  listed('share off', share.off, async () => (await import('./commands/share.ts')).shareOff),
  listed('share forget', share.forget, async () => (await import('./commands/share-forget.ts')).shareForget),
  listed('share held', share.held, async () => (await import('./commands/share-held.ts')).shareHeld),
  listed('trends', trends, async () => (await import('./commands/trends.ts')).trends),
  listed('updates', words.updates, async () => (await import('./commands/updates.ts')).updates),
  listed('version', words.version, async () => (await import('./commands/version.ts')).version),
]
