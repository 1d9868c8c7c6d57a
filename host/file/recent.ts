// The files opened lately. The list holds paths and times only; taking one off it never touches the file.
import { array, number, object, safeParse, string } from 'valibot'
import type { FileEntry } from '../../shared/bridge.ts'
import { JsonFile } from '../settings.ts'
import type { Paths } from '../paths.ts'
import { entryOf } from './discover.ts'

const Stored = array(object({ path: string(), opened: number() }))
type Entries = readonly { readonly path: string; readonly opened: number }[]
const most = 12

export class Recent {
  readonly #file: JsonFile<Entries>
  constructor(paths: Paths) {
    this.#file = new JsonFile<Entries>(paths.data, 'recent.json', (stored) => {
      const parsed = safeParse(Stored, stored)
      return parsed.success ? parsed.output : []
    })
  }

  async list(now: number): Promise<FileEntry[]> {
    await this.#file.settled()
    return Promise.all((await this.#file.read()).map(({ path }) => entryOf(path, null, now)))
  }
  /** Nobody who opens a file waits for the list. */
  add(path: string, opened: number): void {
    void this.#file.change((old) =>
      [{ path, opened }, ...old.filter((entry) => entry.path !== path)].slice(0, most),
    )
  }
  async forget(path: string): Promise<void> {
    await this.#file.change((old) => old.filter((entry) => entry.path !== path))
  }
  settled(): Promise<void> {
    return this.#file.settled()
  }
}
