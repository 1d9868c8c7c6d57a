// A file for the person to keep: by the system's dialog in the desktop window, as a download in a browser.
import type { Result } from '../shared/result.ts'
import { ok } from '../shared/result.ts'
import type { Shell } from '../shared/shell.ts'

/** False where the dialog was closed without a choice. */
export async function saveFile(shell: Shell | null, name: string, content: Blob): Promise<Result<boolean>> {
  if (shell !== null) return shell.saveFile(name, new Uint8Array(await content.arrayBuffer()))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // the download has begun long before
  return ok(true)
}
