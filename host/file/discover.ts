// Telemetry files at the places where known tools keep them. Only stat and the first hundred bytes are read.
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FileEntry } from '../../shared/bridge.ts'
import { toolPlaces } from '../../shared/formats/places.ts'
import { look, mayBeText, recently } from './look.ts'

export async function discover(home: string, now: number): Promise<FileEntry[]> {
  const found = await Promise.all(toolPlaces.map(({ tool, path }) => entryOf(join(home, ...path), tool, now)))
  return found.filter((entry) => !entry.missing)
}

/** How the Files screen lists a path; a file that can't be read now is listed as missing. */
export async function entryOf(path: string, tool: string | null, now: number): Promise<FileEntry> {
  const seen = await look(path, now)
  const common = { path, name: basename(path), tool }
  if (!seen.ok) {
    // What was opened before and is no database was a log; at the place of a tool's database it is something else.
    const text = tool === null && mayBeText(seen.error) ? await stat(path).catch(() => null) : null
    if (text === null) return { ...common, size: 0, modified: 0, writing: false, missing: true }
    const { size, mtimeMs: modified } = text
    return { ...common, size, modified, writing: now - modified < recently, missing: false }
  }
  const { size, walSize, modified, writing } = seen.value
  return { ...common, size: size + walSize, modified, writing, missing: false }
}
