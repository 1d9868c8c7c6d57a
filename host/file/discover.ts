// Telemetry files at the places where known tools keep them. Only stat and the first hundred bytes are read.
import { basename, join } from 'node:path'
import type { FileEntry } from '../../shared/bridge.ts'
import { look } from './look.ts'

const watched = ['activitywatch', 'aw-server', 'peewee-sqlite.v2.db']

interface Place {
  readonly tool: string
  readonly path: readonly string[]
}

// The places of every system in one list: what belongs to another system isn't there, and is not shown.
const everywhere: readonly Place[] = [
  { tool: 'Smart Agents', path: ['.smart-agents', 'telemetry', 'telemetry.db'] },
  { tool: 'Smart Agents', path: ['.claude-code-buddy', 'telemetry', 'telemetry.db'] },
  { tool: 'Smart Agents', path: ['.memesh', 'telemetry', 'telemetry.db'] },
  { tool: 'earlyexit', path: ['.earlyexit', 'telemetry.db'] },
  { tool: 'ActivityWatch', path: ['.local', 'share', ...watched] },
  { tool: 'ActivityWatch', path: ['Library', 'Application Support', ...watched] },
  { tool: 'ActivityWatch', path: ['AppData', 'Local', 'activitywatch', ...watched] },
  { tool: 'atuin', path: ['.local', 'share', 'atuin', 'history.db'] },
  { tool: 'llm', path: ['.config', 'io.datasette.llm', 'logs.db'] },
  { tool: 'llm', path: ['Library', 'Application Support', 'io.datasette.llm', 'logs.db'] },
  { tool: 'llm', path: ['AppData', 'Roaming', 'io.datasette.llm', 'logs.db'] },
]

export async function discover(home: string, now: number): Promise<FileEntry[]> {
  const found = await Promise.all(everywhere.map(({ tool, path }) => entryOf(join(home, ...path), tool, now)))
  return found.filter((entry) => !entry.missing)
}

/** How the Files screen lists a path; a file that can't be read now is listed as missing. */
export async function entryOf(path: string, tool: string | null, now: number): Promise<FileEntry> {
  const seen = await look(path, now)
  const common = { path, name: basename(path), tool }
  if (!seen.ok) return { ...common, size: 0, modified: 0, writing: false, missing: true }
  const { size, walSize, modified, writing } = seen.value
  return { ...common, size: size + walSize, modified, writing, missing: false }
}
