// From the words after `sightglass` to an exit code: 0 done, 1 it failed and one sentence on standard error says
// what and what to do, 2 the words themselves were wrong, 130 stopped by Ctrl-C.
import type { AppError } from '../../shared/result.ts'
import { explain } from '../../shared/words/explain.ts'
import { cli, speech } from './speech.ts'
import { misused } from './arguments.ts'
import type { Told } from './arguments.ts'
import { commands } from './commands.ts'
import type { Ending, Listed, Surroundings } from './command.ts'
import { helpForAll, helpForOne } from './help.ts'
import { nearest } from './nearest.ts'
import { clean } from './terminal.ts'

export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const ending = await dispatch(args, around)
  if (ending.ok) return ending.value
  around.err.write(`${clean(sentenceOf(ending.error))}\n`)
  if (around.signal.aborted) return 130
  return ending.error.kind === 'told' ? ending.error.exit : 1
}

const sentenceOf = (error: AppError | Told): string =>
  error.kind === 'told' ? error.sentence : explain(error, speech.words)

async function dispatch(args: readonly string[], around: Surroundings): Promise<Ending> {
  const [first] = args
  if (first === undefined || first === '--help' || first === '-h')
    return print(around, helpForAll(commands, around.out))
  if (first === 'help') return help(args.slice(1), around)
  const found = find(first === '--version' || first === '-v' ? ['version', ...args.slice(1)] : args)
  if (found === null) return helpForGroup(args, around)
  const { rest } = found
  const command = await found.listed.load()

  const end = rest.indexOf('--')
  const isCommon = (arg: string, at: number): boolean =>
    (end < 0 || at < end) && (arg === '--verbose' || arg === '--help' || arg === '-h')
  const common = rest.filter(isCommon)
  if (common.some((arg) => arg !== '--verbose')) return print(around, helpForOne(command, around.out))
  const say = (sentence: string): void => around.err.write(`${clean(sentence)}\n`)
  return command.run(
    { ...around, explain: common.length > 0 ? say : () => {} },
    rest.filter((arg, at) => !isCommon(arg, at)),
  )
}

/** A name has one word, or two where the first stands for several commands: `share status`. */
function find([first, second, ...rest]: readonly string[]): { listed: Listed; rest: string[] } | null {
  const named = (name: string) => commands.find((candidate) => candidate.name === name)
  const pair = second === undefined ? undefined : named(`${first} ${second}`)
  if (pair !== undefined) return { listed: pair, rest }
  const single = named(first ?? '')
  return single === undefined ? null : { listed: single, rest: second === undefined ? [] : [second, ...rest] }
}

async function help(name: readonly string[], around: Surroundings): Promise<Ending> {
  if (name.length === 0) return print(around, helpForAll(commands, around.out))
  const found = find(name)
  if (found === null) return helpForGroup(name, around)
  return print(around, helpForOne(await found.listed.load(), around.out))
}

/** `share` alone lists what begins with it. */
function helpForGroup([first = '', second = '--help']: readonly string[], around: Surroundings): Ending {
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  if (group.length === 0) return noCommand(first)
  if (second !== '--help' && second !== '-h') return noCommand(`${first} ${second}`)
  return print(around, helpForAll(group, around.out))
}

function noCommand(typed: string): Ending {
  const names = commands.flatMap(({ name }) => [name, name.split(' ')[0] ?? name])
  return misused(cli.mistakes.command(typed, nearest(typed, names)))
}

function print({ out }: Surroundings, text: string): Ending {
  out.write(text)
  return { ok: true, value: 0 }
}
