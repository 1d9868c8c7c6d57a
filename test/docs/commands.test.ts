// Whatever a page tells a person to type can be typed: npm's scripts and suites are there, `sightglass` knows each
// command with its options, and those that only look are carried out, on sample data.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArguments } from '../../host/cli/arguments.ts'
import type { Command } from '../../host/cli/command.ts'
import { commands } from '../host/commands.ts'
import { suites } from '../../scripts/suites.mjs'
import { commands as serverCommands } from '../../server/node/commands.ts'
import { sightglass } from '../host/command-line.ts'
import { blocksOf, pages, root, spansOf } from './markdown.ts'
import type { Page } from './markdown.ts'

/** Lines of blocks, without what is said of them, and what stands as code in running text. */
const typedIn = ({ text }: Page): readonly string[] => [
  ...blocksOf(text)
    .filter(({ info }) => ['sh', 'console'].includes(info))
    .flatMap(({ code }) => code.replaceAll('\\\n', ' ').split('\n'))
    .map((line) =>
      line
        .replace(/\s+#.*/, '')
        .replace(/^\$ /, '')
        .trim(),
    ),
  ...spansOf(text),
]

/** As a shell parts words, as far as the pages need it. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, plain]) => one ?? two ?? plain ?? '')

const typed = pages.flatMap((one) => typedIn(one).map((line) => ({ path: one.path, line })))
const sightglassLines = typed.flatMap(({ path, line }) => {
  const [, rest] = /^(?:npx )?sightglass (.+)$/.exec(line) ?? []
  return rest === undefined ? [] : [{ path, line, words: wordsOf(rest) }]
})

/** The longer name first: `share on` before a command named `share`. */
function commandOf(words: readonly string[]): { command: Command; rest: string[] } | null {
  for (const length of [2, 1]) {
    const command = commands.find(({ name }) => name === words.slice(0, length).join(' '))
    if (command !== undefined) return { command, rest: words.slice(length) }
  }
  return null
}

/** In running text a command may be named alone: `sightglass recognise`; and so may the group of `share`. */
function fault({ path, line, words }: (typeof sightglassLines)[number]): string | null {
  const [first = ''] = words
  if (
    first.startsWith('--') ||
    (words.length === 1 && commands.some(({ name }) => name.startsWith(`${first} `)))
  )
    return null
  const found = commandOf(words)
  if (found === null) return `${path}: ${line}: there is no such command`
  if (found.rest.length === 0) return null
  const read = readArguments(found.command, found.rest)
  return read.ok ? null : `${path}: ${line}: ${read.error.sentence}`
}

describe('what the pages say to type', () => {
  it('npm knows: each script, and each suite', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) // a door
    const named = typed.flatMap(({ path, line }) => {
      const [, script] = /^npm run (?:--silent )?([\w:-]+)/.exec(line) ?? []
      return script === undefined ? [] : [{ path, script }]
    })
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(({ script }) => !(script in scripts))).toEqual([])

    const known = ['quick', ...suites.map(({ name }) => name)]
    const suitesNamed = typed.flatMap(
      ({ line }) => /^npm test -- ([a-z -]+)$/.exec(line)?.[1]?.split(' ') ?? [],
    )
    expect(suitesNamed.length).toBeGreaterThan(0)
    expect(suitesNamed.filter((name) => !known.includes(name))).toEqual([])
  })

  it('the server understands, and nothing that it understands is left out', () => {
    const said = typed.flatMap(({ line }) => {
      const [, rest] = /^npm run (?:--silent )?server -- ([a-z][^|]*)/.exec(line) ?? []
      return rest === undefined ? [] : [wordsOf(rest)]
    })
    const means = (words: readonly string[], given: readonly string[]): boolean =>
      words.every((word, i) => given[i] === word)
    const unknown = said.filter((given) => !serverCommands.some(({ words }) => means(words, given)))
    expect(unknown).toEqual([])
    const untold = serverCommands.filter(({ words }) => !said.some((given) => means(words, given)))
    expect(untold.map(({ words }) => words.join(' '))).toEqual([])
  })

  it('sightglass understands, with its options', () => {
    expect(sightglassLines.length).toBeGreaterThan(50)
    expect(sightglassLines.map(fault).filter((said) => said !== null)).toEqual([])
  })
})

/** Commands that change nothing but files which they make. `delete` is one of them without `--yes`. */
const looks = new Set([
  ...['sample', 'report', 'records', 'export', 'recognise', 'files', 'snapshot', 'version', 'delete'],
  ...['share status', 'share preview', 'share queue', 'share log'],
])
const isSafe = (words: readonly string[]): boolean => {
  const name = commandOf(words)?.command.name ?? ''
  return looks.has(name) && !words.some((word) => /^--(yes|erase|drop)$/.test(word))
}

describe('what the README says to type', () => {
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sightglass-docs-'))
    await sightglass(['sample', '--events', '400', 'FILE'], { data: join(folder, 'data'), folder })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const typedThere = sightglassLines.filter(
    ({ path, line }) => path === 'README.md' && line.startsWith('npx'),
  )
  const safe = typedThere.filter(({ words }) => isSafe(words))
  it('only looks, for the most part', () => expect(safe.length).toBeGreaterThan(7))

  it.each(safe)('does what it says: $line', async ({ words }) => {
    const ran = await sightglass(words, { data: join(folder, 'data'), folder })
    expect(ran).toMatchObject({ code: 0, err: '' })
  })
})
