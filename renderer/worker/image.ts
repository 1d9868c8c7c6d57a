// Brings a database image into one buffer of its own size, without a second copy of it on the way.
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { readHeader } from '../../shared/viewer/sqlite.ts'
import type { ImageSource } from './messages.ts'

const pieceSize = 4 * 1024 * 1024

export async function fetchImage(
  source: ImageSource,
  name: string,
  onProgress: (done: number, total: number) => void,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const image =
    source.from === 'host' ? await fromHost(source, onProgress) : await fromPage(source.file, name)
  if (!image.ok) return image
  const header = readHeader(image.value.subarray(0, 100))
  if (header.kind === 'empty') return fail({ kind: 'file-empty', path: name })
  if (header.kind === 'not-sqlite') return fail({ kind: 'file-not-sqlite', path: name })
  return image
}

async function fromHost(
  { url, headers, size }: Extract<ImageSource, { from: 'host' }>,
  onProgress: (done: number, total: number) => void,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const gone: AppError = { kind: 'disconnected' }
  const response = await fetch(url, { headers })
  if (!response.ok || response.body === null) return fail(gone)
  const image = new Uint8Array(size)
  const reader = response.body.getReader({ mode: 'byob' })
  let piece = new ArrayBuffer(pieceSize)
  for (let done = 0; ;) {
    const { value, done: ended } = await reader.read(new Uint8Array(piece))
    if (value === undefined || ended) return done === size ? ok(image) : fail(gone)
    if (done + value.length > size) return fail(gone)
    image.set(value, done)
    done += value.length
    piece = value.buffer
    onProgress(done, size)
  }
}

/** A browser gives a dropped file's bytes only as long as the file has not changed since. */
async function fromPage(file: Blob, name: string): Promise<Result<Uint8Array<ArrayBuffer>>> {
  try {
    return ok(new Uint8Array(await file.arrayBuffer()))
  } catch {
    return fail({ kind: 'file-changed', path: name })
  }
}
