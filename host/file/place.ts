// Where an export goes. A name that comes from a window, or from a stranger's file, stays in the folder it is meant
// for: whatever could lead out of it, or mean a device, is refused.
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { OutPlace, Progress } from '../../shared/bridge.ts'
import { isFileName } from '../../shared/file-name.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { belongsTo } from './draft.ts'

/** Where a browser would put it, if there is such a folder. */
export async function exportFolder(home: string): Promise<string> {
  const downloads = join(home, 'Downloads')
  const there = await stat(downloads).catch(() => null)
  return there?.isDirectory() === true ? downloads : home
}

/** `path` is the file that is read: nothing may be written over it. */
export async function placeFor(out: OutPlace, path: string, home: string): Promise<Result<string>> {
  if (typeof out !== 'string' && !isFileName(out.name)) return fail({ kind: 'name-unfit', name: out.name })
  const target =
    typeof out === 'string' ? resolve(out) : join(resolve(out.folder ?? (await exportFolder(home))), out.name)
  return (await belongsTo(path, target)) ? fail({ kind: 'same-file', path: target }) : ok(target)
}

const lookEvery = 250

/** How far a copy is that SQLite makes in one step, of which it says nothing: by its size. Ends by the answer. */
export function watchDraft(draft: string, path: string, send: (item: Progress) => void): () => void {
  const timer = setInterval(() => {
    void Promise.all([stat(draft), stat(path)]).then(
      ([{ size: done }, { size: total }]) => send({ phase: 'writing', done: Math.min(done, total), total }),
      () => {}, // not begun yet, or over
    )
  }, lookEvery)
  return () => clearInterval(timer)
}
