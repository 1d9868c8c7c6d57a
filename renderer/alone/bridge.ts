// The bridge of the page that stands alone: one HTML file without a host. It answers what a page can answer by itself,
// out of the browser's storage; whatever else the program asks a host for isn't offered there (Program.hosted).
import type { Answer, Args, Bridge, CallName } from '../../shared/bridge.ts'
import { ColumnChoice } from '../../shared/bridge.ts'
import { readBySchema, withChoice } from '../../shared/by-schema.ts'
import { Choice } from '../../shared/formats/generic.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { parseSettings } from '../../shared/settings.ts'
import type { Connected } from '../bridge.ts'
import { ownWorkers } from './workers.ts'

/** What is needed of the window. */
interface Page {
  readonly localStorage: Storage
  readonly sessionStorage: Storage
  readonly navigator: Pick<Navigator, 'platform'>
}
type Calls = { readonly [K in CallName]?: (args: Args<K>) => Result<Answer<K>> }

export function connectAlone(page: Page, version: string): Result<Connected> {
  const settings = new Kept(() => page.localStorage, 'sightglass.settings', parseSettings)
  // A browser may keep one storage for all pages that are opened from the disk. Names of columns are a file's own
  // business: they go no further than this tab.
  const choices = new Kept(() => page.sessionStorage, 'sightglass.choices', readBySchema(Choice))
  const columns = new Kept(() => page.sessionStorage, 'sightglass.columns', readBySchema(ColumnChoice))
  const calls: Calls = {
    'app.info': () =>
      ok({
        name: 'Sightglass',
        version,
        releases: '', // nobody can be asked
        host: 'page',
        platform: page.navigator.platform.startsWith('Mac') ? 'darwin' : 'browser',
        sharing: 'off',
        sharingWasOn: false,
        sharingForcedOffBy: null,
      }),
    'settings.get': () => ok(settings.value),
    'settings.set': ({ change }) => ok(settings.keep(parseSettings({ ...settings.value, ...change }))),
    'choices.get': () => ok(choices.value),
    'choices.set': ({ key, choice }) => ok(choices.keep(withChoice(choices.value, key, choice))),
    'columns.get': () => ok(columns.value),
    'columns.set': ({ key, columns: chosen }) => ok(columns.keep(withChoice(columns.value, key, chosen))),
  }
  const bridge: Bridge = {
    call: (name, args) =>
      Promise.resolve(calls[name]?.(args) ?? fail({ kind: 'unknown-method', method: name })),
    stream: (name) => Promise.resolve(fail({ kind: 'unknown-method', method: name })),
  }
  return ok({
    bridge,
    kind: 'alone',
    workers: ownWorkers,
    shell: null,
    openAtStart: null,
    bytesRequest: (id) => ({ url: id, headers: {} }),
    onDisconnect: () => {},
  })
}

/** A value that outlives the page where the browser lets it, and lasts as long as the page where it doesn't. */
class Kept<T> {
  value: T
  readonly #storage: () => Storage
  readonly #name: string

  constructor(storage: () => Storage, name: string, parse: (stored: unknown) => T) {
    this.#storage = storage
    this.#name = name
    this.value = parse(this.#read())
  }

  keep(value: T): T {
    this.value = value
    try {
      this.#storage().setItem(this.#name, JSON.stringify(value))
    } catch {
      // forbidden, or full
    }
    return value
  }

  #read(): unknown {
    try {
      return JSON.parse(this.#storage().getItem(this.#name) ?? 'null')
    } catch {
      return null
    }
  }
}
