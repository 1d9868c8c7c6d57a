// What the person chose for files that no format knows: which table, which time, which columns. Kept by schema and
// not by path, so that one choice fits every file of the same program, and survives the file's move.
import { record, regex, safeParse, pipe, string } from 'valibot'
import type { Choice } from '../shared/formats/generic.ts'
import { Choice as ChoiceSchema } from '../shared/formats/generic.ts'
import type { Choices } from '../shared/formats/recognise.ts'
import type { Result } from '../shared/result.ts'
import type { Paths } from './paths.ts'
import { JsonFile } from './settings.ts'

const Stored = record(pipe(string(), regex(/^[0-9a-f]{16}$/)), ChoiceSchema)

export class ChoiceStore {
  readonly #file: JsonFile<Choices>
  constructor(paths: Paths) {
    this.#file = new JsonFile<Choices>(paths.data, 'choices.json', (stored) => {
      const parsed = safeParse(Stored, stored)
      return parsed.success ? parsed.output : {}
    })
  }
  read(): Promise<Choices> {
    return this.#file.read()
  }
  /** Null goes back to the guess. */
  change(key: string, choice: Choice | null): Promise<Result<Choices>> {
    return this.#file.change((old) => {
      const others = Object.entries(old).filter(([known]) => known !== key)
      return Object.fromEntries(choice === null ? others : [...others, [key, choice]])
    })
  }
}
