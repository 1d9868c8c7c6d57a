// Which file it is: another one in its place has another number, or another schema.
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { nativeSqlite } from '../file/native.ts'

export interface Identity {
  readonly device: bigint
  readonly inode: bigint
  /** A digest of all that it says of its tables. */
  readonly schema: string
}

export async function identify(db: DatabaseSync, place: string): Promise<Identity> {
  const { dev, ino } = await stat(place, { bigint: true })
  const hash = createHash('sha256')
  for (const [sql] of nativeSqlite(db).rows("SELECT coalesce(sql, '') FROM sqlite_schema ORDER BY rowid"))
    hash.update(`${String(sql)}\0`)
  return { device: dev, inode: ino, schema: hash.digest('hex') }
}
