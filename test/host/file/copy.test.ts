// A private copy is of one moment, whatever happens to the file while it is copied.
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { closeSync, copyFileSync, openSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyTogether } from '../../../host/file/copy.ts'
import { look } from '../../../host/file/look.ts'
import { hold } from './holder.ts'

let root = ''
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'sightglass-copy-'))))
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 3 }))

const insert = (rows: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
   INSERT INTO t (x) SELECT hex(randomblob(400)) FROM n`
const wal = 'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0'
const table = 'CREATE TABLE t (id INTEGER PRIMARY KEY, x)'

async function copyOf(path: string, onProgress: () => void): Promise<{ copy: string; kind: string }> {
  const seen = await look(path, 0)
  if (!seen.ok) throw new Error(seen.error.kind)
  const copy = `${path}.copy`
  const answer = await copyTogether(seen.value, copy, onProgress)
  return { copy, kind: answer.ok ? 'copied' : answer.error.kind }
}
function rowsOf(path: string): number {
  const db = new DatabaseSync(path)
  try {
    expect(db.prepare('PRAGMA quick_check').all()).toEqual([{ quick_check: 'ok' }])
    return Number(db.prepare('SELECT count(*) AS n FROM t').get()?.['n'])
  } finally {
    db.close()
  }
}

it('a tool that begins its log anew between the two files is not mixed up', async () => {
  const path = join(root, 'restart', 'tool.db')
  await mkdir(dirname(path))
  const tool = await hold(path, `${wal}; ${table}; ${insert(400)}; PRAGMA wal_checkpoint; ${insert(5)}`)
  const states = [405, 609]
  const keep = async (name: string): Promise<void> => {
    for (const end of ['', '-wal']) await copyFile(path + end, join(root, name + end))
  }
  await keep('early')
  await tool.run(`${insert(200)}; PRAGMA wal_checkpoint(RESTART); ${insert(4)}`)
  await keep('late')
  await tool.crash()
  await rm(`${path}-shm`)
  const put = (name: string): void => {
    for (const end of ['', '-wal']) copyFileSync(join(root, name + end), path + end)
  }
  put('early')
  let calls = 0
  const { copy, kind } = await copyOf(path, () => {
    if (calls++ === 0) put('late') // after the database was copied, before the log was
  })
  expect(kind).toBe('copied')
  expect(states).toContain(rowsOf(copy))
})

it('a file that changes all the time is told as busy within five seconds', async () => {
  const path = join(root, 'busy', 'tool.db')
  await mkdir(dirname(path))
  const tool = await hold(path, `PRAGMA journal_mode = WAL; ${table}; ${insert(400)}`)
  await tool.close()
  const began = Date.now()
  const bytes = await readFile(path)
  const file = openSync(path, 'r+')
  let turn = 0
  const change = (): void => {
    bytes.writeUInt32BE(turn++, 24)
    writeSync(file, bytes, 0, bytes.length, 0)
  }
  const timer = setInterval(change, 2)
  const { kind } = await copyOf(path, change)
  clearInterval(timer)
  closeSync(file)
  expect(kind).toBe('file-busy')
  expect(Date.now() - began).toBeLessThan(5000)
})

it('a change of the same size within one tick of the clock is waited for', async () => {
  const path = join(root, 'tick', 'tool.db')
  await mkdir(dirname(path))
  const tool = await hold(path, `PRAGMA journal_mode = WAL; ${table}; ${insert(40)}`)
  await tool.close()
  const now = new Date(Math.floor(Date.now() / 1000) * 1000) // as a file system with whole seconds has it
  await utimes(path, now, now)
  const began = Date.now()
  expect((await copyOf(path, () => {})).kind).toBe('copied')
  expect(Date.now() - began).toBeGreaterThan(1000 - (began - now.getTime()))
})

it('the name of a file that SQLite would delete is taken off the copy of a journal', async () => {
  const path = join(root, 'named', 'tool.db')
  await mkdir(dirname(path))
  const tool = await hold(
    path,
    `${table}; ${insert(500)}; PRAGMA cache_size = 5; BEGIN; DELETE FROM t; ${insert(900)}`,
  )
  await tool.crash()
  const precious = join(root, 'named', 'precious.txt')
  await writeFile(precious, 'words')
  const plain = await readFile(`${path}-journal`)
  const name = Buffer.from(precious)
  const tail = Buffer.alloc(16)
  tail.writeUInt32BE(name.length, 0)
  tail.writeUInt32BE(
    name.reduce((sum, byte) => sum + byte, 0),
    4,
  )
  Buffer.from('d9d505f920a163d7', 'hex').copy(tail, 8)
  await appendFile(`${path}-journal`, Buffer.concat([Buffer.from([0, 4, 0, 1]), name, tail]))
  const { copy } = await copyOf(path, () => {})
  expect(Buffer.compare(await readFile(`${copy}-journal`), plain)).toBe(0)
  expect(rowsOf(copy)).toBe(500)
  expect(await readFile(precious, 'utf8')).toBe('words')
  await rm(precious) // its transaction over several databases was committed
  const again = await copyOf(path, () => {})
  await expect(readFile(`${again.copy}-journal`)).rejects.toThrow('ENOENT')
})
