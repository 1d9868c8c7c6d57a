// What a command is. The table in commands.ts lists them all; dispatch, help and the docs are made from it.
// A command says which methods of the bridge it may call, and the bridge that it is given has only those.
import type {
  Answer,
  Args,
  Bridge,
  CallName,
  CancelSignal,
  Item,
  MethodName,
  StreamName,
} from '../../shared/bridge.ts'
import type { AppError, Result } from '../../shared/result.ts'
import type { Bytes } from '../file/opened.ts'
import { readArguments } from './arguments.ts'
import type { Given, Operand, Options, Told } from './arguments.ts'
import type { Output } from './terminal.ts'

export interface BridgeWith<K extends MethodName> {
  call<N extends K & CallName>(name: N, args: Args<N>): Promise<Result<Answer<N>>>
  stream<N extends K & StreamName>(
    name: N,
    args: Args<N>,
    onItem: (item: Item<N>) => void,
    signal?: CancelSignal,
  ): Promise<Result<Answer<N>>>
}

/** What is around a command: the host behind its bridge, and the terminal before it. */
export interface Surroundings {
  readonly bridge: Bridge
  /** The bytes of a file opened over the bridge. */
  bytes(id: string): Result<Bytes>
  /** Starts the program's windows, as `npm start` does, and waits for its end. */
  start(args: readonly string[]): Promise<number>
  /** What the person at the terminal types; null where nobody sits at one. */
  ask(question: string): Promise<string | null>
  readonly out: Output
  readonly err: Output
  /** What paths that are not whole start from. */
  readonly folder: string
  /** The machine's own zone. */
  readonly zone: string
  readonly now: () => number
  readonly signal: CancelSignal
}

export interface Context<K extends MethodName> extends Omit<Surroundings, 'bridge'> {
  readonly bridge: BridgeWith<K>
  /** Says what is being done, if the person asked for that. */
  explain(sentence: string): void
}

/** The exit code, or what went wrong. */
export type Ending = Result<number, AppError | Told>

/** What the table says of a command before its file is loaded. */
interface Entry {
  readonly name: string
  readonly summary: string
}
export interface Listed extends Entry {
  load(): Promise<Command>
}

interface Definition<K extends MethodName, O extends Options, P extends string> {
  readonly operands: readonly Operand<P>[]
  readonly options: O
  readonly examples: readonly string[]
  readonly calls: readonly K[]
  run(context: Context<K>, given: Given<O, P>): Promise<Ending>
}

export interface Command extends Entry, Omit<Definition<MethodName, Options, string>, 'run'> {
  readonly usage: string
  run(context: Context<MethodName>, args: readonly string[]): Promise<Ending>
}
/** A command but for its name, which the table gives it. */
export type Defined = (entry: Entry) => Command

export function defineCommand<K extends MethodName, O extends Options, P extends string>(
  definition: Definition<K, O, P>,
): Defined {
  return ({ name, summary }) => {
    const declared = { ...definition, name, usage: usageOf(name, definition) }
    return {
      ...declared,
      summary,
      run: async (context, args) => {
        const given = readArguments(declared, args)
        return given.ok ? definition.run(context, given.value) : given
      },
    }
  }
}

function usageOf(name: string, { operands, options }: Pick<Command, 'operands' | 'options'>): string {
  const words = operands.map((operand) => (operand.needed ? operand.name : `[${operand.name}]`))
  const named = Object.entries(options).map(([option, { takes, many }]) =>
    takes === null ? `[--${option}]` : `[--${option} ${takes}]${many === true ? '...' : ''}`,
  )
  return ['sightglass', name, ...words, ...named].join(' ')
}
