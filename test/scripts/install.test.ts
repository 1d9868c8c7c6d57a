// npm start installs what the lockfile says whenever that isn't what is there, and only then.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isInstalled, projectNode } from '../../scripts/set-up.mjs'

const root = join(import.meta.dirname, '../..')
const installedList = 'node_modules/.package-lock.json'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightglass-install-'))
  mkdirSync(join(folder, 'node_modules'))
  for (const name of ['package-lock.json', installedList]) cpSync(join(root, name), join(folder, name))
  const node = join(folder, relative(root, projectNode() ?? ''))
  mkdirSync(dirname(node), { recursive: true })
  writeFileSync(node, '')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function change(name: string, from: RegExp, to: string): void {
  const text = readFileSync(join(folder, name), 'utf8')
  expect(text).toMatch(from)
  writeFileSync(join(folder, name), text.replace(from, to))
}

describe('the packages count as installed', () => {
  it('when they are, whoever installed them', () => {
    expect(isInstalled(folder)).toBe(true)
  })
  it('not before the first install', () => {
    rmSync(join(folder, 'node_modules'), { recursive: true })
    expect(isInstalled(folder)).toBe(false)
  })
  it('not after an install that was broken off', () => {
    rmSync(join(folder, installedList))
    expect(isInstalled(folder)).toBe(false)
  })
  it('not when the lockfile has moved on to another version', () => {
    change('package-lock.json', /("node_modules\/valibot": \{\s+"version": ")[^"]+/, '$19.9.9')
    expect(isInstalled(folder)).toBe(false)
  })
  it('not when the lockfile has a package more', () => {
    change(installedList, /"node_modules\/valibot"/, '"node_modules/something-else"')
    expect(isInstalled(folder)).toBe(false)
  })
  it('not without the project’s own Node', () => {
    rmSync(join(folder, relative(root, projectNode() ?? '')))
    expect(isInstalled(folder)).toBe(false)
  })
})
