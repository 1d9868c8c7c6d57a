// `report --html`: the page is made whole, and takes its name only when it is on the disk.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { dropDraft, explainWrite, nameDraft, publishDraft } from '../file/draft.ts'

export const sha256 = (text: string): Promise<string> =>
  Promise.resolve(createHash('sha256').update(text).digest('base64'))

/** Gives the number of bytes. */
export async function writePage(
  page: string,
  target: string,
  overwrite: boolean,
): Promise<Result<number, AppError>> {
  const draft = await nameDraft(target, overwrite)
  if (!draft.ok) return draft
  const bytes = Buffer.from(page)
  try {
    await writeFile(draft.value, bytes, { flag: 'wx', mode: 0o600 }) // telemetry is its owner's
  } catch (error) {
    await dropDraft(draft.value)
    return fail(explainWrite(error, target))
  }
  const published = await publishDraft(draft.value, target, overwrite)
  return published.ok ? ok(bytes.length) : published
}
