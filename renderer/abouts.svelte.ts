// What is known of listed files beside their size: the format, and the span of time. The host looks at one after
// another, each in a process that ends when the list is left; what has not changed is not looked at again.
import { SvelteMap } from 'svelte/reactivity'
import type { Bridge, FileAbout, FileEntry } from '../shared/bridge.ts'

export class Abouts {
  readonly #bridge: Bridge
  readonly #known = new SvelteMap<string, { readonly stamp: string; readonly about: FileAbout | null }>()

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  /** Null while it isn't known, and where it can't be. */
  of({ path }: FileEntry): FileAbout | null {
    return this.#known.get(path)?.about ?? null
  }

  /** Gives what ends it. */
  look(files: readonly FileEntry[]): () => void {
    const abort = new AbortController()
    void this.#lookAll(
      files.filter(({ missing }) => !missing),
      abort.signal,
    )
    return () => abort.abort()
  }

  async #lookAll(files: readonly FileEntry[], signal: AbortSignal): Promise<void> {
    for (const { path, size, modified } of files) {
      const stamp = `${size} ${modified}`
      if (signal.aborted) return
      if (this.#known.get(path)?.stamp === stamp) continue
      const about = await this.#bridge.stream('files.about', { path }, () => {}, signal)
      if (about.ok) this.#known.set(path, { stamp, about: about.value })
      else if (about.error.kind !== 'cancelled') this.#known.set(path, { stamp, about: null })
    }
  }
}
