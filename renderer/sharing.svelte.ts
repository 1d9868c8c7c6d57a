// What the Sharing screen knows: whether sharing is on, and the bytes that a day of the open file would send. The
// bytes are made by the host; making them sends nothing.
import type { Bridge, Progress, SharingPreview } from '../shared/bridge.ts'
import type { SharingStatus } from '../shared/share.ts'
import type { AppError } from '../shared/result.ts'

export class SharingDesk {
  readonly #bridge: Bridge
  status = $state.raw<SharingStatus | null>(null)
  level = $state<'basic' | 'detailed'>('detailed')
  preview = $state.raw<SharingPreview | null>(null)
  /** How far making the preview is; null where none is made. */
  progress = $state.raw<Progress | null>(null)
  working = $state(false)
  error = $state.raw<AppError | null>(null)
  #abort: AbortController | null = null

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  async look(): Promise<void> {
    const status = await this.#bridge.call('share.status', {})
    if (status.ok) this.status = status.value
  }

  async make(path: string): Promise<void> {
    this.#abort?.abort()
    const abort = (this.#abort = new AbortController())
    this.working = true
    this.error = null
    const made = await this.#bridge.stream(
      'share.preview',
      { path, day: null, level: this.level, to: 'community' },
      (progress) => {
        if (this.#abort === abort) this.progress = progress
      },
      abort.signal,
    )
    if (this.#abort !== abort) return
    this.working = false
    this.progress = null
    this.preview = made.ok ? made.value : null
    if (!made.ok) this.error = made.error
  }

  cancel(): void {
    this.#abort?.abort()
  }
}
