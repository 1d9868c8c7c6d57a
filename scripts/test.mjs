// `npm test`: installs what is missing, then runs every suite in turn. One that fails doesn't hide the next. The
// last line is always `N passed, N failed, N skipped`. `npm test -- unit browser` runs only those.
import process from 'node:process'
import { provideChromium } from './chromium.mjs'
import { findRuntime } from './electron.mjs'
import { provideNginx } from './nginx.mjs'
import { providePostgres } from './postgres.mjs'
import { Processes } from './processes.mjs'
import { Explained, build, install, root } from './set-up.mjs'
import { quick, suites, toolPath } from './suites.mjs'
import { allowedSkip, runVitest } from './vitest-run.mjs'
import { words } from './words.mjs'

/** @typedef {import('./suites.mjs').Suite} Suite */
/** @typedef {import('./vitest-run.mjs').Count} Count */

const passed = { passed: 1, failed: 0, skipped: 0, notes: [] }
/** @type {(note: string) => Count} */
const failed = (note) => ({ passed: 0, failed: 1, skipped: 0, notes: [note] })

const processes = new Processes()
processes.obeySignals()

/** @returns {readonly Suite[]} */
function chooseSuites() {
  const names = process.argv.slice(2).flatMap((name) => (name === 'quick' ? quick : [name]))
  const unknown = names.find((name) => suites.every((suite) => suite.name !== name))
  if (unknown !== undefined)
    throw new Explained(words.unknownSuite(unknown, suites.map((suite) => suite.name).join(', ')))
  return names.length === 0 ? suites : suites.filter((suite) => names.includes(suite.name))
}

/**
 * @param {string} node
 * @param {Suite} suite
 * @returns {Promise<Count>}
 */
async function runSuite(node, suite) {
  for (const [tool = '', ...args] of suite.commands ?? []) {
    const { ended } = processes.start(node, [toolPath(tool), ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    if ((await ended).code !== 0) return failed(`${tool} found something to mend`)
  }
  for (const what of suite.builds ?? []) await build(processes, node, what)
  if (suite.project === undefined) return passed
  const surroundings = await surroundingsOf(suite)
  if (!('environment' in surroundings)) return surroundings
  const { environment } = surroundings
  return runVitest(processes, node, { args: ['--project', suite.project], environment })
}

/**
 * What a suite's tests find in their environment, or how it counts when that can't be had.
 * @param {Suite} suite
 * @returns {Promise<{ environment: Record<string, string> } | Count>}
 */
async function surroundingsOf(suite) {
  if (suite.needs === 'electron') {
    const packaged = process.env['SIGHTGLASS_PACKAGED'] // the program in a package, tried before it is given away
    if (packaged !== undefined)
      return { environment: { SIGHTGLASS_PROGRAM: 'electron', SIGHTGLASS_PACKAGED: packaged } }
    const runtime = findRuntime()
    if (runtime !== null)
      return { environment: { SIGHTGLASS_PROGRAM: 'electron', SIGHTGLASS_ELECTRON: runtime } }
    const skip = allowedSkip('electron')
    return skip === null || process.argv.slice(2).includes('electron')
      ? failed('no Electron runtime is installed: npx install-electron')
      : { passed: 0, failed: 0, skipped: 1, notes: [skip.why] }
  }
  const chromium = await provideChromium(processes) // some unit tests look at pages, too
  if (suite.name === 'unit') await provideNginx(processes)
  const postgres = suite.name === 'unit' ? await providePostgres(processes) : null
  const forServer = postgres === null ? {} : { SIGHTGLASS_POSTGRES: postgres }
  if ('path' in chromium) return { environment: { SIGHTGLASS_CHROMIUM: chromium.path, ...forServer } }
  return suite.needs === 'chromium' ? failed(chromium.why) : { environment: forServer }
}

/** @param {string} node */
async function runAll(node) {
  const rows = []
  for (const suite of chooseSuites()) {
    console.log(`\n== ${suite.name}`)
    const began = Date.now()
    /** @type {Count} */
    let count
    try {
      count = await runSuite(node, suite)
    } catch (error) {
      if (!(error instanceof Explained)) throw error
      count = failed(error.message)
    }
    if (processes.stopping) return [] // by Ctrl-C: the process is about to end
    rows.push({ suite, count, seconds: (Date.now() - began) / 1000 })
  }
  return rows
}

/** @param {Awaited<ReturnType<typeof runAll>>} rows */
function printSummary(rows) {
  console.log('')
  for (const { suite, count, seconds } of rows) {
    const word = count.failed > 0 ? 'FAILED' : count.passed > 0 ? 'passed' : 'skipped'
    const over = seconds > suite.budget ? ', over budget' : ''
    console.log(
      `${suite.name.padEnd(10)} ${word.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s of ${suite.budget} s${over}`,
    )
    for (const note of count.notes) console.log(`           ${note}`)
  }
  const seconds = rows.reduce((all, row) => all + row.seconds, 0)
  const budget = rows.reduce((all, row) => all + row.suite.budget, 0)
  console.log(`${'all'.padEnd(19)} ${seconds.toFixed(1).padStart(7)} s of ${budget} s`)
}

/** @returns {Promise<Count>} */
async function test() {
  try {
    chooseSuites()
    const node = await install(processes)
    const rows = await runAll(node)
    printSummary(rows)
    const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
      rows.reduce((all, row) => all + row.count[key], 0)
    return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), notes: [] }
  } catch (error) {
    if (!(error instanceof Explained)) throw error
    console.error(error.message)
    return failed(error.message)
  }
}

const count = await test()
if (!processes.stopping) {
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
  process.exitCode = count.failed === 0 ? 0 : 1
}
