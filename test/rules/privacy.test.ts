// What PRIVACY.md points to is there: each command, and tests of every promise where it says so.
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../host/commands.ts'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'PRIVACY.md'), 'utf8')
const quoted = [...text.matchAll(/`([^`]+)`/g)].map(([, said = '']) => said)

describe('PRIVACY.md', () => {
  it('names commands that there are, with options that they have', () => {
    const named = quoted.filter((said) => said.startsWith('share '))
    expect(named.length).toBeGreaterThan(8)
    for (const said of named) {
      const [, name = '', option] = /^(share [\w-]+)(?: --([\w-]+))?$/.exec(said) ?? []
      const command = commands.find((one) => one.name === name)
      expect(command, said).toBeDefined()
      if (option !== undefined) expect(Object.keys(command?.options ?? {}), said).toContain(option)
    }
  })

  it('lists every thing that uses the network because it is pressed, and nothing else of the host opens a connection', () => {
    const [, table = ''] = /\n\| what you press [^\n]*\n([^]*?)\n\n/.exec(text) ?? []
    const told = [...table.matchAll(/^\|[^|]+\| `([\w ]+?)(?: --(\w+))?` /gm)]
    expect(told.map(([, name]) => name)).toEqual([
      'share test',
      'share held',
      'share forget',
      'trends',
      'updates',
    ])
    for (const [, name, option = ''] of told) {
      const options = Object.keys(commands.find((one) => one.name === name)?.options ?? {})
      if (option !== '') expect(options, name).toContain(option)
    }
    const sources = globSync('{host,electron,senders,shared}/**/*.ts', { cwd: root })
    const having = (what: RegExp): string[] =>
      sources.filter((path) => what.test(readFileSync(join(root, path), 'utf8'))).sort()
    // host/web/instance.ts asks this machine's own web host whether it still runs.
    expect(
      having(/(?<!#)\bfetch\(|from 'node:(https|http2|tls|dgram|dns)'|\b(http|net)\.(request|connect)\(/),
    ).toEqual(['host/sharing/carry.ts', 'host/web/instance.ts'])
    expect(having(/from '[^']*\/carry\.ts'/)).toEqual(['host/sharing/roads.ts', 'host/updates.ts'])
  })

  it('says of every promise where its tests are, and there they are, with its number', () => {
    const rows = [...text.matchAll(/^\| \*\*(P\d)\*\*.*\|([^|]+)\|$/gm)]
    expect(rows.map(([, promise]) => promise)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'])
    for (const [, promise = '', where = ''] of rows)
      for (const [, path = ''] of where.matchAll(/`(test\/[^`]+)`/g))
        expect(named(promise, path), `${promise} in ${path}`).toBe(true)
  })
})

function named(promise: string, path: string): boolean {
  const full = join(root, path)
  const files = statSync(full).isDirectory() ? globSync(join(full, '**/*.test.ts')) : [full]
  return files.some((file) => new RegExp(`\\b${promise}\\b`).test(readFileSync(file, 'utf8')))
}
