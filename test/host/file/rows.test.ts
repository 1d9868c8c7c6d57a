// Answers about rows of a file whose tool goes over to keeping a log while they are asked for.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openRows } from '../../../host/file/rows.ts'
import type { AnswerAsk } from '../../../host/jobs.ts'
import type { Ask, Batch } from '../../../shared/viewer/asks.ts'
import { makeSmartAgentsFile } from '../../e2e/files.ts'

let folder: string
let path: string
let tool: DatabaseSync
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-rows-'))
  path = join(folder, 'telemetry.db')
  makeSmartAgentsFile(path, 30_000)
  tool = new DatabaseSync(path)
})
afterEach(async () => {
  tool.close()
  await rm(folder, { recursive: true })
})

async function startAnswering(): Promise<AnswerAsk> {
  const { promise, resolve } = Promise.withResolvers<AnswerAsk>()
  const port = { progress: () => {}, serve: () => {}, hear: resolve }
  const started = await openRows({ path, temporary: folder, now: Date.now() }, port)
  expect(started.ok).toBe(true)
  return promise
}
const search: Ask = { ask: 'search', words: ['coder'], after: null }

it('a search that has shown its first hits says that the file changed, and the next goes through', async () => {
  const answer = await startAnswering()
  const batches: Batch[] = []
  const hear = (batch: Batch): void => {
    if (batches.push(batch) === 1) tool.exec('PRAGMA journal_mode = WAL')
  }
  expect(await answer(search, hear, () => false)).toEqual({
    ok: false,
    error: { kind: 'file-changed', path },
  })
  expect(batches).toHaveLength(1)
  expect(await answer(search, hear, () => false)).toEqual({ ok: true, value: { ask: 'done' } })
  expect(batches.at(-1)).toMatchObject({ done: 30_000, total: 30_000 })
})

it('whoever has heard nothing yet is answered all the same', async () => {
  const answer = await startAnswering()
  let asked = 0
  const goOver = (): boolean => {
    if (asked++ === 0) tool.exec('PRAGMA journal_mode = WAL')
    return false
  }
  const batches: Batch[] = []
  expect(await answer(search, (batch) => batches.push(batch), goOver)).toEqual({
    ok: true,
    value: { ask: 'done' },
  })
  expect(batches.at(-1)).toMatchObject({ done: 30_000, total: 30_000 })
  expect(asked).toBeGreaterThan(2)
})
