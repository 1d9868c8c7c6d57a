// A consistent image of a telemetry file, for the window to read with sql.js. Where the file alone is the database and
// whoever asks can wait for certainty, it is lent: read where it lies, by the process that asked, while this one holds
// SQLite's lock. Elsewhere the image is made by SQLite itself (rows in the -wal included), lives in the memory of this
// process, and is served from there in pieces. A SQLite that can't make an image (serialize() came with Node 24.18) has
// its private copy served instead.
import { randomUUID } from 'node:crypto'
import { openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Progress } from '../../shared/bridge.ts'
import type { Job, SnapshotPort } from '../jobs.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { canSerialize, markOf } from './native.ts'
import { atOneMoment, explainOpened, imageSize, lend, openReadOnly } from './read-only.ts'
import type { ReadOnlyFile, ReadOnlyInput } from './read-only.ts'

interface Snapshot {
  readonly imageSize: number
  readonly fileSize: number
  readonly modified: number
  readonly writing: boolean
  readonly readFrom: 'place' | 'copy'
  readonly isSample: boolean
}

/** The file lies still at this place until it is given back; whether it did is what the answer says. */
export interface Lent {
  readonly phase: 'lent'
  readonly place: string
  readonly snapshot: Snapshot
}

export interface OpenSnapshot {
  input: ReadOnlyInput & { readonly mayLend?: boolean }
  item: Progress | Lent
  output: Snapshot
}

/** Most tools wait for five seconds, some for less; a disk may take longer than that. */
const longestLock = 2000

type Serialize = ((db: DatabaseSync) => Uint8Array) | null

/** A few bytes of a hostile -wal can claim terabytes; an image is as big as what it is made of, and some freed pages. */
const mostBeyond = 512 * 1024 * 1024

export function snapshotJob(serialize: Serialize): Job<'snapshot'> {
  return async (input, port) => {
    const opened = await openReadOnly(input, port.progress, serialize === null ? 'copy' : 'anywhere')
    if (!opened.ok) return opened
    const file = opened.value
    try {
      const isSample = markOf(file.db) === 'sample' // while it is open: a copy is served closed
      const { look, readFrom } = file
      const about = (imageSize: number): Snapshot => ({
        imageSize,
        fileSize: look.size + look.walSize,
        modified: look.modified,
        writing: look.writing,
        readFrom,
        isSample,
      })
      const lent = input.mayLend === true && serialize !== null ? lend(file) : null
      if (lent?.ok === false) return lent
      if (lent !== null) {
        const snapshot = about(lent.value.size)
        port.progress({ phase: 'lent', place: lent.value.place, snapshot })
        const unlock = setTimeout(() => lent.value.unlock(), longestLock)
        await port.givenBack()
        clearTimeout(unlock)
        const ended = lent.value.end()
        return ended.ok ? ok(snapshot) : ended
      }
      const served =
        serialize === null ? serveCopy(file, input.temporary, port) : serveImage(file, serialize, port)
      return served.ok ? ok(about(served.value)) : served
    } catch (error) {
      return fail(explainOpened(error, file))
    } finally {
      await file.close()
    }
  }
}

export const openSnapshot = snapshotJob(canSerialize() ? (db) => db.serialize() : null)

function serveImage(
  file: ReadOnlyFile,
  serialize: (db: DatabaseSync) => Uint8Array,
  port: SnapshotPort,
): Result<number> {
  const { path, size, walSize } = file.look
  port.progress({ phase: 'reading', done: 0, total: 1 })
  const expected = imageSize(file.db)
  if (expected > size + walSize + mostBeyond) return fail({ kind: 'file-damaged', path, detail: 'pages' })
  const image = atOneMoment(file, serialize)
  if (!image.ok) return image
  const bytes = image.value
  if (bytes.length === 0) return fail({ kind: 'file-changed', path }) // emptied since it was looked at
  port.serve((offset, length) => bytes.subarray(offset, offset + length))
  return ok(bytes.length)
}

/** The copy with its -wal worked in; what was read from text has no copy yet. */
function serveCopy({ db, copy }: ReadOnlyFile, temporary: string, port: SnapshotPort): Result<number> {
  const image = copy ?? join(temporary, `${randomUUID()}.db`)
  if (copy === null) db.prepare('VACUUM INTO ?').run(image)
  else {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
  }
  const served = openSync(image, 'r') // for as long as this process lives
  port.serve((offset, length) => {
    const bytes = new Uint8Array(length)
    return bytes.subarray(0, readSync(served, bytes, 0, length, offset))
  })
  return ok(statSync(image).size)
}
