// What a person is told of a file that can be read and is damaged all the same.
import { copyFile, link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isRecord } from '../../../shared/plain.ts'
import { cli } from '../../../shared/words/en-cli.ts'
import { sightglass } from '../command-line.ts'
import { makeEarlyexit, makeSmartAgents, stateOf } from '../tool-files.ts'

let folder = ''
let sound = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-check-'))
  sound = join(folder, 'sound.db')
  makeSmartAgents(sound, 400)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const ask = async (path: string) => {
  const { code, out, err } = await sightglass(['report', '--json', path], { data: join(folder, 'data') })
  const summary: unknown = JSON.parse(out || '{}')
  return { code, err, warnings: isRecord(summary) ? summary['warnings'] : null }
}

it('a sound file has no warning', async () => {
  expect(await ask(sound)).toEqual({ code: 0, err: '', warnings: [] })
})

it('a file that reads without an error, but is damaged, is told so by the report', async () => {
  const path = join(folder, 'damaged.db')
  const bytes = await readFile(sound)
  const page = [...bytes.keys()].findLast((at) => at % 4096 === 0 && bytes[at] === 13) ?? 0
  bytes[page + 7] = (bytes[page + 7] ?? 0) + 9 // what its header says of the free bytes in it is no longer true
  await writeFile(path, bytes)
  const before = await stateOf(folder, (name) => name === 'data')
  expect(await ask(path)).toEqual({ code: 0, err: '', warnings: [cli.report.damaged] })
  expect(await stateOf(folder, (name) => name === 'data'), 'P1').toEqual(before)
  const { out } = await sightglass(['report', path], { data: join(folder, 'data') })
  expect(out.replaceAll(/\s+/g, ' ')).toContain(cli.report.damaged)
})

it('a file in WAL mode with a second name may lack rows, and the report says so', async () => {
  const path = join(folder, 'first.db')
  makeEarlyexit(path, 20)
  expect((await ask(path)).warnings).toEqual([])
  await link(path, join(folder, 'second.db'))
  expect((await ask(path)).warnings).toEqual([cli.report.otherNames])
  await copyFile(path, join(folder, 'third.db'))
  expect((await ask(join(folder, 'third.db'))).warnings).toEqual([])
})
