// What the Sharing screen knows: whether sharing is on, and the bytes that a day of the open file would send. The
// bytes are made by the host; making them sends nothing.
import type { Bridge, Progress } from '../shared/bridge.ts'
import type { SharePlan, SharingStatus, ShownRequest } from '../shared/share.ts'
import type { AppError } from '../shared/result.ts'

type Preview = SharePlan & ShownRequest

export class SharingDesk {
  readonly #bridge: Bridge
  status = $state.raw<SharingStatus | null>(null)
  level = $state<'basic' | 'detailed'>('detailed')
  preview = $state.raw<Preview | null>(null)
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
      'share.plan',
      { path, day: null, level: this.level, to: 'community' },
      (progress) => {
        if (this.#abort === abort) this.progress = progress
      },
      abort.signal,
    )
    if (this.#abort !== abort) return
    this.working = false
    this.progress = null
    const [request] = made.ok ? made.value.requests : []
    this.preview = made.ok && request !== undefined ? { ...made.value, ...request } : null
    if (!made.ok) this.error = made.error
  }

  cancel(): void {
    this.#abort?.abort()
  }
}
