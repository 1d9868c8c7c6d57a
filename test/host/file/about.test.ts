// What lists of files say of each.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directBridge } from '../../../host/direct.ts'
import { makeWorld } from '../../world.ts'
import type { World } from '../../world.ts'

const start = Date.UTC(2026, 4, 1)
const minute = 60_000
let world: World
let folder = ''
beforeAll(async () => {
  world = await makeWorld()
  folder = await mkdtemp(join(tmpdir(), 'sightglass-about-'))
})
afterAll(async () => {
  await world.remove()
  await rm(folder, { recursive: true, force: true })
})

function write(name: string, times: readonly (number | string)[]): string {
  const path = join(folder, name)
  const db = new DatabaseSync(path)
  db.exec('CREATE TABLE visits (id INTEGER PRIMARY KEY, at INTEGER, page TEXT); BEGIN')
  const insert = db.prepare("INSERT INTO visits VALUES (NULL, ?, 'page')")
  for (const time of times) insert.run(time)
  db.exec('COMMIT')
  db.close()
  return path
}
async function about(path: string) {
  const host = world.host('command line')
  try {
    return await directBridge(host.rpc).stream('files.about', { path }, () => {})
  } finally {
    await host.close()
  }
}

describe('a list of files', () => {
  it('says the format and the exact span of a file of some thousand rows, in whatever order they lie', async () => {
    const times = [...Array(3000).keys()].map((i) => start + ((i * 7) % 3000) * minute)
    expect(await about(write('mixed.db', times))).toEqual({
      ok: true,
      value: { title: expect.any(String) as string, first: start, last: start + 2999 * minute },
    })
  })

  it('says the span of a long file by its first and last rows', async () => {
    const times = [...Array(30_000).keys()].map((i) => start + i * minute)
    const found = await about(write('long.db', times))
    expect(found).toMatchObject({ ok: true, value: { first: start, last: start + 29_999 * minute } })
  })

  it('says why of a file that can’t be read, and no span of one without rows', async () => {
    const letter = join(folder, 'letter.db')
    await writeFile(letter, 'Dear reader, '.repeat(100))
    expect(await about(letter)).toMatchObject({ ok: false, error: { kind: 'file-not-sqlite' } })
    const path = await world.makeFile('empty.db', 0)
    expect(await about(path)).toEqual({
      ok: true,
      value: { title: 'Smart Agents', first: null, last: null },
    })
  })

  it('leaves nothing running', () => expect.poll(() => world.living()).toBe(0)) // a killed process takes a moment
})
