// Where known tools keep their files, below the home folder. The places of every system stand in one list: what
// belongs to another system isn't there, and is not shown.

export interface ToolPlace {
  readonly tool: string
  readonly path: readonly string[]
}

const watched = ['activitywatch', 'aw-server', 'peewee-sqlite.v2.db']

export const toolPlaces: readonly ToolPlace[] = [
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

/** Each tool once, in the order of the list. */
export const knownTools: readonly string[] = [...new Set(toolPlaces.map(({ tool }) => tool))]
