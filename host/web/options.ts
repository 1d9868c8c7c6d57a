// The words after `npm start`, as far as the web host understands them.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, ok } from '../../shared/result.ts'
import type { Result } from '../../shared/result.ts'
import type { Words } from '../../shared/words/en.ts'

export interface StartOptions {
  /** Null: the usual port, or any free one when that is taken. 0: any free one. */
  readonly port: number | null
  readonly open: boolean
  readonly file: string | null
}

const known = {
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  browser: { type: 'boolean' }, // what chose this host, in scripts/start.mjs
} as const

/** Fails with a sentence. A file is meant from the folder the person is in, which npm has left. */
export function readOptions(
  args: readonly string[],
  folder: string,
  words: Words['web'],
): Result<StartOptions, string> {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const stranger = tokens.find((token) => token.kind === 'option' && !Object.hasOwn(known, token.name))
  if (stranger?.kind === 'option') return fail(words.unknownOption(stranger.rawName))
  const given = values.port === undefined ? null : String(values.port)
  const port = given === null ? null : Number(given)
  if (given !== null && !(/^\d{1,5}$/.test(given) && Number(given) <= 65535))
    return fail(words.wrongPort(given))
  const [file, ...more] = positionals
  if (more.length > 0) return fail(words.oneFile)
  return ok({
    port,
    open: values['no-open'] !== true,
    file: file === undefined ? null : resolve(folder, file),
  })
}
