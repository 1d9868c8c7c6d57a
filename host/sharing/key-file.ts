// Keys of destinations, in a file that its owner alone can read. Where the system has a key store they are sealed by
// it first; what is sealed stays as it is until somebody sets it anew or takes the destination away, whether this
// program can open it at the moment or not.
import { isRecord, without } from '../../shared/plain.ts'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import type { Told } from '../../senders/sender.ts'
import { JsonFile } from '../settings.ts'

/** The system's, as the desktop shell has it; a command and the web host have none. */
export interface KeyStore {
  /** Null where there is none at the moment: the key is kept as it is. */
  seal(key: string): Promise<string | null>
  /** Null where it didn't seal this, or can't open it any more. */
  open(sealed: string): Promise<string | null>
}

/** What is kept for one destination, by need. */
export interface Held {
  readonly open: Told
  /** Needs whose keys are sealed and can't be opened here. */
  readonly closed: readonly string[]
}
export const nothingHeld: Held = { open: {}, closed: [] }

type Key = string | { readonly sealed: string }
type Kept = Readonly<Record<string, Readonly<Record<string, Key>>>>

export class KeyFile {
  readonly #file: JsonFile<Kept>
  readonly #store: KeyStore | null

  constructor(folder: string, store: KeyStore | null) {
    this.#file = new JsonFile(folder, 'keys.json', parse)
    this.#store = store
  }

  /** Whether what is sealed can be opened at all in this program. */
  get hasStore(): boolean {
    return this.#store !== null
  }

  async read(): Promise<Readonly<Record<string, Held>>> {
    const kept = Object.entries(await this.#file.read())
    return Object.fromEntries(
      await Promise.all(kept.map(async ([name, keys]) => [name, await this.#hold(keys)] as const)),
    )
  }

  async #hold(keys: Kept[string]): Promise<Held> {
    const open: Record<string, string> = {}
    const closed: string[] = []
    for (const [need, key] of Object.entries(keys)) {
      const opened = typeof key === 'string' ? key : ((await this.#store?.open(key.sealed)) ?? null)
      if (opened === null) closed.push(need)
      else open[need] = opened
    }
    return { open, closed }
  }

  /** Those that are given take the place of what was; the others stay, or go. */
  async set(name: string, given: Told, othersStay: boolean): Promise<Result<null>> {
    if (Object.keys(given).length === 0 && !(await this.#holds(name))) return ok(null) // the file isn't made for nothing
    const fresh: Record<string, Key> = {}
    for (const [need, key] of Object.entries(given)) fresh[need] = await this.#seal(key)
    const written = await this.#file.change((old) => ({
      ...old,
      [name]: { ...(othersStay ? old[name] : {}), ...fresh },
    }))
    return written.ok ? ok(null) : written
  }

  async #seal(key: string): Promise<Key> {
    const sealed = (await this.#store?.seal(key)) ?? null
    return sealed === null ? key : { sealed }
  }

  async #holds(name: string): Promise<boolean> {
    return Object.hasOwn(await this.#file.read(), name)
  }

  async remove(name: string): Promise<void> {
    if (await this.#holds(name)) await this.#file.change((old) => without(old, name))
  }
}

function parse(stored: unknown): Kept {
  if (!isRecord(stored)) return {}
  return Object.fromEntries(Object.entries(stored).map(([name, keys]) => [name, keysIn(keys)]))
}

function keysIn(stored: unknown): Kept[string] {
  if (!isRecord(stored)) return {}
  const keys: Record<string, Key> = {}
  for (const [need, key] of Object.entries(stored)) {
    if (typeof key === 'string') keys[need] = key
    else if (isRecord(key) && typeof key['sealed'] === 'string') keys[need] = { sealed: key['sealed'] }
  }
  return keys
}
