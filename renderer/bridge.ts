// The page's side of the bridge. It finds out what lies between the page and the host (the Electron shell's
// preload, or the local web host over HTTP) and gives both the same face; no other file of the page knows which
// it is. A host that is gone or no longer knows this page is one failure, `disconnected`, told once to listeners.
import type { Answer, Bridge, CallName, CancelSignal, Item, StreamName } from '../shared/bridge.ts'
import type { BytesId } from '../shared/ids.ts'
import { isRecord } from '../shared/plain.ts'
import type { AppError, Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import type { Shell } from '../shared/shell.ts'
import { address, fragment, tokenHeader } from '../shared/web.ts'
import { fetchedWorkers } from './workers.ts'
import type { Workers } from './workers.ts'

export interface Connected {
  readonly bridge: Bridge
  /** `alone`: there is no host, only this page (alone/). */
  readonly kind: 'web' | 'electron' | 'alone'
  readonly workers: Workers
  /** What only the Electron shell offers: its file dialog, paths of dropped files, files to open. */
  readonly shell: Shell | null
  /** The file that the opened address names; said once, since the address then loses its fragment. */
  readonly openAtStart: string | null
  /** What a worker needs to fetch the bytes of an opened file by itself. */
  bytesRequest(id: BytesId): BytesRequest
  /** Told once, when a call finds that the host is gone. */
  onDisconnect(listener: () => void): void
}
export interface BytesRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** What is needed of the window; tests bring their own. */
export interface Page {
  readonly sightglass?: Shell
  readonly location: Pick<Location, 'href' | 'hash'>
  readonly history: Pick<History, 'replaceState'>
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>
  fetch(url: string, init: RequestInit): Promise<Response>
}

declare global {
  interface Window {
    readonly sightglass?: Shell
  }
}

const disconnected = fail<AppError>({ kind: 'disconnected' })
const cancelled = fail<AppError>({ kind: 'cancelled' })

export function connect(page: Page = window): Promise<Result<Connected>> {
  return page.sightglass === undefined
    ? connectWeb(page)
    : Promise.resolve(ok(connectShell(page, page.sightglass)))
}

function connectShell(page: Page, shell: Shell): Connected {
  const loss = new Loss()
  const bridge: Bridge = {
    async call(name, args) {
      try {
        return loss.watch(readResult<Answer<typeof name>>(await shell.call(name, args)))
      } catch {
        return loss.watch(disconnected)
      }
    },
    stream(name, args, onItem, signal) {
      if (signal?.aborted) return Promise.resolve(cancelled)
      return new Promise((resolve) => {
        const settle = (result: Result<Answer<typeof name>>): void => {
          signal?.removeEventListener('abort', stop)
          resolve(loss.watch(result))
        }
        const stop = (): void => {
          cancel()
          settle(cancelled)
        }
        const cancel = shell.stream(
          name,
          args,
          (item) => onItem(item as Item<typeof name>), // the host's own answer: the bridge's door
          (answer) => settle(readResult(answer)),
        )
        signal?.addEventListener('abort', stop)
      })
    },
  }
  return {
    bridge,
    kind: 'electron',
    workers: fetchedWorkers,
    shell,
    openAtStart: null,
    bytesRequest: (id) => ({ url: bytesAddress(page, id), headers: {} }),
    onDisconnect: loss.onLoss,
  }
}

async function connectWeb(page: Page): Promise<Result<Connected>> {
  const { hash } = page.location // otherwise a place in the window
  const given = new URLSearchParams(hash.startsWith(`#${fragment.code}=`) ? hash.slice(1) : '')
  const code = given.get(fragment.code)
  if (code !== null) page.history.replaceState(null, '', new URL('.', page.location.href).href)
  const fresh = code === null ? null : await exchange(page, code)
  const token = fresh ?? page.sessionStorage.getItem(tokenHeader)
  if (token === null) return disconnected
  page.sessionStorage.setItem(tokenHeader, token)
  const loss = new Loss()
  const bridge = webBridge(page, token, loss)
  if (fresh === null) {
    const known = await bridge.call('app.info', {})
    if (!known.ok) return known
  }
  return ok({
    bridge,
    kind: 'web',
    workers: fetchedWorkers,
    shell: null,
    openAtStart: code === null ? null : given.get(fragment.open),
    bytesRequest: (id) => ({ url: bytesAddress(page, id), headers: { [tokenHeader]: token } }),
    onDisconnect: loss.onLoss,
  })
}

/** The one-time code for this tab's token. The cookie that belongs to it comes with the answer, out of our reach. */
async function exchange(page: Page, code: string): Promise<string | null> {
  try {
    const answer = await page.fetch(address.session, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    const body: unknown = answer.ok ? await answer.json() : null
    return isRecord(body) && typeof body['token'] === 'string' ? body['token'] : null
  } catch {
    return null
  }
}

function webBridge(page: Page, token: string, loss: Loss): Bridge {
  const post = (path: string, args: unknown, signal?: AbortSignal): Promise<Response> =>
    page.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [tokenHeader]: token },
      body: JSON.stringify(args),
      ...(signal === undefined ? {} : { signal }),
    })
  return {
    async call<K extends CallName>(name: K, args: unknown) {
      try {
        const answer = await post(address.call + name, args)
        return loss.watch(readResult<Answer<K>>(await answer.json()))
      } catch {
        return loss.watch(disconnected)
      }
    },
    async stream<K extends StreamName>(
      name: K,
      args: unknown,
      onItem: (item: Item<K>) => void,
      signal?: CancelSignal,
    ) {
      if (signal?.aborted) return cancelled
      const request = new AbortController()
      const stop = (): void => request.abort()
      signal?.addEventListener('abort', stop)
      try {
        const response = await post(address.stream + name, args, request.signal)
        return loss.watch(await readStream<K>(response, onItem))
      } catch {
        return request.signal.aborted ? cancelled : loss.watch(disconnected)
      } finally {
        signal?.removeEventListener('abort', stop)
      }
    },
  }
}

/** Lines of JSON, items and then the answer; a refused call has a Result as its whole body. */
async function readStream<K extends StreamName>(
  response: Response,
  onItem: (item: Item<K>) => void,
): Promise<Result<Answer<K>>> {
  if (!response.ok || response.body === null) return readResult(await response.json())
  let rest = ''
  let answer: Result<Answer<K>> = disconnected
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const message: unknown = JSON.parse(line)
      if (!isRecord(message)) return disconnected
      if ('answer' in message) answer = readResult(message['answer']) // and read on: leaving early is cancelling
      if (!('item' in message)) continue
      const item = message['item'] as Item<K> // the host's own answer: the bridge's door
      queueMicrotask(() => onItem(item)) // so that a listener's bug shows as one, not as a lost host
    }
  }
  return answer
}

/** What came over the bridge as the Result it is. Both ends are of one build; anything else is a lost host. */
function readResult<T>(value: unknown): Result<T> {
  const isResult = isRecord(value) && (value['ok'] === true ? 'value' in value : isRecord(value['error']))
  return isResult ? (value as unknown as Result<T>) : disconnected
}

const bytesAddress = (page: Page, id: BytesId): string => new URL(address.bytes + id, page.location.href).href

/** Remembers that the host is gone and tells each listener once, whether it came before or after. */
class Loss {
  #lost = false
  readonly #listeners: (() => void)[] = []

  readonly onLoss = (listener: () => void): void => {
    if (this.#lost) listener()
    else this.#listeners.push(listener)
  }

  watch<T>(result: Result<T>): Result<T> {
    if (!result.ok && result.error.kind === 'disconnected' && !this.#lost) {
      this.#lost = true
      for (const listener of this.#listeners) listener()
    }
    return result
  }
}
