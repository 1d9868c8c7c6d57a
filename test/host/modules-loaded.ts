// The project's own modules that a run of the command line loads, in itself and in its children.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect } from 'vitest'
import type { World } from '../world.ts'

const root = join(import.meta.dirname, '../..')

/** Their paths in the project. */
export function modulesLoaded({ folder, data }: World, ...args: readonly string[]): string[] {
  const list = join(folder, 'loaded.txt')
  rmSync(list, { force: true })
  const hook = join(import.meta.dirname, 'list-modules.ts')
  const done = spawnSync(process.execPath, [join(root, 'host/cli/main.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, SIGHTGLASS_HOME: data, NODE_OPTIONS: `--import ${hook}`, LOADED: list },
  })
  expect([done.status, done.stderr]).toEqual([0, ''])
  return readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .map((path) => relative(root, path))
}
