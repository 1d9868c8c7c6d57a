// `npm run mutants`: plants one small fault after the other into `shared/`, in a copy of the project, and runs the tests
// that have to do with its file. A fault that no test notices is printed: there the tests would miss a slip of the hand.
// Of all mutants `--sample 40` are drawn by `--seed 1`; `--only PATH` draws from files whose path holds that, and
// `--write` puts the outcome into docs/quality.md. It is no part of `npm test`: it takes many minutes.
import { execFileSync, spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { copyProject, outsideVitest } from '../copy.ts'
import { formatted } from '../docs/formatted.ts'
import { root } from '../e2e/options.ts'
import { createRandom } from '../oracle/random.ts'
import { mutantsOf, mutated } from './mutations.ts'
import type { Mutant } from './mutations.ts'
import { outcomePage, scores, told } from './outcome.ts'
import type { Judged } from './outcome.ts'

const { values: asked } = parseArgs({
  options: {
    sample: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: 'shared/' },
    write: { type: 'boolean', default: false },
  },
})

/** Sentences and lists of words: hardly anything is worked out there. */
const notJudged = /^shared\/(words|sharing\/lists)\/|\.d\.ts$/
/** They run `shared/` itself. Tests that start programs would notice more, and take minutes for each mutant. */
const judges = /^test\/(shared|renderer|senders|oracle)\//
/** The comparison with SQL takes longest, so it judges only what the others let pass. */
const lastJudge = 'test/oracle/oracle.test.ts'
/** A mutant that never ends would be noticed. A test that is only slow, on a busy machine, is no fault. */
const [patience, testTimeout] = [600_000, 180_000]

const filesIn = (folder: string, pattern: string): readonly string[] =>
  globSync(pattern, { cwd: folder }).map((path) => path.replaceAll('\\', '/'))

function draw(): { all: number; drawn: readonly Mutant[] } {
  const left = filesIn(root, 'shared/**/*.ts')
    .filter((path) => !notJudged.test(path) && path.includes(asked.only))
    .sort()
    .flatMap((path) => mutantsOf(path, readFileSync(join(root, path), 'utf8')))
  const all = left.length
  const random = createRandom(Number(asked.seed))
  const drawn: Mutant[] = []
  while (drawn.length < Number(asked.sample) && left.length > 0)
    drawn.push(...left.splice(random.whole(0, left.length - 1), 1))
  return { all, drawn }
}

function isNoticed(clone: string, file: string): boolean {
  const { status } = spawnSync(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'related', '--run', '--project', 'unit'],
      ...['--bail', '1', '--passWithNoTests', `--testTimeout=${testTimeout}`, file],
    ],
    { cwd: clone, env: outsideVitest(process.env), stdio: 'ignore', timeout: patience },
  )
  return status !== 0
}

/** A copy with the judges alone, the last of them laid aside. */
function makeClone(): { clone: string; last: string } {
  const clone = mkdtempSync(join(tmpdir(), 'sightglass-mutants-'))
  copyProject(root, clone)
  const others = filesIn(clone, 'test/**/*.test.ts').filter((path) => !judges.test(path))
  for (const path of [...others, 'test/oracle/faults.test.ts']) rmSync(join(clone, path), { force: true })
  const last = readFileSync(join(clone, lastJudge), 'utf8')
  rmSync(join(clone, lastJudge))
  return { clone, last }
}

function judge(mutant: Mutant, { clone, last }: ReturnType<typeof makeClone>): Judged {
  const path = join(clone, mutant.file)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, mutated(text, mutant))
  try {
    if (isNoticed(clone, mutant.file)) return { ...mutant, noticed: true }
    writeFileSync(join(clone, lastJudge), last)
    return { ...mutant, noticed: isNoticed(clone, mutant.file) }
  } finally {
    writeFileSync(path, text)
    rmSync(join(clone, lastJudge), { force: true })
  }
}

const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
const { all, drawn } = draw()
const clone = makeClone()
const judged: Judged[] = []
try {
  for (const mutant of drawn) {
    const one = judge(mutant, clone)
    judged.push(one)
    console.log(`${one.noticed ? 'noticed ' : 'SURVIVED'} ${told(one)}`)
  }
} finally {
  rmSync(clone.clone, { recursive: true, force: true })
}
for (const line of scores(judged)) console.log(line)
if (asked.write) {
  const page = outcomePage(judged, {
    all,
    seed: asked.seed,
    commit,
    date: new Date().toISOString().slice(0, 10),
  })
  writeFileSync(join(root, 'docs/quality.md'), await formatted('docs/quality.md', page))
}
