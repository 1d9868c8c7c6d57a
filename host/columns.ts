// Which columns the Records screen shows, and how wide. Kept by schema, as the choices of what a file is taken for.
import { pipe, record, regex, safeParse, string } from 'valibot'
import { ColumnChoice } from '../shared/bridge.ts'
import type { ColumnChoices } from '../shared/bridge.ts'
import type { Result } from '../shared/result.ts'
import type { Paths } from './paths.ts'
import { JsonFile } from './settings.ts'

const Stored = record(pipe(string(), regex(/^[0-9a-f]{16}$/)), ColumnChoice)

export class ColumnStore {
  readonly #file: JsonFile<ColumnChoices>
  constructor(paths: Paths) {
    this.#file = new JsonFile<ColumnChoices>(paths.data, 'columns.json', (stored) => {
      const parsed = safeParse(Stored, stored)
      return parsed.success ? parsed.output : {}
    })
  }
  read(): Promise<ColumnChoices> {
    return this.#file.read()
  }
  /** Null goes back to what the program would choose. */
  change(key: string, columns: ColumnChoice | null): Promise<Result<ColumnChoices>> {
    return this.#file.change((old) => {
      const others = Object.entries(old).filter(([known]) => known !== key)
      return Object.fromEntries(columns === null ? others : [...others, [key, columns]])
    })
  }
}
