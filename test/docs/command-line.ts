// docs/command-line.md, written from the table of commands, as the help is.
import type { Command } from '../../host/cli/command.ts'
import { commands } from '../host/commands.ts'
import { cli } from '../../host/cli/speech.ts'
import { code, table } from './markdown.ts'

function section({ name, summary, usage, options, examples }: Command): string {
  const rows = Object.entries(options).map(([option, { takes, text, many }]) => [
    code(takes === null ? `--${option}` : `--${option} ${takes}`),
    `${text}${many === true ? ' (may be given more than once)' : ''}`,
  ])
  return [
    `## ${name}`,
    `${summary}.`,
    `\`\`\`\n${usage}\n\`\`\``,
    rows.length === 0 ? '' : table(['option', ''], rows),
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

export const commandLinePage = (): string => `# The command line

Written by \`npm run docs\` from the table of commands in \`host/cli/commands.ts\`, of which the help is made as well; a test
fails when it is stale. In a clone of the project \`sightglass\` is \`npx sightglass\`.

Every command knows \`--help\` (${cli.common.help}) and \`--verbose\` (${cli.common.verbose}). It ends with 0 when it is
done, with 1 when it failed and a sentence says why, with 2 when it doesn't know an option, and with 130 after Ctrl-C. It
speaks the language of the settings, or else that of the environment.

${table(
  ['command', ''],
  commands.map(({ name, summary }) => [`[${name}](#${name.replaceAll(' ', '-')})`, summary]),
)}

${commands.map(section).join('\n\n')}
`
