// F11: files that belong to somebody else.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stateOf } from '../tool-files.ts'
import { hold } from './holder.ts'
import type { Holder } from './holder.ts'
import { halfDone, insert, make, makeShelf, table, wal } from './shelf.ts'
import type { Seen, Shelf } from './shelf.ts'

let shelf: Shelf
beforeAll(async () => void (shelf = await makeShelf()))
afterAll(() => shelf.remove())

if (process.platform !== 'win32')
  describe('F11: files of another user, in folders that can’t be written', () => {
    const asRoot = process.getuid?.() === 0
    /** As root, another user opens it; else this one does, without the right to write there. */
    const openAsOther = async (path: string): Promise<Seen> => {
      const own = await mkdtemp(join(shelf.root, 'own-'))
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
      ['with a hot journal', halfDone, 'crash', { rows: 2000, readFrom: 'copy' }],
    ]
    for (const [i, [what, sql, end, expected]] of states.entries())
      it(`P1: a file ${what} is read whole and left as it was`, async () => {
        const path = await shelf.place(`other-user-${i}`)
        await make(path, sql, end)
        await lock(path)
        const before = await stateOf(dirname(path))
        expect(await openAsOther(path)).toMatchObject(expected)
        expect(await stateOf(dirname(path)), 'P1').toEqual(before)
        await chmod(dirname(path), 0o755)
      })

    it('a live file of another user is read while it is written', async () => {
      const path = await shelf.place('other-user-live')
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
        const path = await shelf.place('other-user-secret')
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
