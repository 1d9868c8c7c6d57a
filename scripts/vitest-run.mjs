// Runs Vitest and counts. A skipped test is a failure unless test/skips.json allows it on this platform: a suite
// that quietly tests less and less would still be green.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import process from 'node:process'
import { isDebianAsRoot } from './packages.mjs'
import { compiled, root } from './set-up.mjs'
import { toolPath } from './suites.mjs'

/** @typedef {import('./processes.mjs').Processes} Processes */
/** @typedef {{ passed: number, failed: number, skipped: number, notes: readonly string[] }} Count */
/** @typedef {{ status: string, fullName: string, duration?: number | null }} Test */
/** @typedef {{ name: string, status: string, assertionResults: readonly Test[] }} TestFile */
/** @typedef {{ name: string, platforms: readonly string[], why: string }} Skip */

/**
 * What may be skipped here; null for what may not.
 * @param {string} name
 * @returns {Skip | null}
 */
export function allowedSkip(name, platform = isDebianAsRoot() ? 'debian as root' : process.platform) {
  /** @type {readonly Skip[]} */
  const skips = JSON.parse(readFileSync(join(root, 'test', 'skips.json'), 'utf8'))
  return skips.find((skip) => skip.name === name && skip.platforms.includes(platform)) ?? null
}

/**
 * @param {Processes} processes
 * @param {string} node
 * @param {{ args: readonly string[], environment: Readonly<Record<string, string>> }} wanted
 * @returns {Promise<Count & { files: readonly TestFile[] }>}
 */
export async function runVitest(processes, node, { args, environment }) {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-test-'))
  const report = join(folder, 'report.json')
  const fixtures = process.env['SIGHTGLASS_FIXTURES']
  const { ended } = processes.start(
    node,
    [
      toolPath('vitest'),
      'run',
      ...args,
      '--allowOnly=false',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    {
      cwd: root,
      env: {
        NODE_COMPILE_CACHE: compiled, // hundreds of tests start the program anew
        ...process.env,
        SIGHTGLASS_HOME: join(folder, 'home'), // a test that forgets its own must not meet the person's
        ...(fixtures === undefined ? {} : { SIGHTGLASS_FIXTURES: resolve(fixtures) }),
        ...environment,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const { code } = await ended
  const files = readReport(report)
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const count = countReport(files)
  if (code !== 0 && count.failed === 0)
    return { ...count, files, failed: 1, notes: [...count.notes, 'Vitest failed outside of any test'] }
  return { ...count, files }
}

/**
 * Empty when Vitest ended without a report; its exit code then tells that it failed.
 * @param {string} path
 * @returns {readonly TestFile[]}
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).testResults
  } catch {
    return []
  }
}

/**
 * @param {readonly TestFile[]} files
 * @returns {Count}
 */
export function countReport(files, allowed = allowedSkip) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  /** @type {string[]} */
  const notes = []
  for (const { name, status, assertionResults } of files) {
    for (const test of assertionResults) {
      if (test.status === 'passed') count.passed++
      else if (test.status === 'failed') count.failed++
      else if (allowed(test.fullName) !== null) count.skipped++
      else {
        count.failed++
        notes.push(`${test.status}, and test/skips.json does not allow it: ${test.fullName}`)
      }
    }
    if (status === 'failed' && assertionResults.every((test) => test.status !== 'failed')) {
      count.failed++
      notes.push(`failed as a whole: ${relative(root, name)}`)
    }
  }
  return { ...count, notes }
}
