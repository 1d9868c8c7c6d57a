// Receives the columns of a file that the host reads, and hands them to the counter. No SQL runs in the window then.
import type { AppError } from '../../shared/result.ts'
import { buffersOf } from '../../shared/viewer/columns.ts'
import { FrameReader } from '../../shared/viewer/frames.ts'
import type { Frame } from '../../shared/viewer/frames.ts'
import type { FromReader, ReceiveOrder, ToCounterFromReader } from './messages.ts'

const post = (message: FromReader): void => self.postMessage(message)

addEventListener('message', ({ data }: MessageEvent<ReceiveOrder>) => {
  receive(data).catch(() => failed({ kind: 'disconnected' }))
})
const failed = (error: AppError): void => post({ type: 'failed', error })

async function receive({ url, headers, counter }: ReceiveOrder): Promise<void> {
  const tell = (message: ToCounterFromReader, buffers: ArrayBuffer[] = []): void =>
    counter.postMessage(message, buffers)
  const hear = (frame: Frame): void => {
    if (frame.type === 'failed') return failed(frame.error)
    if (frame.type === 'recognised') {
      const { rows: _, ...as } = frame
      post({ ...as, title: frame.format.title })
    }
    // The arrays of a chunk share one buffer here; it moves once.
    tell(frame, frame.type === 'chunk' ? [...new Set(buffersOf(frame.chunk))] : [])
    post({ type: 'alive' })
  }
  const response = await fetch(url, { headers })
  if (!response.ok || response.body === null) return failed({ kind: 'disconnected' })
  const frames = new FrameReader()
  let ended = false
  const reader = response.body.getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) break
    for (const frame of frames.push(value)) {
      hear(frame)
      ended ||= frame.type === 'end' || frame.type === 'failed'
    }
  }
  if (!ended) failed({ kind: 'disconnected' })
}
