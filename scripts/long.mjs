// `npm run test:long`: the unit suite with everything that grows with SIGHTGLASS_LONG at its full size: long kills,
// soak, big corpora; then the whole of `npm test` ten times in a row, for what fails only now and then. What came of
// them and what they measured, with date and commit, is written into docs/long-run.md.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { provideChromium } from './chromium.mjs'
import { Processes } from './processes.mjs'
import { runRounds } from './rounds.mjs'
import { build, install, root } from './set-up.mjs'
import { runVitest } from './vitest-run.mjs'

const processes = new Processes()
processes.obeySignals()

/** @param {readonly string[]} args */
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** @param {number | null | undefined} milliseconds */
const seconds = (milliseconds) => ((milliseconds ?? 0) / 1000).toFixed(1)

/** The rows of the plan against broken, hostile and changing files: each is named in the report, with its time. */
const grows = /^F\d+\b/
/** `npm run test:long -- test/faults` runs only those; the report says so. */
const only = process.argv.slice(2)
const node = await install(processes)
await build(processes, node, 'page')
await build(processes, node, 'shell')
const chromium = await provideChromium(processes)
const began = Date.now()
const folder = mkdtempSync(join(tmpdir(), 'sightglass-long-'))
const figures = join(folder, 'figures')
const { passed, failed, skipped, notes, files } = await runVitest(processes, node, {
  args: ['--project', 'unit', ...only],
  environment: {
    SIGHTGLASS_LONG: '1',
    SIGHTGLASS_FIGURES: figures,
    ...('path' in chromium ? { SIGHTGLASS_CHROMIUM: chromium.path } : {}),
  },
})
const whole = join(root, 'scripts', 'test.mjs')
const rounds = only.length === 0 ? await runRounds(processes, node, [whole], 10) : []
const minutes = (Date.now() - began) / 60_000
const result = `${passed} passed, ${failed} failed, ${skipped} skipped`
const told = existsSync(figures) ? readFileSync(figures, 'utf8').trim().split('\n').sort() : []
rmSync(folder, { recursive: true, force: true })
const lines = files.flatMap(({ assertionResults }) =>
  assertionResults
    .filter(({ fullName, status }) => only.length > 0 || grows.test(fullName) || status === 'failed')
    .map(({ status, fullName, duration }) => `${status}: ${fullName} (${seconds(duration)} s)`),
)
const changed =
  git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ', with changes not committed'

if (!processes.stopping) {
  mkdirSync(join(root, 'docs'), { recursive: true })
  writeFileSync(
    join(root, 'docs', 'long-run.md'),
    `# The last long run

Written by \`npm run test:long\`: the tests at full size, which \`npm test\` leaves out.

- date: ${new Date(began).toISOString().slice(0, 16)}Z
- commit: ${git('rev-parse', 'HEAD')}${changed}
- machine: ${process.platform} ${process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB
- time: ${minutes.toFixed(1)} minutes
- tests: ${only.length === 0 ? 'all' : `only ${only.join(', ')}`}
- result: ${result}

${[...lines, ...notes].map((line) => `- ${line}`).join('\n')}

## The whole suite, ten times in a row

${rounds.length === 0 ? 'Not this time: only some tests were asked for.' : rounds.map(({ line }) => `- ${line}`).join('\n')}

## What they measured

${told.map((line) => `- ${line}`).join('\n')}
`,
  )
  console.log(result)
  process.exitCode = failed === 0 && rounds.every(({ passed }) => passed) ? 0 : 1
}
