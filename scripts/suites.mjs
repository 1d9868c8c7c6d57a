// What `npm test` runs, in this order: one row a suite. A check passes or fails as a whole and counts as one; a
// Vitest suite counts its tests. Budgets are seconds on two cores, twelve minutes together.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './set-up.mjs'

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {number} budget
 * @property {readonly (readonly string[])[]} [commands] tools of node_modules with their arguments
 * @property {readonly import('./set-up.mjs').Build[]} [builds]
 * @property {string} [project] of Vitest
 * @property {'chromium' | 'electron'} [needs]
 */

/** @type {readonly Suite[]} */
export const suites = [
  {
    name: 'format',
    budget: 20,
    commands: [
      ['prettier', '--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier', '.'],
    ],
  },
  { name: 'lint', budget: 80, commands: [['eslint', '--max-warnings', '0', '.']] },
  {
    name: 'types',
    budget: 60,
    commands: [
      ['tsc', '-b'],
      ['svelte-check', '--tsconfig', 'renderer/tsconfig.json', '--output', 'human', '--fail-on-warnings'],
    ],
  },
  {
    name: 'imports',
    budget: 10,
    commands: [['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', '.']],
  },
  { name: 'dead-code', budget: 10, commands: [['knip']] },
  { name: 'build', budget: 30, builds: ['page', 'shell', 'alone'] },
  { name: 'unit', budget: 240, project: 'unit' },
  { name: 'electron', budget: 120, project: 'browser', needs: 'electron' },
  { name: 'browser', budget: 150, project: 'browser', needs: 'chromium' },
]

/** The part that needs no browser and is quick enough to run before every commit. */
export const quick = ['format', 'lint', 'types', 'imports', 'dead-code', 'build', 'unit']

const packageOf = /** @type {Readonly<Record<string, string>>} */ ({
  depcruise: 'dependency-cruiser',
  tsc: 'typescript',
})

/**
 * The script behind a tool's name, to run it by the project's own Node.
 * @param {string} tool
 */
export function toolPath(tool) {
  const folder = join(root, 'node_modules', packageOf[tool] ?? tool)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[tool])
}
