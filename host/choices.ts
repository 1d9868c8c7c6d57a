// What the person chose for files that no format knows: which table, which time, which columns.
import { readBySchema, withChoice } from '../shared/by-schema.ts'
import { Choice } from '../shared/formats/generic.ts'
import type { Choices } from '../shared/formats/recognise.ts'
import type { Result } from '../shared/result.ts'
import type { Paths } from './paths.ts'
import { JsonFile } from './settings.ts'

export class ChoiceStore {
  readonly #file: JsonFile<Choices>
  constructor(paths: Paths) {
    this.#file = new JsonFile(paths.data, 'choices.json', readBySchema(Choice))
  }
  read(): Promise<Choices> {
    return this.#file.read()
  }
  /** Null goes back to the guess. */
  change(key: string, choice: Choice | null): Promise<Result<Choices>> {
    return this.#file.change((old) => withChoice(old, key, choice))
  }
}
