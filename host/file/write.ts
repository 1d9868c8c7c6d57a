// A whole file of ours that fits into memory: it takes its name only when all of it is on the disk.
import { writeFile } from 'node:fs/promises'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { dropDraft, explainWrite, nameDraft, publishDraft } from './draft.ts'

/** Gives the number of bytes. */
export async function writeWhole(
  bytes: Uint8Array,
  target: string,
  overwrite: boolean,
): Promise<Result<number, AppError>> {
  const draft = await nameDraft(target, overwrite)
  if (!draft.ok) return draft
  try {
    await writeFile(draft.value, bytes, { flag: 'wx', mode: 0o600 }) // telemetry is its owner's
  } catch (error) {
    await dropDraft(draft.value)
    return fail(explainWrite(error, target))
  }
  const published = await publishDraft(draft.value, target, overwrite)
  return published.ok ? ok(bytes.length) : published
}
