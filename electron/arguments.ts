// What the program was started for: files to show, or a command to carry out without any window.
import { resolve } from 'node:path'
import { isRecord } from '../shared/plain.ts'

/**
 * The installed `sightglass` command puts this before `--` and the person's own words (packaging/sightglass.sh), so
 * that a file is never taken for a command, nor a word for a switch of Chromium's.
 */
const marker = '--command-line'

export const isCommandLine = (argv: readonly string[]): boolean => switchesOf(argv).includes(marker)

/** What stands after `sightglass`. */
export const commandOf = (argv: readonly string[]): string[] => argv.slice(switchesOf(argv).length + 1)

function switchesOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end < 0 ? argv : argv.slice(0, end)
}

/** What is not a switch is a file, but for the program's own folder, which comes first when it is not packaged. */
export function filesOf(argv: readonly string[], unpackaged: boolean, folder: string): string[] {
  const plain = switchesOf(argv)
    .slice(1)
    .filter((word) => !word.startsWith('-'))
  return [...plain, ...commandOf(argv)].slice(unpackaged ? 1 : 0).map((word) => resolve(folder, word))
}

/** What a second start sends to the first: see requestSingleInstanceLock in main.ts. */
export function filesSent(sent: unknown): string[] {
  const files = isRecord(sent) ? sent['files'] : null
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : []
}
