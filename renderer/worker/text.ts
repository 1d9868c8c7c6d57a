// A text file of records that was dropped on the page, as a database in this worker's memory: the host does the
// same for a file it can reach.
import { looksLikeJson, TextDatabase } from '../../shared/formats/text-database.ts'
import type { Sqlite } from '../../shared/viewer/sqlite.ts'
import { openEmpty } from './sql-js.ts'

const piece = 1024 * 1024

/** Null where it is no text of records. `alive` is told now and then: this may take a while. */
export async function readText(bytes: Uint8Array, name: string, alive: () => void): Promise<Sqlite | null> {
  if (!looksLikeJson(bytes.subarray(0, 4096))) return null
  const { writer, begin, finish } = await openEmpty()
  const database = new TextDatabase(writer)
  begin()
  const file = database.file(name)
  const decoder = new TextDecoder()
  for (let at = 0; at < bytes.length; at += piece) {
    file.push(decoder.decode(bytes.subarray(at, at + piece), { stream: true }))
    alive()
  }
  file.end()
  return database.finish() === null ? null : finish()
}
