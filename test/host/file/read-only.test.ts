// Opening a file changes nothing: not its bytes, not its -wal or -shm, not what lies in its folder. Every state that
// a tool or a crash can leave a file in is opened here, and what SQL counts in it is compared with the truth.
import {
  appendFile,
  chmod,
  copyFile,
  link,
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReadOnly } from '../../../host/file/read-only.ts'
import { stateOf } from '../tool-files.ts'
import { hold } from './holder.ts'
import { halfDone, insert, make, makeShelf, table, wal } from './shelf.ts'
import type { Shelf } from './shelf.ts'

let shelf: Shelf
beforeAll(async () => void (shelf = await makeShelf()))
afterAll(() => shelf.remove())

describe('P1: opening a file leaves it, and all beside it, as it was', () => {
  it('a file that is not in WAL mode', async () => {
    const path = await shelf.place('plain')
    await make(path, `${table}; ${insert(500)}`)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 500, readFrom: 'place' })
  })

  it('a file that a tool has open in WAL mode, with rows that are only in the -wal', async () => {
    const path = await shelf.place('live')
    const tool = await hold(path, `${wal}; ${table}; ${insert(300)}; PRAGMA wal_checkpoint; ${insert(200)}`)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 500, readFrom: 'place' })
    await tool.run(insert(1))
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 501, readFrom: 'place' })
    await tool.close()
    expect(await readdir(dirname(path))).toEqual(['tool.db'])
  })

  it('a live file whose -wal is empty just now', async () => {
    const path = await shelf.place('live-empty')
    const tool = await hold(path, `${wal}; ${table}; ${insert(30)}; PRAGMA wal_checkpoint(TRUNCATE)`)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 30, readFrom: 'place' })
    await tool.close()
  })

  it('a file in WAL mode that its tool has closed: neither -wal nor -shm appears', async () => {
    const path = await shelf.place('closed')
    await make(path, `${wal}; ${table}; ${insert(100)}`)
    expect(await readdir(dirname(path))).toEqual(['tool.db'])
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })

  it('a -wal left behind by a crash, its -shm gone', async () => {
    const path = await shelf.place('no-shm')
    await make(path, `${wal}; ${table}; ${insert(100)}`, 'crash')
    await rm(`${path}-shm`)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })

  it('a -wal left behind by a crash, and a -shm that is stale or rubbish', async () => {
    const path = await shelf.place('stale-shm')
    await make(path, `${wal}; ${table}; ${insert(100)}`, 'crash')
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'place' })
    await writeFile(`${path}-shm`, Buffer.alloc(32_768, 7))
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'place' })
  })

  it('a -shm left alone, without a -wal', async () => {
    const path = await shelf.place('only-shm')
    await make(path, `${wal}; ${table}; ${insert(100)}`)
    await writeFile(`${path}-shm`, Buffer.alloc(32_768))
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })

  it('a -wal whose end was torn: what was committed before it is there', async () => {
    const path = await shelf.place('torn')
    await make(path, `${wal}; ${table}; ${insert(100)}; ${insert(50)}`, 'crash')
    const { size } = await stat(`${path}-wal`)
    await truncate(`${path}-wal`, size - 1000)
    await rm(`${path}-shm`)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })

  it('a hot journal: the half-done transaction is rolled back in a copy only', async () => {
    const path = await shelf.place('hot')
    await make(path, halfDone, 'crash')
    expect(await readdir(dirname(path))).toEqual(['tool.db', 'tool.db-journal'])
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 2000, readFrom: 'copy' })
  })

  it('a journal that a tool keeps for its next transaction', async () => {
    const path = await shelf.place('persist')
    await make(path, `PRAGMA journal_mode = PERSIST; ${table}; ${insert(100)}`)
    expect(await readdir(dirname(path))).toEqual(['tool.db', 'tool.db-journal'])
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'place' })
  })

  it('a tool in the middle of a transaction: rows that are not committed are not shown', async () => {
    const path = await shelf.place('transaction')
    const tool = await hold(path, `${table}; ${insert(100)}; BEGIN; ${insert(50)}`)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'place' })
    await tool.run('COMMIT')
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 150, readFrom: 'place' })
    await tool.close()
  })

  it('a tool that keeps its file in WAL mode to itself', async () => {
    const path = await shelf.place('exclusive-wal')
    const tool = await hold(path, `PRAGMA locking_mode = EXCLUSIVE; ${wal}; ${table}; ${insert(100)}`)
    expect(await readdir(dirname(path))).toEqual(['tool.db', 'tool.db-wal'])
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
    await tool.close()
  })

  it('a tool that keeps its file locked: told as busy, within five seconds', async () => {
    const path = await shelf.place('locked')
    const tool = await hold(path, `${table}; ${insert(100)}; BEGIN EXCLUSIVE`)
    const before = await stateOf(dirname(path))
    const began = Date.now()
    expect(await shelf.look(path)).toEqual({ error: 'file-busy' })
    expect(Date.now() - began).toBeLessThan(5000)
    await tool.run('COMMIT')
    expect((await stateOf(dirname(path)))[0]).toBe(before[0])
    expect(await shelf.look(path)).toEqual({ rows: 100, readFrom: 'place' })
    await tool.close()
  })

  it('a link into another folder, where the -wal is', async () => {
    const path = await shelf.place('real')
    const tool = await hold(path, `${wal}; ${table}; ${insert(300)}`)
    const linked = await shelf.place('linked', 'link.db')
    await symlink(path, linked)
    const before = await stateOf(dirname(path))
    expect(await shelf.lookWithoutTrace(linked)).toEqual({ rows: 300, readFrom: 'place' })
    expect(await stateOf(dirname(path))).toEqual(before)
    await tool.crash()
    await rm(`${path}-shm`)
    expect(await shelf.lookWithoutTrace(linked)).toEqual({ rows: 300, readFrom: 'copy' })
  })

  it('a file with a name that is hard to write in an address', async () => {
    const names = ['a b?readonly_shm=0#x%41&.db', 'ünï—日本.db', 'quote\'".db', 'file:x.db']
    for (const [i, name] of names.entries()) {
      const path = join(shelf.root, `odd-${i}`, name)
      await mkdir(dirname(path))
      const tool = await hold(path, `${wal}; ${table}; ${insert(7)}`)
      expect(await shelf.lookWithoutTrace(path), name).toEqual({ rows: 7, readFrom: 'place' })
      await tool.close()
      expect(await shelf.lookWithoutTrace(path), name).toEqual({ rows: 7, readFrom: 'copy' })
    }
  })

  it('a read-only file', async () => {
    const path = await shelf.place('read-only')
    await make(path, `${wal}; ${table}; ${insert(100)}`)
    await chmod(path, 0o444)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })
})

describe('what would show wrong figures is refused, and left as it was', () => {
  it('an empty file beside a -wal that SQLite would throw away', async () => {
    const path = await shelf.place('empty-db')
    await make(path, `${wal}; ${table}; ${insert(100)}`, 'crash')
    await truncate(path, 0)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
    await rm(`${path}-shm`)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
    await rm(`${path}-wal`)
    await writeFile(`${path}-journal`, Buffer.alloc(600, 1))
    expect(await shelf.lookWithoutTrace(path)).toEqual({ error: 'file-empty' })
  })

  it('a -wal of another database, with its -shm or without', async () => {
    const path = await shelf.place('foreign')
    await make(path, `${wal}; ${table}; ${insert(100)}`, 'crash')
    const other = await shelf.place('other')
    await make(
      other,
      `${wal}; CREATE TABLE u (x); CREATE TABLE t (x); PRAGMA wal_checkpoint(TRUNCATE); ${insert(9)}`,
      'crash',
    )
    for (const end of ['-wal', '-shm']) await copyFile(other + end, path + end)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
    await rm(`${path}-shm`)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
    expect(await shelf.lookWithoutTrace(other)).toEqual({ rows: 9, readFrom: 'place' })
  })

  it('a restored file beside the -wal of the time before', async () => {
    const path = await shelf.place('restored')
    await make(path, `${wal}; ${table}; ${insert(100)}`)
    const backup = await readFile(path)
    await make(
      path,
      `${wal}; ${insert(900)}; PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM t WHERE id < 9`,
      'crash',
    )
    await writeFile(path, backup)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
  })

  it('a -wal of a version that nobody knows', async () => {
    const path = await shelf.place('version')
    await make(path, `${wal}; ${table}; ${insert(10)}`, 'crash')
    const log = await readFile(`${path}-wal`)
    log.writeUInt32BE(3_008_000, 4)
    let [a, b] = [0, 0]
    for (let at = 0; at < 24; at += 8) {
      a = (a + log.readUInt32LE(at) + b) >>> 0
      b = (b + log.readUInt32LE(at + 4) + a) >>> 0
    }
    log.writeUInt32BE(a, 24)
    log.writeUInt32BE(b, 28)
    await writeFile(`${path}-wal`, log)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ error: 'file-damaged' })
  })

  it('a file that was cut short', async () => {
    const path = await shelf.place('cut')
    await make(path, `${table}; ${insert(2000)}`)
    await truncate(path, 4096 * 3 + 100)
    expect(await shelf.lookWithoutTrace(path)).toEqual({ error: 'file-cut-short' })
  })
})

it('a journal that names a file for SQLite to delete does not get it deleted', async () => {
  const path = await shelf.place('evil')
  await make(path, halfDone, 'crash')
  const precious = join(shelf.root, 'evil', 'precious.txt')
  await writeFile(precious, 'words that nobody may lose\n')
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  const name = Buffer.from(precious)
  const sum = name.reduce((total, byte) => total + byte, 0)
  const magic = Buffer.from('d9d505f920a163d7', 'hex')
  const lockPage = 0x4000_0000 / 4096 + 1
  await appendFile(
    `${path}-journal`,
    Buffer.concat([number(lockPage), name, number(name.length), number(sum), magic]),
  )
  expect(await shelf.lookWithoutTrace(path)).toEqual({ rows: 2000, readFrom: 'copy' })
  await rm(precious) // now it looks as if the transaction over several databases had been committed
  const before = await stateOf(dirname(path))
  const seen = await shelf.look(path)
  expect(seen.rows).not.toBe(2000)
  expect(await stateOf(dirname(path)), 'P1').toEqual(before)
})

it('a second name of a file in WAL mode is told: newer rows may lie beside the other one', async () => {
  const path = await shelf.place('names')
  await make(path, `${wal}; ${table}; ${insert(10)}`)
  const names = async (): Promise<boolean> => {
    const opened = await openReadOnly({ path, temporary: shelf.temporary, now: 0 }, () => {})
    if (!opened.ok) throw new Error(opened.error.kind)
    await opened.value.close()
    return opened.value.look.otherNames
  }
  expect(await names()).toBe(false)
  await link(path, join(shelf.root, 'names', 'second.db'))
  expect(await names()).toBe(true)
})
