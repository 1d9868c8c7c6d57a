// Files as the host gives them: opened by their path, with the bytes that a crew reads, and what the person has chosen
// for files like them.
import type { Bridge, EarlyFile, OpenedFile, Progress } from '../shared/bridge.ts'
import type { Choice } from '../shared/formats/generic.ts'
import type { Choices } from '../shared/formats/recognise.ts'
import type { BytesId } from '../shared/ids.ts'
import type { Result } from '../shared/result.ts'
import type { CrewSource } from './crew.ts'

export type BytesRequest = (id: BytesId) => { url: string; headers: Record<string, string> }

interface OpenHearing {
  readonly show: (item: Progress) => void
  readonly begin: (file: OpenedFile) => void
}

export class HostFiles {
  readonly #bridge: Bridge
  readonly #bytesRequest: BytesRequest
  #choices: Choices = {}

  constructor(bridge: Bridge, bytesRequest: BytesRequest) {
    this.#bridge = bridge
    this.#bytesRequest = bytesRequest
  }

  get choices(): Choices {
    return this.#choices
  }

  async loadChoices(): Promise<void> {
    const known = await this.#bridge.call('choices.get', {})
    if (known.ok) this.#choices = known.value
  }

  /** For a file and all like it; null goes back to the guess. */
  async choose(key: string, choice: Choice | null): Promise<Result<Choices>> {
    const kept = await this.#bridge.call('choices.set', { key, choice })
    if (kept.ok) this.#choices = kept.value
    return kept
  }

  /**
   * Null when the person went on to something else meanwhile. `begin` is told of the file when its bytes can be read,
   * perhaps before it is certain that they are of one moment; what is answered says that. A file that changed meanwhile
   * is begun once more: a tool may have written while a slow disk was being read, and now it lies in memory.
   */
  async open(path: string, hearing: OpenHearing, abort: AbortController): Promise<Result<OpenedFile> | null> {
    const opened = await this.#openOnce(path, hearing, abort)
    const isChanged = opened?.ok === false && opened.error.kind === 'file-changed'
    return isChanged ? this.#openOnce(path, hearing, abort) : opened
  }

  async #openOnce(
    path: string,
    { show, begin }: OpenHearing,
    { signal }: AbortController,
  ): Promise<Result<OpenedFile> | null> {
    const choices = this.loadChoices()
    let begun = false
    const beginOnce = async (file: OpenedFile): Promise<void> => {
      await choices
      if (begun || signal.aborted) return
      begun = true
      begin(file)
    }
    const hear = (item: Progress | EarlyFile): void =>
      item.phase === 'early' ? void beginOnce(item.file) : show(item)
    const opened = await this.#bridge.stream('files.open', { path, early: true }, hear, signal)
    if (opened.ok) await beginOnce(opened.value)
    if (!signal.aborted) return opened
    if (opened.ok) void this.#bridge.call('files.close', { id: opened.value.id })
    return null
  }

  sourceOf({ id, delivers, imageSize }: OpenedFile): CrewSource {
    const whenRead = (): void => void this.#bridge.call('files.close', { id })
    const request = { ...this.#bytesRequest(id), whenRead }
    return delivers === 'columns'
      ? { from: 'host columns', ...request }
      : { from: 'host', ...request, size: imageSize ?? 0 }
  }
}
