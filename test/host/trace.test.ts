// What is written when the program itself breaks: where, and nothing of anybody's data.
import { fork } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { traceWithoutData } from '../../host/trace.ts'
import { ended } from './command-line.ts'

const root = join(import.meta.dirname, '../..')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-trace-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const cell = 'cell-of-the-file'
/** Breaks as soon as the program listens for that; if it never does, this keeps it alive until the test gives up. */
const breaking = `data:text/javascript,${encodeURIComponent(`
  const wait = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return
    clearInterval(wait)
    throw new TypeError(process.env.CELL + '\\n    at ' + process.env.CELL)
  }, 5)`)}`

describe('an error', () => {
  it('is told by its place alone, even where its message looks like one', () => {
    const told = traceWithoutData(new RangeError(`no such row: ${cell}\n    at ${cell} (x.ts:1:2)`))
    expect(told).toMatch(/^RangeError\n\s+at .*trace\.test\.ts/)
    expect(told).not.toContain(cell)
    expect(traceWithoutData(cell)).toBe('string')
    expect(traceWithoutData(new Error(''))).toMatch(/^Error\n\s+at /)
  })

  it.each([
    ['a process that reads files', 'host/job.ts', []],
    ['the web host', 'host/web-main.ts', ['--port', '0', '--no-open']],
    ['the command line', 'host/cli/main.ts', ['files']],
  ])(
    'that nobody caught ends %s without a word of it, and leaves none in a file',
    async (_what, entry, args) => {
      const env = { PATH: process.env['PATH'] ?? '', HOME: folder, SIGHTGLASS_HOME: folder, CELL: cell }
      const child = fork(join(root, entry), args, {
        execArgv: ['--import', breaking],
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      const { code, out, err } = await ended(child)
      expect(code).toBe(1)
      expect(err).toMatch(/TypeError\n\s+at /)
      expect(out + err).not.toContain(cell)
      const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
        one.isFile(),
      )
      for (const { parentPath, name } of left)
        expect(readFileSync(join(parentPath, name), 'latin1'), name).not.toContain(cell)
    },
  )
})

it('nothing writes a report, a memory image or a log of a crash', () => {
  const sources = globSync(['{electron,host,senders,shared,renderer}/**/*.{ts,svelte}', 'scripts/*.mjs'], {
    cwd: root,
  })
  expect(sources.length).toBeGreaterThan(300)
  const writers = /crashReporter|process\.report|writeHeapSnapshot|heapsnapshot|report-on|electron-log/
  expect(sources.filter((path) => writers.test(readFileSync(join(root, path), 'utf8')))).toEqual([])
})
