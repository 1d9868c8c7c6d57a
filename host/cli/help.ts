// Help is made from the table of commands, so it can't tell of one that isn't there.
import { cli } from './speech.ts'
import type { Command, Listed } from './command.ts'
import { wrap } from './terminal.ts'
import type { Output } from './terminal.ts'
import { painter } from './terminal.ts'

const widest = 90

export function helpForAll(commands: readonly Listed[], { width, colours }: Output): string {
  const paint = painter(colours)
  const room = Math.min(widest, width)
  return [
    ...wrap(`Sightglass. ${cli.about}`, room),
    '',
    paint('bold', cli.usage),
    `  sightglass ${cli.commandWord} [${cli.optionsWord}]`,
    '',
    ...list(
      commands.map(({ name, summary }) => [name, summary]),
      room,
    ),
    '',
    cli.moreHelp,
    '',
  ].join('\n')
}

export function helpForOne(command: Command, { width, colours }: Output): string {
  const paint = painter(colours)
  const room = Math.min(widest, width)
  const options = Object.entries(command.options).map(
    ([name, { takes, text }]) => [takes === null ? `--${name}` : `--${name} ${takes}`, text] as const,
  )
  return [
    ...wrap(`${command.summary}.`, room),
    '',
    paint('bold', cli.usage),
    ...wrap(command.usage, room - 4).map((line, i) => (i === 0 ? `  ${line}` : `      ${line}`)),
    '',
    paint('bold', cli.options),
    ...list([...options, ['--verbose', cli.common.verbose], ['--help', cli.common.help]], room),
    '',
    paint('bold', cli.examples),
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n')
}

function list(entries: readonly (readonly [string, string])[], room: number): string[] {
  const left = Math.max(...entries.map(([name]) => name.length)) + 4
  return entries.flatMap(([name, text]) =>
    wrap(text, Math.max(20, room - left)).map(
      (line, i) => (i === 0 ? `  ${name}`.padEnd(left) : ' '.repeat(left)) + line,
    ),
  )
}
