import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { EarlyFile, Progress } from '../../../shared/bridge.ts'
import type { AppError, Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { cli } from '../speech.ts'
import type { Bytes } from '../../file/opened.ts'
import { belongsTo, dropDraft, explainWrite, nameDraft, publishDraft } from '../../file/draft.ts'
import { flag, misused, needed } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../command.ts'
import * as figures from '../figures.ts'
import { showProgress } from '../progress.ts'
import { clean } from '../terminal.ts'

const words = cli.commands.snapshot

export const snapshot = defineCommand({
  operands: [needed('FILE'), needed('OUT')],
  options: { force: flag(words.force) },
  examples: ['sightglass snapshot ~/.earlyexit/telemetry.db yesterday.db'],
  calls: ['files.open', 'files.close'],
  async run(context, given) {
    const { bridge, bytes, out, now, signal, explain, folder } = context
    const path = resolve(folder, given.needed('FILE'))
    const target = resolve(folder, given.needed('OUT'))
    if (await belongsTo(path, target)) return misused(cli.mistakes.sameFile)
    explain(cli.verbose.opening(path))
    const begun = now()
    const progress = showProgress(context)
    const show = (item: Progress | EarlyFile): void => {
      if (item.phase !== 'early') progress.show(item)
    }
    const opened = await bridge.stream('files.open', { path, asImage: true }, show, signal)
    progress.end()
    if (!opened.ok) return opened
    explain(opened.value.readFrom === 'copy' ? cli.verbose.copy : cli.verbose.place)
    const source = bytes(opened.value.id)
    const saved = source.ok ? await save(context, source.value, target, given.flag('force')) : source
    const closed = await bridge.call('files.close', { id: opened.value.id })
    if (!saved.ok) return saved
    if (!closed.ok) return closed
    explain(cli.verbose.saved(figures.duration(now() - begun)))
    out.write(`${clean(cli.snapshot.made(figures.bytes(saved.value), target))}\n`)
    return ok(0)
  },
})

/** Piece by piece, so that a large file is never whole in memory here; gives the number of bytes. */
async function save(
  context: Pick<Context<never>, 'err' | 'now' | 'signal'>,
  { size, pieces }: Bytes,
  target: string,
  overwrite: boolean,
): Promise<Result<number, AppError>> {
  const draft = await nameDraft(target, overwrite)
  if (!draft.ok) return draft
  const progress = showProgress(context)
  let done = 0
  try {
    const file = await open(draft.value, 'wx', 0o600) // telemetry is its owner's: nobody else may read the copy
    try {
      for await (const piece of pieces) {
        if (context.signal.aborted) break
        await file.writeFile(piece)
        done += piece.length
        progress.show({ phase: 'writing', done, total: size ?? done })
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    await dropDraft(draft.value)
    return fail(explainWrite(error, target))
  } finally {
    progress.end()
  }
  if (context.signal.aborted) {
    await dropDraft(draft.value)
    return fail({ kind: 'cancelled' })
  }
  const published = await publishDraft(draft.value, target, overwrite)
  return published.ok ? ok(done) : published
}
