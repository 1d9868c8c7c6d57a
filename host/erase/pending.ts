// Deletions that are not finished: their rows are gone, copies of them may lie in the file. Each is written down before
// its deletion begins, so that a crash in the middle is found at the next start, and struck out when nothing remains.
// No value of a record is in the list.
import * as v from 'valibot'
import { Remains } from '../../shared/erase.ts'
import type { PendingErase } from '../../shared/erase.ts'
import type { Result } from '../../shared/result.ts'
import { JsonFile } from '../settings.ts'

const Entry = v.object({
  path: v.string(),
  since: v.number(),
  receipt: v.string(),
  mayRewrite: v.boolean(),
  remains: Remains,
})
export type Pending = PendingErase & { readonly mayRewrite: boolean }

export class PendingStore {
  readonly #file: JsonFile<readonly Pending[]>

  constructor(folder: string) {
    this.#file = new JsonFile<readonly Pending[]>(folder, 'pending.json', (stored) => {
      const parsed = v.safeParse(v.array(Entry), stored)
      return parsed.success ? parsed.output : []
    })
  }
  read(): Promise<readonly Pending[]> {
    return this.#file.read()
  }
  put(entry: Pending): Promise<Result<readonly Pending[]>> {
    return this.#file.change((old) => [...old.filter(({ receipt }) => receipt !== entry.receipt), entry])
  }
  strike(receipt: string): Promise<Result<readonly Pending[]>> {
    return this.#file.change((old) => old.filter((entry) => entry.receipt !== receipt))
  }
}
