// Files as the host gives them: opened by their path, with the bytes that a crew reads, and what the person has chosen
// for files like them.
import type { Bridge, OpenedFile, Progress } from '../shared/bridge.ts'
import type { Choice } from '../shared/formats/generic.ts'
import type { Choices } from '../shared/formats/recognise.ts'
import type { BytesId } from '../shared/ids.ts'
import type { Result } from '../shared/result.ts'
import type { CrewSource } from './crew.ts'

export type BytesRequest = (id: BytesId) => { url: string; headers: Record<string, string> }

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

  /** Null when the person went on to something else meanwhile. */
  async open(
    path: string,
    onItem: (item: Progress) => void,
    { signal }: AbortController,
  ): Promise<Result<OpenedFile> | null> {
    const choices = this.loadChoices()
    const opened = await this.#bridge.stream('files.open', { path }, onItem, signal)
    await choices
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
