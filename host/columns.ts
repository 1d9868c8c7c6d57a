// Which columns the Records screen shows, and how wide. Kept by schema, as the choices of what a file is taken for.
import { ColumnChoice } from '../shared/bridge.ts'
import type { ColumnChoices } from '../shared/bridge.ts'
import { readBySchema, withChoice } from '../shared/by-schema.ts'
import type { Result } from '../shared/result.ts'
import type { Paths } from './paths.ts'
import { JsonFile } from './settings.ts'

export class ColumnStore {
  readonly #file: JsonFile<ColumnChoices>
  constructor(paths: Paths) {
    this.#file = new JsonFile(paths.data, 'columns.json', readBySchema(ColumnChoice))
  }
  read(): Promise<ColumnChoices> {
    return this.#file.read()
  }
  /** Null goes back to what the program would choose. */
  change(key: string, columns: ColumnChoice | null): Promise<Result<ColumnChoices>> {
    return this.#file.change((old) => withChoice(old, key, columns))
  }
}
