// The files that a person can open by one click: found where tools keep theirs, and those opened lately; and what is
// known of each beside its size.
import type { Bridge, FileEntry } from '../shared/bridge.ts'
import type { AppError, Result } from '../shared/result.ts'
import { Abouts } from './abouts.svelte.ts'

export class KnownFiles {
  readonly #bridge: Bridge
  readonly #failed: (error: AppError) => void
  readonly abouts: Abouts
  discovered = $state.raw<readonly FileEntry[] | null>(null)
  recent = $state.raw<readonly FileEntry[] | null>(null)

  constructor(bridge: Bridge, failed: (error: AppError) => void) {
    this.#bridge = bridge
    this.#failed = failed
    this.abouts = new Abouts(bridge)
  }

  async list(): Promise<void> {
    const [discovered, recent] = await Promise.all([
      this.#bridge.call('files.discover', {}),
      this.#bridge.call('files.recent', {}),
    ])
    if (discovered.ok) this.discovered = discovered.value
    this.#keepRecent(recent)
  }

  async forget(...paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#keepRecent(await this.#bridge.call('files.forget', { path }))
  }

  #keepRecent(recent: Result<readonly FileEntry[]>): void {
    if (recent.ok) this.recent = recent.value
    else this.#failed(recent.error)
  }
}
