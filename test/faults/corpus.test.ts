// F1 and F3: files that are damaged in every way, and what is told of each. The full numbers run in the long run.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tell } from '../figures.ts'
import { makeSound } from './files.ts'
import { line, tryAll } from './try-all.ts'
import type { Figures } from './try-all.ts'
import type { Task } from './try-many.ts'

const long = process.env['SIGHTGLASS_LONG'] !== undefined
const minutes = 60_000

function expectSafe(title: string, figures: Figures): void {
  tell(line(title, figures))
  if (figures.different.length > 0) tell(`  engines differ: ${figures.different.slice(0, 5).join('; ')}`)
  expect(figures.unsafe).toEqual([])
  expect(figures.silent.told).toBe(figures.silent.all)
}

it(
  'F1: damaged files are read or refused in words, none hangs or crashes, and damage that makes no error is told',
  async () => {
    const count = long ? 12_000 : 240
    const figures = await tryAll(
      Array.from({ length: count }, (_, number): Task => ({ damaged: number + 1 })),
    )
    expectSafe('F1 mutants', figures)
    expect(figures.files).toBe(count)
    expect(figures.silent.all).toBeGreaterThan(count / 50)
  },
  30 * minutes,
)

it(
  'F3: any byte of the header changed to any value leaves the file readable or refused in words',
  async () => {
    const header = makeSound()[2]?.db ?? new Uint8Array()
    const step = long ? 1 : 139
    function* flips(): Generator<Task> {
      for (let i = 0; i < 25_600; i += step) {
        const bytes = header.slice()
        bytes[i % 100] = Math.floor(i / 100)
        yield { bytes, name: `byte ${i % 100} = ${Math.floor(i / 100)}` }
      }
    }
    const figures = await tryAll(flips())
    expectSafe('F3 header', figures)
    expect(figures.files).toBe(Math.ceil(25_600 / step))
  },
  60 * minutes,
)

const fixtures = process.env['SIGHTGLASS_FIXTURES']
if (fixtures !== undefined && existsSync(fixtures))
  it(
    'F1: the corpus of forensic and fuzzed files is safe to open',
    async () => {
      const tasks = ['corpus', 'hostile', 'edge', 'others', 'earlyexit', 'smart-agents', 'voicemode'].flatMap(
        (folder) =>
          readdirSync(join(fixtures, folder), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && !/-(wal|shm|journal)$/.test(entry.name))
            .map((entry): Task => ({ file: join(entry.parentPath, entry.name) })),
      )
      expectSafe('F1 corpus', await tryAll(tasks))
    },
    10 * minutes,
  )
