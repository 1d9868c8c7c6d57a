// What a run of mutants comes to, in words.
import { code, table } from '../docs/markdown.ts'
import type { Mutant } from './mutations.ts'

export interface Judged extends Mutant {
  readonly noticed: boolean
}
interface Run {
  /** How many mutants there are, of which some were drawn. */
  readonly all: number
  readonly seed: string
  readonly commit: string
  readonly date: string
}

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}

export const told = ({ file, line, was, is }: Mutant): string =>
  `${file}:${line}: ${short(was)} -> ${short(is)}`

const roomOf = ({ file }: Mutant): string => {
  const parts = file.split('/').slice(0, -1)
  return parts.slice(0, 2).join('/')
}

interface Score {
  readonly room: string
  readonly noticed: number
  readonly of: number
}

function scoresOf(judged: readonly Judged[]): readonly Score[] {
  const rooms = Map.groupBy(judged, roomOf)
  return [...rooms]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([room, all]) => ({ room, noticed: all.filter(({ noticed }) => noticed).length, of: all.length }))
}

const noticedOf = (judged: readonly Judged[]): number => judged.filter(({ noticed }) => noticed).length

export const scores = (judged: readonly Judged[]): readonly string[] => [
  ...scoresOf(judged).map(({ room, noticed, of }) => `${room.padEnd(20)} ${noticed} of ${of} noticed`),
  `${'all'.padEnd(20)} ${noticedOf(judged)} of ${judged.length} noticed`,
]

export const outcomePage = (judged: readonly Judged[], { all, seed, commit, date }: Run): string => {
  const survivors = judged.filter(({ noticed }) => !noticed)
  return `# What the tests would miss

Written by \`npm run mutants -- --write\`. It plants one small fault after the other into \`shared/\` (a comparison, a sign, a
constant, a boolean, an answer), in a copy of the project, and runs the tests that have to do with that file. The share of
faults that some test notices is the score. Only tests that run \`shared/\` itself judge: those that start programs and
browsers would notice more. Faults that change nothing a person could see can't be noticed, and count as missed.

- date: ${date}
- commit: ${commit}
- drawn: ${judged.length} of ${all} mutants, by seed ${seed}. So few tell the score within about ${margin(judged)} points.
- score: **${noticedOf(judged)} of ${judged.length}**

${table(
  ['room', 'noticed', 'of'],
  scoresOf(judged).map(({ room, noticed, of }) => [code(room), String(noticed), String(of)]),
)}

## What no test noticed

${survivors.length === 0 ? 'Nothing.' : survivors.map((one) => `- ${code(told(one))}`).join('\n')}
`
}

/** Half of the 95 % interval, in percentage points. */
function margin(judged: readonly Judged[]): number {
  const share = noticedOf(judged) / judged.length
  return Math.round(196 * Math.sqrt((share * (1 - share)) / judged.length))
}
