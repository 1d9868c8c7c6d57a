// What was dropped on the page of a browser, which gives bytes and names but no paths.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { explainedByWal, mainOf, readDropped } from '../../renderer/dropped.ts'
import { openWal, takePair, withFolder } from '../shared/wal-files.ts'

const pair = withFolder((folder) => {
  const db = openWal(join(folder, 'a.db'))
  db.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)')
  const taken = takePair(join(folder, 'a.db'))
  db.close()
  return taken
})
const db = new File([pair.db], 'tool.db')
const wal = new File([pair.wal], 'tool.db-wal')
const shm = new File([new Uint8Array(32_768)], 'tool.db-shm')

it('a file and its -wal are taken together, in whatever order they were dropped', async () => {
  for (const files of [
    [db, wal, shm],
    [shm, wal, db],
  ]) {
    expect(mainOf(files)).toBe(db)
    const dropped = await readDropped(files)
    if (!dropped.ok) throw new Error(dropped.error.kind)
    expect(dropped.value).toMatchObject({ name: 'tool.db', size: pair.db.length, walMissing: false })
    expect(dropped.value.wal?.byteLength).toBe(pair.wal.length)
  }
})

it('the -wal is asked for where the file is in WAL mode, and only there', async () => {
  expect(await readDropped([db])).toMatchObject({ ok: true, value: { walMissing: true, wal: null } })
  const other = new File([pair.wal], 'other.db-wal')
  expect(await readDropped([db, other])).toMatchObject({ ok: true, value: { walMissing: true, wal: null } })
  const plain = pair.db.slice()
  plain[18] = plain[19] = 1
  expect(await readDropped([new File([plain], 'tool.db')])).toMatchObject({ value: { walMissing: false } })
  expect(await readDropped([new File(['{"a":1}'], 'log.jsonl')])).toMatchObject({
    value: { walMissing: false },
  })
})

it('a file that seems to hold nothing is told to lack its -wal, rather than to be unknown', () => {
  expect(explainedByWal({ kind: 'file-unknown', path: 'tool.db', tables: [] })).toEqual({
    kind: 'wal-missing',
    path: 'tool.db',
  })
  expect(explainedByWal({ kind: 'cancelled' })).toEqual({ kind: 'cancelled' })
})

it('an unfinished transaction is not shown', async () => {
  const hot = new File([new Uint8Array(1024).fill(0xd9)], 'tool.db-journal')
  expect(await readDropped([db, wal, hot])).toMatchObject({ ok: false, error: { kind: 'journal-hot' } })
  const emptied = new File([new Uint8Array(1024)], 'tool.db-journal')
  expect(await readDropped([db, wal, emptied])).toMatchObject({ ok: true })
})

it('a file that changed after it was dropped is to be dropped again', async () => {
  const changed = Object.assign(new File([pair.db], 'tool.db'), {
    arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')),
  })
  expect(await readDropped([changed])).toEqual({
    ok: false,
    error: { kind: 'file-changed', path: 'tool.db' },
  })
})
