// Opening a file changes nothing: not its bytes, not its -wal or -shm, not what lies in its folder. Every state that
// a tool or a crash can leave a file in is opened here, and what SQL counts in it is compared with the truth.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFile,
  chmod,
  chown,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReadOnly } from '../../../host/file/read-only.ts'
import { snapshotJob } from '../../../host/file/snapshot.ts'
import { stateOf } from '../tool-files.ts'
import { hold } from './holder.ts'
import type { Holder } from './holder.ts'

let root = ''
let temporary = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sightglass-read-only-'))
  await chmod(root, 0o755)
  temporary = join(root, 'temporary')
  await mkdir(temporary)
})
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 3 }))

/** A file's path in a folder of its own, so that the folder can be compared. */
async function place(name: string, file = 'tool.db'): Promise<string> {
  await mkdir(join(root, name))
  return join(root, name, file)
}

const insert = (rows: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
   INSERT INTO t (x) SELECT hex(randomblob(100)) FROM n`
const table = 'CREATE TABLE t (id INTEGER PRIMARY KEY, x)'
const wal = 'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0'

/** A file that a process has made and closed, or left behind by a crash. */
async function make(path: string, sql: string, end: 'close' | 'crash' = 'close'): Promise<void> {
  const holder = await hold(path, sql)
  await holder[end]()
}

interface Seen {
  readonly rows?: number
  readonly readFrom?: string
  readonly error?: string
  readonly otherNames?: boolean
}

async function look(path: string): Promise<Seen> {
  const opened = await openReadOnly({ path, temporary, now: Date.now() }, () => {})
  if (!opened.ok) return { error: opened.error.kind }
  const { db, readFrom, close } = opened.value
  try {
    const rows = Number(Object.values(db.prepare('SELECT count(*) FROM t').get() ?? {})[0])
    return { rows, readFrom }
  } finally {
    await close()
  }
}

/** Opens, and compares all that lies in the folder before and after: bytes, names, sizes, times. */
async function lookWithoutTrace(path: string, folder = dirname(path)): Promise<Seen> {
  const before = await stateOf(folder)
  const seen = await look(path)
  expect(await stateOf(folder), 'P1').toEqual(before)
  expect(await readdir(temporary)).toEqual([])
  return seen
}

describe('P1: opening a file leaves it, and all beside it, as it was', () => {
  it('a file that is not in WAL mode', async () => {
    const path = await place('plain')
    await make(path, `${table}; ${insert(500)}`)
    expect(await lookWithoutTrace(path)).toEqual({ rows: 500, readFrom: 'place' })
  })

  it('a file that a tool has open in WAL mode, with rows that are only in the -wal', async () => {
    const path = await place('live')
    const tool = await hold(path, `${wal}; ${table}; ${insert(300)}; PRAGMA wal_checkpoint; ${insert(200)}`)
    expect(await lookWithoutTrace(path)).toEqual({ rows: 500, readFrom: 'place' })
    await tool.run(insert(1))
    expect(await lookWithoutTrace(path)).toEqual({ rows: 501, readFrom: 'place' })
    await tool.close()
    expect(await readdir(dirname(path))).toEqual(['tool.db'])
  })

  it('a live file whose -wal is empty just now', async () => {
    const path = await place('live-empty')
    const tool = await hold(path, `${wal}; ${table}; ${insert(30)}; PRAGMA wal_checkpoint(TRUNCATE)`)
    expect(await lookWithoutTrace(path)).toEqual({ rows: 30, readFrom: 'place' })
    await tool.close()
  })

  it('a file in WAL mode that its tool has closed: neither -wal nor -shm appears', async () => {
    const path = await place('closed')
    await make(path, `${wal}; ${table}; ${insert(100)}`)
    expect(await readdir(dirname(path))).toEqual(['tool.db'])
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })

  it('a -wal left behind by a crash, its -shm gone', async () => {
    const path = await place('no-shm')
    await make(path, `${wal}; ${table}; ${insert(100)}`, 'crash')
    await rm(`${path}-shm`)
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })

  it('a -wal left behind by a crash, and a -shm that is stale or rubbish', async () => {
    const path = await place('stale-shm')
    await make(path, `${wal}; ${table}; ${insert(100)}`, 'crash')
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'place' })
    await writeFile(`${path}-shm`, Buffer.alloc(32_768, 7))
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'place' })
  })

  it('a -shm left alone, without a -wal', async () => {
    const path = await place('only-shm')
    await make(path, `${wal}; ${table}; ${insert(100)}`)
    await writeFile(`${path}-shm`, Buffer.alloc(32_768))
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })

  it('a -wal whose end was torn: what was committed before it is there', async () => {
    const path = await place('torn')
    await make(path, `${wal}; ${table}; ${insert(100)}; ${insert(50)}`, 'crash')
    const { size } = await stat(`${path}-wal`)
    await truncate(`${path}-wal`, size - 1000)
    await rm(`${path}-shm`)
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })

  it('a hot journal: the half-done transaction is rolled back in a copy only', async () => {
    const path = await place('hot')
    await make(
      path,
      `${table}; ${insert(2000)}; PRAGMA cache_size = 5; BEGIN; DELETE FROM t; ${insert(5000)}`,
      'crash',
    )
    expect(await readdir(dirname(path))).toEqual(['tool.db', 'tool.db-journal'])
    expect(await lookWithoutTrace(path)).toEqual({ rows: 2000, readFrom: 'copy' })
  })

  it('a journal that a tool keeps for its next transaction', async () => {
    const path = await place('persist')
    await make(path, `PRAGMA journal_mode = PERSIST; ${table}; ${insert(100)}`)
    expect(await readdir(dirname(path))).toEqual(['tool.db', 'tool.db-journal'])
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'place' })
  })

  it('a tool in the middle of a transaction: rows that are not committed are not shown', async () => {
    const path = await place('transaction')
    const tool = await hold(path, `${table}; ${insert(100)}; BEGIN; ${insert(50)}`)
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'place' })
    await tool.run('COMMIT')
    expect(await lookWithoutTrace(path)).toEqual({ rows: 150, readFrom: 'place' })
    await tool.close()
  })

  it('a tool that keeps its file in WAL mode to itself', async () => {
    const path = await place('exclusive-wal')
    const tool = await hold(path, `PRAGMA locking_mode = EXCLUSIVE; ${wal}; ${table}; ${insert(100)}`)
    expect(await readdir(dirname(path))).toEqual(['tool.db', 'tool.db-wal'])
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
    await tool.close()
  })

  it('a tool that keeps its file locked: told as busy, within five seconds', async () => {
    const path = await place('locked')
    const tool = await hold(path, `${table}; ${insert(100)}; BEGIN EXCLUSIVE`)
    const before = await stateOf(dirname(path))
    const began = Date.now()
    expect(await look(path)).toEqual({ error: 'file-busy' })
    expect(Date.now() - began).toBeLessThan(5000)
    await tool.run('COMMIT')
    expect((await stateOf(dirname(path)))[0]).toBe(before[0])
    expect(await look(path)).toEqual({ rows: 100, readFrom: 'place' })
    await tool.close()
  })

  it('a link into another folder, where the -wal is', async () => {
    const path = await place('real')
    const tool = await hold(path, `${wal}; ${table}; ${insert(300)}`)
    const linked = await place('linked', 'link.db')
    await symlink(path, linked)
    const before = await stateOf(dirname(path))
    expect(await lookWithoutTrace(linked)).toEqual({ rows: 300, readFrom: 'place' })
    expect(await stateOf(dirname(path))).toEqual(before)
    await tool.crash()
    await rm(`${path}-shm`)
    expect(await lookWithoutTrace(linked)).toEqual({ rows: 300, readFrom: 'copy' })
  })

  it('a file with a name that is hard to write in an address', async () => {
    const names = ['a b?readonly_shm=0#x%41&.db', 'ünï—日本.db', 'quote\'".db', 'file:x.db']
    for (const [i, name] of names.entries()) {
      const path = join(root, `odd-${i}`, name)
      await mkdir(dirname(path))
      const tool = await hold(path, `${wal}; ${table}; ${insert(7)}`)
      expect(await lookWithoutTrace(path), name).toEqual({ rows: 7, readFrom: 'place' })
      await tool.close()
      expect(await lookWithoutTrace(path), name).toEqual({ rows: 7, readFrom: 'copy' })
    }
  })

  it('a read-only file', async () => {
    const path = await place('read-only')
    await make(path, `${wal}; ${table}; ${insert(100)}`)
    await chmod(path, 0o444)
    expect(await lookWithoutTrace(path)).toEqual({ rows: 100, readFrom: 'copy' })
  })
})

describe('what would show wrong figures is refused, and left as it was', () => {
  it('an empty file beside a -wal that SQLite would throw away', async () => {
    const path = await place('empty-db')
    await make(path, `${wal}; ${table}; ${insert(100)}`, 'crash')
    await truncate(path, 0)
    expect(await lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
    await rm(`${path}-shm`)
    expect(await lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
    await rm(`${path}-wal`)
    await writeFile(`${path}-journal`, Buffer.alloc(600, 1))
    expect(await lookWithoutTrace(path)).toEqual({ error: 'file-empty' })
  })

  it('a -wal of another database, with its -shm or without', async () => {
    const path = await place('foreign')
    await make(path, `${wal}; ${table}; ${insert(100)}`, 'crash')
    const other = await place('other')
    await make(
      other,
      `${wal}; CREATE TABLE u (x); CREATE TABLE t (x); PRAGMA wal_checkpoint(TRUNCATE); ${insert(9)}`,
      'crash',
    )
    for (const end of ['-wal', '-shm']) await copyFile(other + end, path + end)
    expect(await lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
    await rm(`${path}-shm`)
    expect(await lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
    expect(await lookWithoutTrace(other)).toEqual({ rows: 9, readFrom: 'place' })
  })

  it('a restored file beside the -wal of the time before', async () => {
    const path = await place('restored')
    await make(path, `${wal}; ${table}; ${insert(100)}`)
    const backup = await readFile(path)
    await make(
      path,
      `${wal}; ${insert(900)}; PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM t WHERE id < 9`,
      'crash',
    )
    await writeFile(path, backup)
    expect(await lookWithoutTrace(path)).toEqual({ error: 'wal-foreign' })
  })

  it('a -wal of a version that nobody knows', async () => {
    const path = await place('version')
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
    expect(await lookWithoutTrace(path)).toEqual({ error: 'file-damaged' })
  })

  it('a file that was cut short', async () => {
    const path = await place('cut')
    await make(path, `${table}; ${insert(2000)}`)
    await truncate(path, 4096 * 3 + 100)
    expect(await lookWithoutTrace(path)).toEqual({ error: 'file-cut-short' })
  })
})

it('a journal that names a file for SQLite to delete does not get it deleted', async () => {
  const path = await place('evil')
  await make(
    path,
    `${table}; ${insert(2000)}; PRAGMA cache_size = 5; BEGIN; DELETE FROM t; ${insert(5000)}`,
    'crash',
  )
  const precious = join(root, 'evil', 'precious.txt')
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
  expect(await lookWithoutTrace(path)).toEqual({ rows: 2000, readFrom: 'copy' })
  await rm(precious) // now it looks as if the transaction over several databases had been committed
  const before = await stateOf(dirname(path))
  const seen = await look(path)
  expect(seen.rows).not.toBe(2000)
  expect(await stateOf(dirname(path)), 'P1').toEqual(before)
})

it('a second name of a file in WAL mode is told: newer rows may lie beside the other one', async () => {
  const path = await place('names')
  await make(path, `${wal}; ${table}; ${insert(10)}`)
  const names = async (): Promise<boolean> => {
    const opened = await openReadOnly({ path, temporary, now: 0 }, () => {})
    if (!opened.ok) throw new Error(opened.error.kind)
    await opened.value.close()
    return opened.value.look.otherNames
  }
  expect(await names()).toBe(false)
  await link(path, join(root, 'names', 'second.db'))
  expect(await names()).toBe(true)
})

describe('an image of a file', () => {
  const image = async (path: string, native: boolean): Promise<Buffer> => {
    let read: ((offset: number, length: number) => Uint8Array) | null = null
    const job = snapshotJob(native ? (db: DatabaseSync) => db.serialize() : null)
    const port = {
      progress: () => {},
      serve: (reader: NonNullable<typeof read>) => void (read = reader),
    }
    const answer = await job({ path, temporary, now: Date.now() }, port)
    if (!answer.ok) throw new Error(answer.error.kind)
    const serve = read as ((offset: number, length: number) => Uint8Array) | null
    if (serve === null) throw new Error('nothing served')
    return Buffer.concat([serve(0, 5000), serve(5000, answer.value.imageSize - 5000)])
  }

  it('is the same from a SQLite that can’t make images', async () => {
    const path = await place('image')
    const tool = await hold(path, `${wal}; ${table}; ${insert(3000)}; PRAGMA wal_checkpoint; ${insert(10)}`)
    const before = await stateOf(dirname(path))
    const [native, copied] = [await image(path, true), await image(path, false)]
    expect(Buffer.compare(native, copied)).toBe(0)
    expect(await stateOf(dirname(path)), 'P1').toEqual(before)
    await tool.close()
  })

  it('is made of a log of JSON lines, too, without that', async () => {
    const path = await place('lines', 'log.jsonl')
    const line = JSON.stringify({
      installation_id: 'a-1',
      version: '1.2.3',
      timestamp: '2026-11-20T10:00:00Z',
    })
    await writeFile(path, `${line}\n`.repeat(300))
    const count = (bytes: Buffer): number => {
      const db = new DatabaseSync(':memory:')
      db.deserialize(bytes)
      return db.prepare('SELECT name FROM sqlite_schema').all().length
    }
    expect(count(await image(path, false))).toBe(count(await image(path, true)))
  })
})

if (process.platform !== 'win32')
  describe('F11: files of another user, in folders that can’t be written', () => {
    const asRoot = process.getuid?.() === 0
    /** As root, another user opens it; else this one does, without the right to write there. */
    const openAsOther = async (path: string): Promise<Seen> => {
      const own = await mkdtemp(join(root, 'own-'))
      const who = asRoot ? { uid: 65_534, gid: 65_534 } : {}
      if (asRoot) await chown(own, 65_534, 65_534)
      const script = join(import.meta.dirname, 'other-user.ts')
      const child = spawn(process.execPath, [script, path, own, 't'], {
        ...who,
        cwd: '/',
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let out = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
      await once(child, 'close')
      const said: unknown = JSON.parse(out)
      if (said === null || typeof said !== 'object') throw new Error(out)
      return 'kind' in said ? { error: String(said.kind) } : said
    }
    const lock = async (path: string): Promise<void> => {
      for (const name of await readdir(dirname(path))) await chmod(join(dirname(path), name), 0o444)
      await chmod(dirname(path), 0o555)
    }
    const states: readonly (readonly [string, string, 'close' | 'crash', Seen])[] = [
      ['not in WAL mode', `${table}; ${insert(100)}`, 'close', { rows: 100, readFrom: 'place' }],
      ['in WAL mode, closed', `${wal}; ${table}; ${insert(100)}`, 'close', { rows: 100, readFrom: 'copy' }],
      ['in WAL mode, after a crash', `${wal}; ${table}; ${insert(100)}`, 'crash', { rows: 100 }],
      [
        'with a hot journal',
        `${table}; ${insert(2000)}; PRAGMA cache_size = 5; BEGIN; DELETE FROM t; ${insert(5000)}`,
        'crash',
        { rows: 2000, readFrom: 'copy' },
      ],
    ]
    for (const [i, [what, sql, end, expected]] of states.entries())
      it(`P1: a file ${what} is read whole and left as it was`, async () => {
        const path = await place(`other-user-${i}`)
        await make(path, sql, end)
        await lock(path)
        const before = await stateOf(dirname(path))
        expect(await openAsOther(path)).toMatchObject(expected)
        expect(await stateOf(dirname(path)), 'P1').toEqual(before)
        await chmod(dirname(path), 0o755)
      })

    it('a live file of another user is read while it is written', async () => {
      const path = await place('other-user-live')
      const tool: Holder = await hold(path, `${wal}; ${table}; ${insert(100)}`)
      await lock(path)
      expect(await openAsOther(path)).toMatchObject({ rows: 100 })
      await tool.run(insert(1))
      expect(await openAsOther(path)).toMatchObject({ rows: 101 })
      await chmod(dirname(path), 0o755)
      await tool.close()
    })

    if (asRoot)
      it('a file, or a -wal, that may not be read is told so, and not shown without its newest rows', async () => {
        const path = await place('other-user-secret')
        await make(
          path,
          `${wal}; ${table}; ${insert(100)}; PRAGMA wal_checkpoint(TRUNCATE); ${insert(9)}`,
          'crash',
        )
        await chmod(path, 0o644)
        await chmod(`${path}-wal`, 0o600)
        expect(await openAsOther(path)).toEqual({ error: 'file-forbidden' })
        await chmod(path, 0o600)
        expect(await openAsOther(path)).toEqual({ error: 'file-forbidden' })
      })
  })
