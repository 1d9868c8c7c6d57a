// The replay of a -wal without SQLite, measured against SQLite: the image must be the same, byte for byte.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { tell } from '../figures.ts'
import { applyWal, needsWal } from '../../shared/viewer/wal.ts'
import { nativeImage, openWal, otherEndian, takePair, withFolder } from './wal-files.ts'
import type { Pair } from './wal-files.ts'
import { random, work } from './wal-work.ts'

const long = process.env['SIGHTGLASS_LONG'] !== undefined
const rows = (count: number, bytes: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
   INSERT INTO t (x) SELECT hex(randomblob(${bytes})) FROM n`

/** The pair after some work on a database that already holds rows of its own, checkpointed. */
function after(sql: readonly string[], { fresh = false } = {}): Pair {
  return withFolder((folder) => {
    const path = join(folder, 'a.db')
    const db = openWal(path)
    if (!fresh)
      db.exec(
        `CREATE TABLE t (id INTEGER PRIMARY KEY, x); ${rows(500, 200)}; PRAGMA wal_checkpoint(TRUNCATE)`,
      )
    for (const one of sql) db.exec(one)
    const pair = takePair(path)
    if (db.isTransaction) db.exec('ROLLBACK')
    db.close()
    return pair
  })
}

/** Equal to SQLite's own image, and with frames that count: an empty log would prove nothing. */
function expectSame(pair: Pair): void {
  const native = nativeImage(pair)
  const replayed = applyWal(pair.db, pair.wal)
  if (typeof native === 'string' || !replayed.ok) throw new Error(`refused: ${String(native)}`)
  expect(replayed.value.frames).toBeGreaterThan(0)
  expect(Buffer.compare(replayed.value.image, native)).toBe(0)
}

/** A checkpoint that was cut off: it brings pages over in their order. */
function halfBroughtOver({ db, wal }: Pair, next: () => number): Pair {
  const replayed = applyWal(db, wal)
  if (!replayed.ok) throw new Error(replayed.error)
  const { image, frames } = replayed.value
  if (frames === 0) return { db, wal }
  const told = new DataView(image.buffer, image.byteOffset).getUint16(16)
  const size = told === 1 ? 65_536 : told
  const part = Math.floor(next() * (image.length / size)) * size
  const half = new Uint8Array(Math.max(db.length, part))
  half.set(db)
  half.set(image.subarray(0, part))
  return { db: half, wal }
}

describe('F8: a -wal read without SQLite', () => {
  const shapes: Readonly<Record<string, () => Pair>> = {
    'new rows in the log': () => after([rows(300, 100)]),
    'all rows and the schema in the log': () =>
      after(['CREATE TABLE t (id INTEGER PRIMARY KEY, x)', rows(900, 90)], { fresh: true }),
    'a log that is partly brought over': () =>
      after([
        rows(300, 100),
        'PRAGMA wal_checkpoint(PASSIVE)',
        rows(20, 50),
        'DELETE FROM t WHERE id % 7 = 0',
      ]),
    'a log begun anew over an older, longer one': () =>
      after([rows(900, 300), 'PRAGMA wal_checkpoint(RESTART)', rows(10, 50)]),
    'a log whose last write was torn': () => {
      const pair = after([rows(200, 100), rows(200, 100)])
      return { ...pair, wal: pair.wal.slice(0, -3000) }
    },
    'a transaction that is not committed yet': () =>
      after([rows(100, 100), 'PRAGMA cache_size = 3', `BEGIN; ${rows(900, 500)}`]),
    'a database made smaller': () => after(['DELETE FROM t WHERE id > 20', 'VACUUM']),
    'a log written on a machine of the other byte order': () => {
      const pair = after([rows(300, 100)])
      return { ...pair, wal: otherEndian(pair.wal) }
    },
  }
  for (const [shape, make] of Object.entries(shapes))
    it(`gives what SQLite gives: ${shape}`, () => {
      expectSame(make())
    })

  it(`gives what SQLite gives at every moment of ${long ? 300 : 12} random lives, and never takes a log for another's`, () => {
    let compared = 0
    for (let seed = 1; seed <= (long ? 300 : 12); seed++)
      withFolder((folder) => {
        for (const pair of work(folder, seed, 25)) {
          const turned =
            seed % 5 === 0 && pair.wal.length > 32 ? { ...pair, wal: otherEndian(pair.wal) } : pair
          const replayed = applyWal(turned.db, turned.wal)
          if (!replayed.ok) throw new Error(`seed ${seed}: ${replayed.error}`)
          if (replayed.value.frames === 0) continue
          const native = nativeImage(turned)
          if (typeof native === 'string') throw new Error(`seed ${seed}: ${native}`)
          if (Buffer.compare(native, replayed.value.image) !== 0)
            throw new Error(`seed ${seed}: another image`)
          compared++
        }
      })
    tell(`F8: ${compared} moments compared with SQLite, all equal`)
    expect(compared).toBeGreaterThan(100)
  }, 300_000)

  it('never takes a log for another’s at the moment of a crash: the last write torn, or half of it brought over', () => {
    let tried = 0
    for (let seed = 1; seed <= (long ? 300 : 8); seed++)
      withFolder((folder) => {
        const next = random(seed)
        let before: Pair | null = null
        for (const pair of work(folder, seed + 7000, 25)) {
          const moments = [halfBroughtOver(pair, next)]
          // what was written since the step before may be torn, where nothing of it was brought over
          if (
            before !== null &&
            Buffer.compare(before.db, pair.db) === 0 &&
            pair.wal.length > before.wal.length
          ) {
            const length = before.wal.length + Math.floor(next() * (pair.wal.length - before.wal.length))
            moments.push({ db: pair.db, wal: pair.wal.slice(0, length) })
          }
          for (const moment of moments) {
            const replayed = applyWal(moment.db, moment.wal)
            if (!replayed.ok) throw new Error(`seed ${seed}: ${replayed.error}`)
            tried++
          }
          before = pair
        }
      })
    tell(`F8: ${tried} moments of a crash, no log taken for another’s`)
    expect(tried).toBeGreaterThan(200)
  }, 300_000)

  it('stops at the first byte that is wrong, as SQLite does, wherever it lies', () => {
    const pair = after([rows(60, 100), rows(60, 100), rows(60, 100)])
    const next = random(5)
    let fewer = 0
    for (let i = 0; i < 60; i++) {
      const wal = pair.wal.slice()
      const at = Math.floor(next() * wal.length)
      wal[at] = (wal[at] ?? 0) ^ (1 + Math.floor(next() * 255))
      const replayed = applyWal(pair.db, wal)
      const native = nativeImage({ db: pair.db, wal })
      if (typeof native === 'string') expect(replayed).toEqual({ ok: false, error: 'unreadable' })
      else if (!replayed.ok) throw new Error('refused what SQLite reads')
      else {
        if (replayed.value.frames > 0) expect(Buffer.compare(replayed.value.image, native)).toBe(0)
        else expect(replayed.value.image).toBe(pair.db)
        fewer++
      }
    }
    expect(fewer).toBeGreaterThan(50)
  })
})

describe('a -wal that lies beside the wrong database', () => {
  it('is refused, where SQLite would show a mixture', () => {
    const mine = after([rows(300, 100)])
    const other = after(['CREATE TABLE u (y)', 'PRAGMA wal_checkpoint(TRUNCATE)', 'INSERT INTO u VALUES (1)'])
    expect(applyWal(mine.db, other.wal)).toEqual({ ok: false, error: 'foreign' })
    expect(applyWal(other.db, mine.wal)).toEqual({ ok: false, error: 'foreign' })
    expect(applyWal(other.db, other.wal).ok).toBe(true)
    expect(applyWal(mine.db, mine.wal).ok).toBe(true)
  })

  it('is refused when it has another page size, or the database is not in WAL mode, or there is no database', () => {
    const mine = after([rows(300, 100)])
    const small = withFolder((folder) => {
      const db = openWal(join(folder, 'a.db'), { pageSize: 1024 })
      db.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, x); ${rows(50, 50)}`)
      const pair = takePair(join(folder, 'a.db'))
      db.close()
      return pair
    })
    const plain = withFolder((folder) => {
      const db = new DatabaseSync(join(folder, 'a.db'))
      db.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, x); ${rows(50, 50)}`)
      db.close()
      return takePair(join(folder, 'a.db'))
    })
    for (const db of [small.db, plain.db, new Uint8Array(0)])
      expect(applyWal(db, mine.wal)).toEqual({ ok: false, error: 'foreign' })
  })

  it('is refused where a tree would grow a page of another kind, though the first page fits', () => {
    const table = 'BEGIN; CREATE TABLE t (id INTEGER PRIMARY KEY, x)'
    const more = `BEGIN; CREATE TABLE v (y); CREATE TABLE w (y); ${rows(30, 100)}; COMMIT`
    const begin = 'COMMIT; PRAGMA wal_checkpoint(TRUNCATE)'
    // the third page is an index here, and there a part of the table that the log leaves as it is
    const mine = after([`${table}; CREATE INDEX i ON t (x); ${rows(3, 9)}; ${begin}`], { fresh: true })
    const other = after([`${table}; ${rows(25, 100)}; ${begin}`, more], { fresh: true })
    expect(applyWal(other.db, other.wal).ok).toBe(true)
    expect(applyWal(mine.db, other.wal)).toEqual({ ok: false, error: 'foreign' })
  })

  it(`is told apart in at least 97 of 100 pairs of small random databases`, () => {
    const pairs = Array.from({ length: 60 }, (_, seed) =>
      withFolder((folder) => [...work(folder, seed + 500, 15)].at(-1)),
    ).filter((pair) => pair !== undefined)
    let counted = 0
    let told = 0
    for (const { db } of pairs)
      for (const { db: own, wal } of pairs) {
        if (db === own) continue
        const replayed = applyWal(db, wal)
        if (replayed.ok && replayed.value.frames === 0) continue
        counted++
        if (!replayed.ok) told++
      }
    tell(`foreign -wal: ${told} of ${counted} pairs told apart`)
    expect(told / counted).toBeGreaterThanOrEqual(0.97)
  })

  it('is refused when it claims more pages than the two files can hold', () => {
    const { db, wal } = after([rows(300, 100)])
    expect(applyWal(db, wal, 1000)).toEqual({ ok: false, error: 'too-large' })
  })
})

it('asks for the -wal of a file in WAL mode only', () => {
  const { db } = after([rows(1, 1)])
  expect(needsWal(db)).toBe(true)
  const plain = db.slice(0, 100)
  plain[18] = plain[19] = 1
  expect(needsWal(plain)).toBe(false)
  expect(needsWal(new Uint8Array(50))).toBe(false)
  expect(needsWal(new TextEncoder().encode('<html>'.repeat(40)))).toBe(false)
})
