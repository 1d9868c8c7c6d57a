// docs/write-a-format.md, followed to the letter: in a copy of the project each file of the page is written, each change
// made, each line typed, and what the page says comes out.
import { execSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { copyProject, outsideVitest } from '../copy.ts'
import { blocksOf, page, root } from './markdown.ts'
import type { Block } from './markdown.ts'

const clone = mkdtempSync(join(tmpdir(), 'sightglass-format-'))
afterAll(() => rmSync(clone, { recursive: true, force: true }))

function type(line: string): string {
  return execSync(line, {
    cwd: clone,
    encoding: 'utf8',
    env: {
      ...outsideVitest(process.env),
      SIGHTGLASS_HOME: join(clone, '.cache/home'),
      LC_ALL: 'C',
      NO_COLOR: '1',
      npm_config_offline: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Lines that stay, and among them those that come in. */
function change(path: string, diff: string): void {
  const lines = diff.trimEnd().split('\n')
  const before = lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1))
  const after = lines.map((line) => line.slice(1))
  const parts = readFileSync(join(clone, path), 'utf8').split(before.join('\n'))
  expect(parts, `${path} has the lines once:\n${before.join('\n')}`).toHaveLength(2)
  writeFileSync(join(clone, path), parts.join(after.join('\n')))
}

/** Gives what was last said in the terminal. */
function follow(said: string, { info, code }: Block): string {
  const [language = '', path = ''] = info.split(' ')
  if (language === 'diff') change(path, code)
  else if (path !== '') writeFileSync(join(clone, path), code)
  else if (language === 'sh') return type(code.trim())
  else {
    const [, typed = '', answer = ''] = /^\$ (.*)\n([^]*)$/.exec(code) ?? []
    expect(type(typed).trimEnd()).toBe(answer.trimEnd())
  }
  return said
}

it('a format is written in the steps of the page, and each step does what the page says', () => {
  copyProject(root, clone)
  const blocks = blocksOf(page('docs/write-a-format.md').text)
  expect(blocks.length).toBeGreaterThan(8)
  expect(blocks.reduce(follow, '')).toMatch(/Tests +1 passed/)
}, 300_000) // seconds by itself, minutes where npm has to wait for everything
