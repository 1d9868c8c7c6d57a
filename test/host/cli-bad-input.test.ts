// What the command line says to a file that it can't read: a plain sentence of its own for each cause, no stack
// trace, exit code 1, and the file as it was.
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, cp, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended, sightglass, startSightglass } from './command-line.ts'
import type { Ran } from './command-line.ts'
import { makeSmartAgents, stateOf } from './tool-files.ts'

let folder = ''
let data = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-bad-'))
  data = join(folder, 'data')
  await mkdir(join(folder, 'files'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const file = (name: string): string => join(folder, 'files', name)
const oneSentence = (ran: Ran, path: string): void => {
  expect(ran).toMatchObject({ code: 1, out: '' })
  expect(ran.err).toContain(path)
  expect(ran.err.endsWith('\n')).toBe(true)
  expect(ran.err.trimEnd()).not.toContain('\n')
  expect(ran.err).not.toMatch(/\bat .*:\d+|Error:|node:/)
}

const causes: readonly (readonly [cause: string, words: RegExp, make: (path: string) => unknown])[] = [
  ['a path where nothing is', /There is no file at/, () => {}],
  ['a folder', /is a folder/, (path) => mkdir(path)],
  ['an empty file', /is empty/, (path) => writeFile(path, '')],
  [
    'a text file',
    /encrypted or not a SQLite database/,
    (path) => writeFile(path, '{"event": 1}\n'.repeat(50)),
  ],
  [
    'a web page',
    /encrypted or not a SQLite database/,
    (path) => writeFile(path, '<!doctype html>'.repeat(99)),
  ],
  ['an encrypted file', /encrypted or not a SQLite database/, (path) => writeFile(path, randomBytes(8192))],
  ['99 bytes of a database', /encrypted or not a SQLite database/, (path) => cutTo(path, 99)],
  ['half a database', /is cut short/, (path) => cutTo(path, 20_480)],
  ['the head of a database alone', /is cut short/, (path) => cutTo(path, 100)],
  ['a database without telemetry', /holds no table with times/, makeOther],
]

async function cutTo(path: string, bytes: number): Promise<void> {
  makeSmartAgents(path, 200)
  await truncate(path, bytes)
}
function makeOther(path: string): void {
  const db = new DatabaseSync(path)
  db.exec("CREATE TABLE notes (text); INSERT INTO notes VALUES ('secret words')")
  db.close()
}

describe('a file that can’t be read', () => {
  for (const [cause, words, make] of causes)
    it(`is told apart: ${cause}`, async () => {
      const path = file(`${cause.replaceAll(' ', '-')}.db`)
      await make(path)
      const files = dirname(path)
      const isFolder = (name: string): boolean => name === 'a-folder.db'
      const before = await stateOf(files, isFolder)
      const ran = await sightglass(['report', path], { data })
      oneSentence(ran, path)
      expect(ran.err).toMatch(words)
      expect(await stateOf(files, isFolder)).toEqual(before)
    })

  it('is explained with --verbose, but nothing in it is quoted', async () => {
    const path = file('private-notes.db')
    makeOther(path)
    const { code, err } = await sightglass(['report', '--json', '--verbose', path], { data })
    expect(code).toBe(1)
    expect(err.split('\n').length).toBeGreaterThan(2)
    expect(err).not.toMatch(/secret|notes\b(?!\.db)/)
  })

  it('is no more to be copied than read, and no copy is begun', async () => {
    const out = join(folder, 'copies', 'never.db')
    await mkdir(dirname(out))
    await writeFile(file('nothing.db'), '')
    for (const path of [file('nowhere.db'), dirname(out), file('nothing.db')])
      oneSentence(await sightglass(['snapshot', path, out], { data }), path)
    expect(await readdir(dirname(out))).toEqual([])
  })

  it('has a sentence for each cause that no other cause has', () => {
    const sentences = causes.map(([, words]) => words.source)
    expect(new Set(sentences).size).toBe(6)
  })

  it('is not opened in a place where a name could command the terminal', async () => {
    const { err } = await sightglass(['report', 'no\u001b[2Jsuch\u202efile'], { data, folder })
    expect(err).toContain('nosuchfile')
    expect(err).not.toMatch(/[^\n\P{C}]/u)
  })

  if (process.platform !== 'win32')
    it('is not waited for where it is a pipe', async () => {
      const path = file('pipe')
      execFileSync('mkfifo', [path])
      const ran = await sightglass(['report', path], { data })
      oneSentence(ran, path)
      expect(ran.err).toContain('is not an ordinary file')
    })
})

// A folder may be closed to this account, or the file alone. Root may read everything, so as root the program runs
// as another user, from a copy of itself in a place that everybody may read.
if (process.platform !== 'win32')
  describe('a file that belongs to somebody else', () => {
    const isRoot = userInfo().uid === 0
    let program = ''
    let node = process.execPath
    let shared = ''

    beforeAll(async () => {
      shared = await mkdtemp(join(tmpdir(), 'sightglass-other-'))
      await chmod(shared, 0o755)
      if (!isRoot) return
      program = join(shared, 'program')
      const root = fileURLToPath(new URL('../..', import.meta.url))
      for (const part of ['host', 'shared', 'senders', 'package.json', 'node_modules/valibot'])
        await cp(join(root, part), join(program, part), { recursive: true })
      if (spawnSync('runuser', ['-u', 'nobody', '--', node, '--version']).status === 0) return
      node = join(shared, 'node')
      await cp(process.execPath, node)
      await chmod(node, 0o755)
    }, 60_000)
    afterAll(async () => {
      await chmod(join(shared, 'closed'), 0o700).catch(() => {})
      await rm(shared, { recursive: true, force: true })
    })

    async function asAnother(...args: string[]): Promise<Ran> {
      const home = join(shared, 'home')
      await mkdir(home, { recursive: true })
      await chmod(home, 0o777)
      const place = { data: join(home, 'data'), home, folder: shared }
      if (!isRoot) return sightglass(args, place)
      const line = ['-u', 'nobody', '--', node, join(program, 'host', 'cli', 'main.ts'), ...args]
      return ended(startSightglass(line, place, 'runuser'))
    }

    it('is named as one that this account may not read', async () => {
      const path = join(shared, 'private.db')
      makeSmartAgents(path, 5)
      await chmod(path, isRoot ? 0o600 : 0)
      const ran = await asAnother('report', path)
      oneSentence(ran, path)
      expect(ran.err).toContain('may not read')
    })

    it('is named so too where the folder is closed', async () => {
      const path = join(shared, 'closed', 'private.db')
      await mkdir(dirname(path))
      makeSmartAgents(path, 5)
      await chmod(dirname(path), isRoot ? 0o700 : 0)
      const ran = await asAnother('report', path)
      oneSentence(ran, path)
      expect(ran.err).toContain('may not read')
    })

    it('is read where reading is allowed, in a folder where nothing can be written', async () => {
      const path = join(shared, 'readable', 'public.db')
      await mkdir(dirname(path))
      makeSmartAgents(path, 5, 'wal')
      await chmod(path, 0o444)
      await chmod(dirname(path), 0o555)
      const before = await stateOf(dirname(path))
      const ran = await asAnother('report', '--json', path)
      expect(ran).toMatchObject({ code: 0, err: '' })
      expect(JSON.parse(ran.out)).toMatchObject({ events: 5 })
      expect(await stateOf(dirname(path))).toEqual(before)
      await chmod(dirname(path), 0o755)
    })
  })

describe('a reader that has seen enough', () => {
  if (process.platform !== 'win32')
    it('ends a report quietly', async () => {
      const path = file('much.db')
      makeSmartAgents(path, 500)
      const child = startSightglass(['report', '--json', path], { data })
      child.stdout?.destroy()
      expect(await ended(child)).toMatchObject({ code: 0, err: '' })
    })
})
