// Settings on disk: one small JSON file, written whole under another name and renamed, so that a crash or a full
// disk leaves the old one. What can't be read is taken as its default, one by one.
import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Result } from '../shared/result.ts'
import { fail, ok } from '../shared/result.ts'
import type { Settings, SettingsChange } from '../shared/settings.ts'
import { parseSettings } from '../shared/settings.ts'
import { explainPath } from './file/look.ts'
import { makePrivateFolder } from './paths.ts'
import type { Paths } from './paths.ts'

/** A JSON file of ours. Changes are made one after another, each from what is on disk at that moment. */
export class JsonFile<T> {
  readonly #folder: string
  readonly #path: string
  readonly #parse: (stored: unknown) => T
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string, name: string, parse: (stored: unknown) => T) {
    this.#folder = folder
    this.#path = join(folder, name)
    this.#parse = parse
  }

  /** With every change that was asked for before. */
  async read(): Promise<T> {
    await this.settled()
    return this.#onDisk()
  }

  async #onDisk(): Promise<T> {
    try {
      return this.#parse(JSON.parse(await readFile(this.#path, 'utf8')))
    } catch {
      return this.#parse(undefined)
    }
  }

  change(make: (old: T) => T): Promise<Result<T>> {
    const done = this.#last.then(() => this.#write(make))
    this.#last = done
    return done
  }

  /** Resolves when every change that was asked for is on disk. */
  async settled(): Promise<void> {
    await this.#last
  }

  async #write(make: (old: T) => T): Promise<Result<T>> {
    const value = make(await this.#onDisk())
    const draft = `${this.#path}.${randomUUID()}`
    try {
      await makePrivateFolder(this.#folder)
      const file = await open(draft, 'wx', 0o600)
      try {
        await file.writeFile(`${JSON.stringify(value, null, 2)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, this.#path)
      return ok(value)
    } catch (error) {
      await rm(draft, { force: true })
      return fail(explainPath(error, this.#path))
    }
  }
}

export class SettingsStore {
  readonly #file: JsonFile<Settings>
  constructor(paths: Paths) {
    this.#file = new JsonFile(paths.data, 'settings.json', parseSettings)
  }
  read(): Promise<Settings> {
    return this.#file.read()
  }
  change(change: SettingsChange): Promise<Result<Settings>> {
    return this.#file.change((old) => parseSettings({ ...old, ...change }))
  }
  settled(): Promise<void> {
    return this.#file.settled()
  }
}
