// A consistent image of a telemetry file, for the window to read with sql.js. The image is made by SQLite itself
// (rows in the -wal included), lives in the memory of a child process, and is served from there in pieces: it is
// never written to disk and never wholly in the memory of the program.
import type { Job } from '../jobs.ts'
import { fail, ok } from '../../shared/result.ts'
import { explainSqlite } from './native.ts'
import { openReadOnly } from './read-only.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface OpenSnapshot {
  input: ReadOnlyInput
  output: {
    readonly imageSize: number
    readonly fileSize: number
    readonly modified: number
    readonly writing: boolean
    readonly readFrom: 'place' | 'copy'
  }
}

export const openSnapshot: Job<'snapshot'> = async (input, port) => {
  const opened = await openReadOnly(input, port.progress)
  if (!opened.ok) return opened
  const { db, look, readFrom, close } = opened.value
  try {
    const size = look.size + look.walSize
    port.progress({ phase: 'reading', done: 0, total: 1 })
    const image = db.serialize()
    port.serve((offset, length) => image.slice(offset, offset + length))
    return ok({
      imageSize: image.length,
      fileSize: size,
      modified: look.modified,
      writing: look.writing,
      readFrom,
    })
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await close()
  }
}
