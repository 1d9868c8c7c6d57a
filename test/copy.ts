// A copy of the project to change things in: as a fresh clone, with the same packages.
import { cpSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'

const notCloned = new Set(['node_modules', 'dist', 'out', '.git', '.cache', 'pictures'])

export function copyProject(root: string, to: string): void {
  cpSync(root, to, { recursive: true, filter: (path) => !notCloned.has(basename(path)) })
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'), 'junction')
}

/** For a Vitest that is started by another. */
export function outsideVitest(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(VITEST|NODE_ENV$|SIGHTGLASS_LONG$)/
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name)))
}
