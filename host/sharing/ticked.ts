// The files whose days may be shared: those that a person has ticked, and no others. A file that is found, opened
// or dropped is none of them until then.
import type { Result } from '../../shared/result.ts'
import { JsonFile } from '../settings.ts'

export class Ticked {
  readonly #file: JsonFile<readonly string[]>
  constructor(folder: string) {
    this.#file = new JsonFile<readonly string[]>(folder, 'shared-files.json', (stored) =>
      Array.isArray(stored) ? stored.filter((path) => typeof path === 'string') : [],
    )
  }
  read(): Promise<readonly string[]> {
    return this.#file.read()
  }
  set(path: string, ticked: boolean): Promise<Result<readonly string[]>> {
    return this.#file.change((old) => {
      const others = old.filter((one) => one !== path)
      return ticked ? [...others, path] : others
    })
  }
}
