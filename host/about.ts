// A file is looked at for a list only as long as that costs little: one that would have to be copied, and is big, is
// left alone, and listed without its span of time.
import type { FileAbout } from '../shared/bridge.ts'
import type { CancelSignal } from '../shared/bridge.ts'
import type { Result } from '../shared/result.ts'
import type { ReadOnlyInput } from './file/read-only.ts'
import { startJob } from './jobs.ts'
import type { StartChild } from './process.ts'

const mostCopied = 64 * 1024 * 1024

export async function aboutCheaply(
  input: ReadOnlyInput,
  startChild: StartChild,
  signal: CancelSignal,
): Promise<Result<FileAbout>> {
  const job = startJob(
    startChild,
    'about',
    input,
    ({ phase, total }) => {
      if (phase === 'copying' && total > mostCopied) job.close()
    },
    signal,
  )
  const about = await job.answer
  job.close()
  return about
}
