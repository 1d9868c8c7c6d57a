// Reads what stands after a command's name. What doesn't fit is told in a sentence that names it.
import type { Failure, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { cli } from './speech.ts'

export interface Option {
  /** The word for its value in the help; null for a switch. */
  readonly takes: string | null
  readonly text: string
  /** It may be given more than once, and each counts; of any other the last does. */
  readonly many?: true
}
export type Options = Readonly<Record<string, Option>>
export const flag = (text: string) => ({ takes: null, text }) as const
export const value = <T extends string>(takes: T, text: string) => ({ takes, text }) as const
export const values = <T extends string>(takes: T, text: string) => ({ takes, text, many: true }) as const

export interface Operand<P extends string> {
  readonly name: P
  readonly needed: boolean
}
export const needed = <P extends string>(name: P): Operand<P> => ({ name, needed: true })
export const optional = <P extends string>(name: P): Operand<P> => ({ name, needed: false })

/** A sentence of the command's own, with its exit code: 2 where it was called in a way that it doesn't know. */
export interface Told {
  readonly kind: 'told'
  readonly sentence: string
  readonly exit: 1 | 2
}
export const misused = (sentence: string): Failure<Told> => fail({ kind: 'told', sentence, exit: 2 })
export const told = (sentence: string): Failure<Told> => fail({ kind: 'told', sentence, exit: 1 })

type Named<O extends Options, T> = { [K in keyof O]: O[K]['takes'] extends T ? K : never }[keyof O] & string

/** What was given, by the names the command declared. */
export class Given<O extends Options, P extends string> {
  readonly #options: ReadonlyMap<string, readonly string[]>
  readonly #operands: ReadonlyMap<string, string>
  constructor(options: ReadonlyMap<string, readonly string[]>, operands: ReadonlyMap<string, string>) {
    this.#options = options
    this.#operands = operands
  }
  flag(name: Named<O, null>): boolean {
    return this.#options.has(name)
  }
  value(name: Named<O, string>): string | null {
    return this.#options.get(name)?.at(-1) ?? null
  }
  /** Of an option that may be given more than once. */
  values(name: Named<O, string>): readonly string[] {
    return this.#options.get(name) ?? []
  }
  operand(name: P): string | null {
    return this.#operands.get(name) ?? null
  }
  /** An operand that the command can't do without; it was there, or the command would not run. */
  needed(name: P): string {
    const given = this.operand(name)
    if (given === null) throw new Error(`${name} is not declared as needed`)
    return given
  }
}

interface Declared<O extends Options, P extends string> {
  readonly name: string
  readonly usage: string
  readonly options: O
  readonly operands: readonly Operand<P>[]
}

export function readArguments<O extends Options, P extends string>(
  command: Declared<O, P>,
  args: readonly string[],
): Result<Given<O, P>, Told> {
  const options = new Map<string, string[]>()
  const plain: string[] = []
  const rest = [...args]
  let onlyPlain = false
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (onlyPlain || !arg.startsWith('--')) {
      if (!onlyPlain && arg.startsWith('-') && arg !== '-')
        return misused(cli.mistakes.option(command.name, arg))
      plain.push(arg)
      continue
    }
    if (arg === '--') {
      onlyPlain = true
      continue
    }
    const [, name = '', inline] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? []
    const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined
    if (option === undefined) return misused(cli.mistakes.option(command.name, `--${name}`))
    if (option.takes === null) {
      if (inline !== undefined) return misused(cli.mistakes.noValue(`--${name}`))
      options.set(name, [''])
      continue
    }
    const given = inline ?? rest.shift()
    if (given === undefined || given === '' || (inline === undefined && given.startsWith('--')))
      return misused(cli.mistakes.needsValue(`--${name}`, option.takes))
    options.set(name, [...(options.get(name) ?? []), given])
  }
  return fitOperands(command, plain, options)
}

function fitOperands<O extends Options, P extends string>(
  { name, usage, operands }: Declared<O, P>,
  plain: readonly string[],
  options: ReadonlyMap<string, readonly string[]>,
): Result<Given<O, P>, Told> {
  const extra = plain[operands.length]
  if (extra !== undefined) return misused(cli.mistakes.tooMany(name, extra, usage))
  const missing = operands.find((operand, i) => operand.needed && (plain[i] ?? '') === '')
  if (missing !== undefined) return misused(cli.mistakes.missing(name, missing.name, usage))
  const found = operands.flatMap((operand, i) => {
    const given = plain[i]
    return given === undefined ? [] : [[operand.name, given] as const]
  })
  return ok(new Given(options, new Map<string, string>(found)))
}

/** A whole number within its bounds; null where it is none. */
export function wholeNumber(text: string, least: number, most: number): number | null {
  const number = /^\d{1,15}$/.test(text.replaceAll('_', '')) ? Number(text.replaceAll('_', '')) : NaN
  return number >= least && number <= most ? number : null
}
