// An export of a file that was dropped on the page. The browser holds it until it is whole, on its disk where it is
// large, and then saves it as a download.
import type { ExportMade, Progress } from '../shared/bridge.ts'
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import type { ExportWish } from '../shared/export.ts'
import type { Program } from './program.svelte.ts'
import { saveFile } from './save.ts'

export async function saveInPage(
  { reader, host }: Program,
  wish: ExportWish,
  gzip: boolean,
  name: string,
  onItem: (item: Progress) => void,
  signal: AbortSignal,
): Promise<Result<Omit<ExportMade, 'path'> & { readonly path: null }>> {
  const { readable, writable } = new TransformStream<string, string>()
  const bytes = readable.pipeThrough(new TextEncoderStream())
  const whole = new Response(gzip ? bytes.pipeThrough(new CompressionStream('gzip')) : bytes).blob()
  const writer = writable.getWriter()
  const written = await reader.rows.exportRows(
    wish,
    ({ text, done, total }) => {
      onItem({ phase: 'writing', done, total })
      void writer.write(text).catch(() => {}) // it was cancelled: what is still on its way goes nowhere
    },
    signal,
  )
  if (!written.ok) {
    whole.catch(() => {})
    await writer.abort().catch(() => {})
    return written
  }
  await writer.close()
  const content = await whole
  const saved = await saveFile(host.shell, name, content)
  if (!saved.ok) return saved
  return saved.value
    ? ok({ path: null, bytes: content.size, tables: written.value, leftOut: [] })
    : fail({ kind: 'cancelled' })
}
