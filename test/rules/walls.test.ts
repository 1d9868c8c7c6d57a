// The walls of the house hold: an import or a name from the wrong room is planted in an empty house that has the
// project's own rules, and each must be refused, by the import rules, by the linter or by the compiler.
import { spawnSync } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, mkdtempSync } from 'node:fs'
import { realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toolPath } from '../../scripts/suites.mjs'

const root = join(import.meta.dirname, '../..')
let house = ''

const rules = [
  '.dependency-cruiser.cjs',
  'eslint.config.js',
  'package.json',
  ...globSync(['tsconfig*.json', '{shared,senders,host,electron,renderer,server,scripts}/tsconfig*.json'], {
    cwd: root,
  }),
]

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'sightglass-walls-'))
  for (const path of rules) {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    copyFileSync(join(root, path), join(house, path))
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'junction')
})
afterAll(() => rmSync(house, { recursive: true, force: true, maxRetries: 3 }))

function plant(path: string, ...lines: string[]): void {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), `${lines.join('\n')}\n`)
}

function runTool(tool: string, ...args: string[]): string {
  const done = spawnSync(process.execPath, [toolPath(tool), ...args], { cwd: house, encoding: 'utf8' })
  if (done.error !== undefined) throw done.error
  return done.stdout
}

describe('an import from the wrong room is refused by the import rules', () => {
  /** Each file, what it imports, and the rule that must name it; null: allowed, so that the rules are no wall of fog. */
  const plants: readonly (readonly [file: string, imported: string, rule: string | null])[] = [
    ['shared/a.ts', '../host/home.ts', 'shared-imports-only-itself'],
    ['shared/b.ts', '../renderer/home.ts', 'shared-imports-only-itself'],
    ['shared/c.ts', 'node:fs', 'shared-knows-no-node'],
    ['shared/d.ts', './home.ts', null],
    ['senders/a.ts', '../host/home.ts', 'senders-imports-only-shared'],
    ['senders/b.ts', 'node:crypto', 'senders-knows-no-node'],
    ['senders/c.ts', '../shared/home.ts', null],
    ['host/a.ts', '../electron/home.ts', 'host-imports-only-shared-and-senders'],
    ['host/b.ts', '../renderer/home.ts', 'host-imports-only-shared-and-senders'],
    ['host/c.ts', 'electron', 'only-electron-imports-electron'],
    ['host/d.ts', '../senders/home.ts', null],
    ['host/e.ts', 'node:fs', null],
    ['electron/a.ts', '../renderer/home.ts', 'electron-imports-only-shared-and-host'],
    ['electron/b.ts', '../senders/home.ts', 'electron-imports-only-shared-and-host'],
    ['electron/c.ts', '../host/home.ts', null],
    ['electron/d.ts', 'electron', null],
    ['renderer/a.ts', '../host/home.ts', 'renderer-imports-only-shared'],
    ['renderer/b.ts', '../senders/home.ts', 'renderer-imports-only-shared'],
    ['renderer/c.ts', 'node:path', 'renderer-knows-no-node'],
    ['renderer/d.ts', 'chart.js', 'only-chart-ts-imports-chart-js'],
    ['renderer/e.ts', 'sql.js', 'only-the-worker-imports-sql-js'],
    ['renderer/chart.ts', 'chart.js', null],
    ['renderer/f.ts', '../shared/home.ts', null],
    ['renderer/G.svelte', '../host/home.ts', 'renderer-imports-only-shared'],
    ['server/a.ts', '../host/home.ts', 'server-imports-only-shared-and-senders'],
    ['server/b.ts', 'node:fs', 'server-knows-no-node'],
    ['server/node.ts', 'node:fs', null],
    ['shared/viewer/sqlite.ts', './events.ts', 'viewer-sqlite-before-picker'],
    ['shared/viewer/events.ts', './columns.ts', 'viewer-events-before-columns'],
    ['shared/viewer/columns.ts', './filter.ts', 'viewer-columns-before-local'],
    ['shared/viewer/filter.ts', './charts.ts', 'viewer-filter-before-charts'],
    ['shared/viewer/charts.ts', './insights.ts', 'viewer-charts-before-insights'],
    ['shared/viewer/local.ts', './insights/daily.ts', 'viewer-local-before-filter'],
    ['shared/viewer/insights/daily.ts', '../summary.ts', 'viewer-insights-before-summary'],
    ['shared/viewer/insights.ts', './summary.ts', 'viewer-insights-before-summary'],
    ['shared/viewer/summary.ts', './sqlite.ts', null],
    ['test/a.ts', 'electron', 'tests-import-only-the-types-of-electron'],
    ['host/lost.ts', './nowhere.ts', 'resolves'],
  ]
  const Report = v.object({
    summary: v.object({
      violations: v.array(v.object({ from: v.string(), rule: v.object({ name: v.string() }) })),
    }),
  })
  const refused = new Map<string, string[]>()

  beforeAll(() => {
    for (const room of ['shared', 'senders', 'host', 'electron', 'renderer'])
      plant(`${room}/home.ts`, 'export const home = 1')
    for (const [file, imported] of plants) {
      const code = [`import * as planted from '${imported}'`, 'export const use = planted']
      if (file.endsWith('.svelte')) plant(file, '<script lang="ts">', code[0] ?? '', '</script>', '{planted}')
      else plant(file, ...code)
    }
    plant('host/round.ts', "import { about } from './about.ts'", 'export const round = (): unknown => about')
    plant('host/about.ts', "import { round } from './round.ts'", 'export const about = (): unknown => round')
    plant('host/types.ts', "import type { App } from 'electron'", 'export type Planted = App')
    const output = runTool('depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '.')
    for (const { from, rule } of v.parse(Report, JSON.parse(output)).summary.violations)
      refused.set(from, [...(refused.get(from) ?? []), rule.name])
  })

  it.each(plants.filter(([, , rule]) => rule !== null))('%s may not import %s', (file, _imported, rule) => {
    expect(refused.get(file)).toContain(rule)
  })
  it.each(plants.filter(([, , rule]) => rule === null))('%s may import %s', (file, imported) => {
    // The stages were planted in a knot, so the last one stands in a cycle; nothing else is said of it.
    const said = (refused.get(file) ?? []).filter((rule) => rule !== 'no-cycles')
    expect(said, `${file} -> ${imported}`).toEqual([])
  })
  it('two files may not import each other', () => {
    expect([...(refused.get('host/round.ts') ?? []), ...(refused.get('host/about.ts') ?? [])]).toContain(
      'no-cycles',
    )
  })
  it('host may not even import the types of electron', () => {
    expect(refused.get('host/types.ts')).toContain('only-electron-imports-electron')
  })
})

describe('a name from the wrong room is refused by the compiler', () => {
  const plants: readonly (readonly [file: string, code: string, verdict: 'fine' | 'refused'])[] = [
    ['shared/uses-document.ts', 'document.title', 'refused'],
    ['shared/uses-process.ts', 'process.pid', 'refused'],
    ['shared/uses-fetch.ts', 'fetch', 'refused'],
    ['shared/uses-time.ts', 'Date.now()', 'fine'],
    ['senders/uses-process.ts', 'process.env', 'refused'],
    ['senders/uses-document.ts', 'document.title', 'refused'],
    ['host/uses-document.ts', 'document.title', 'refused'],
    ['host/uses-process.ts', 'process.pid', 'fine'],
    ['renderer/uses-process.ts', 'process.pid', 'refused'],
    ['renderer/uses-document.ts', 'document.title', 'fine'],
    ['renderer/worker/uses-document.ts', 'document.title', 'refused'],
    ['server/uses-process.ts', 'process.env', 'refused'],
    ['server/uses-document.ts', 'document.title', 'refused'],
  ]
  let said = ''

  beforeAll(() => {
    for (const room of ['shared', 'senders', 'host', 'renderer', 'server'])
      rmSync(join(house, room), { recursive: true, force: true })
    for (const path of rules) {
      mkdirSync(dirname(join(house, path)), { recursive: true })
      copyFileSync(join(root, path), join(house, path))
    }
    for (const [file, code] of plants) plant(file, `export const planted = String(${code})`)
    plant('host/home.ts', 'export const home = 1')
    plant('shared/imports-host.ts', "export { home } from '../host/home.ts'")
    const projects = ['shared', 'senders', 'host', 'renderer', 'renderer/tsconfig.worker.json', 'server']
    said = projects.map((project) => runTool('tsc', '-p', project, '--pretty', 'false')).join('\n')
  }, 60_000)

  const complaints = (file: string): string[] =>
    said.split('\n').filter((line) => line.startsWith(`${file}(`) && line.includes('error TS'))

  it.each(plants.filter(([, , verdict]) => verdict === 'refused'))('%s may not say %s', (file) => {
    expect(complaints(file)).not.toEqual([])
  })
  it.each(plants.filter(([, , verdict]) => verdict === 'fine'))('%s may say %s', (file) => {
    expect(complaints(file)).toEqual([])
  })
  it('shared may not import host, even where no import rule is asked', () => {
    expect(complaints('shared/imports-host.ts').join()).toMatch(/TS6059|TS6307/)
  })
})

describe('what neither sees is refused by the linter', () => {
  const Files = v.array(
    v.object({ filePath: v.string(), messages: v.array(v.object({ ruleId: v.nullable(v.string()) })) }),
  )
  const [component, typed] = ['renderer/Planted.svelte', 'shared/planted.ts']
  let complaints: Readonly<Record<string, readonly (string | null)[]>> = {}

  beforeAll(() => {
    plant('host/home.ts', 'export type Home = string')
    plant(
      component,
      '<script lang="ts">',
      "  import type { Home } from '../host/home.ts'",
      "  const home: Home = '<b>'",
      '</script>',
      '{@html home}',
    )
    plant(
      typed,
      'export const a = (x: any): string => x',
      'export const b = (x: string | null): string => x!',
      'export const c = (x: unknown): string => x as string',
      'export const d = (x: () => Promise<void>): void => { x() }',
    )
    const files = v.parse(Files, JSON.parse(runTool('eslint', '--format', 'json', component, typed)))
    complaints = Object.fromEntries(
      files.map(({ filePath, messages }) => [
        relative(realpathSync(house), filePath).replaceAll('\\', '/'),
        messages.map(({ ruleId }) => ruleId),
      ]),
    )
  }, 60_000)

  it('a type of the host in a component, which is gone before the import rules look, and raw HTML', () => {
    expect(complaints[component]).toEqual(
      expect.arrayContaining(['no-restricted-imports', 'svelte/no-at-html-tags']),
    )
  })
  it('any, the exclamation mark, a claimed type, and a promise that nobody waits for', () => {
    expect(complaints[typed]).toEqual(
      expect.arrayContaining([
        '@typescript-eslint/no-explicit-any',
        '@typescript-eslint/no-non-null-assertion',
        '@typescript-eslint/consistent-type-assertions',
        '@typescript-eslint/no-floating-promises',
      ]),
    )
  })
})
