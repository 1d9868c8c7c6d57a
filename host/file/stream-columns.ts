// For files that are too big for the window: the same stages run here, on the native engine, and only columns
// leave, chunk by chunk as the window asks for them.
import { schemaKey } from '../../shared/formats/generic.ts'
import { countUnreadable } from '../../shared/formats/recognise.ts'
import type { Format } from '../../shared/formats/format.ts'
import { ok } from '../../shared/result.ts'
import { ChunkBuilder } from '../../shared/viewer/columns.ts'
import type { EventReader } from '../../shared/viewer/events.ts'
import { encodeFrame } from '../../shared/viewer/frames.ts'
import type { Frame } from '../../shared/viewer/frames.ts'
import { rawColumns } from '../../shared/viewer/parts.ts'
import type { Sqlite } from '../../shared/viewer/sqlite.ts'
import type { Job } from '../jobs.ts'
import { explainSqlite, markOf } from './native.ts'
import { openAs } from './read-as.ts'
import type { ReadOnlyInput } from './read-only.ts'
import type { OpenSnapshot } from './snapshot.ts'

export interface StreamColumns {
  input: ReadOnlyInput
  output: Omit<OpenSnapshot['output'], 'imageSize'>
}

export const streamColumns: Job<'columns'> = async (input, port) => {
  const opened = await openAs(input, port.progress, 'of one moment')
  if (!opened.ok) return opened
  const { db, engine, schema, format, recognition, events, look, readFrom, close } = opened.value
  const all = events.span(db)
  const rows = all === null ? 0 : Number(all.to - all.from) + 1
  const unreadableLines = countUnreadable(db, schema)
  const key = schemaKey(schema)
  const about = { key, recognition, unreadableLines, rawColumns: rawColumns(format, schema) }
  const first: Frame = { type: 'recognised', format, rows, ...about }
  const frames = frameByFrame(first, format, events, db, input.path)
  port.serve(() => {
    const next = frames.next()
    if (next.done !== true) return encodeFrame(next.value)
    void close()
    return new Uint8Array(0)
  })
  return ok({
    fileSize: look.size + look.walSize,
    modified: look.modified,
    writing: look.writing,
    readFrom,
    isSample: markOf(engine) === 'sample',
  })
}

function* frameByFrame(
  first: Frame,
  format: Format,
  reader: EventReader,
  db: Sqlite,
  path: string,
): Generator<Frame> {
  try {
    yield first
    for (const chunk of new ChunkBuilder(format).chunks(reader.read(db))) yield { type: 'chunk', chunk }
    yield { type: 'end' }
  } catch (error) {
    yield { type: 'failed', error: explainSqlite(error, path) }
  }
}
