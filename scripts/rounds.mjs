// The same suite again and again: what fails only now and then fails in one of ten rounds, and is named.
import process from 'node:process'
import { stripVTControlCharacters } from 'node:util'
import { root } from './set-up.mjs'

/** @typedef {import('./processes.mjs').Processes} Processes */
/** @typedef {{ passed: boolean, line: string }} Round */

/**
 * @param {Processes} processes
 * @param {string} node
 * @param {readonly string[]} args what is run, as `npm test` runs it: its last line counts the tests
 * @param {number} times
 * @returns {Promise<readonly Round[]>}
 */
export async function runRounds(processes, node, args, times) {
  /** @type {Round[]} */
  const rounds = []
  while (rounds.length < times && !processes.stopping) {
    const began = Date.now()
    const { child, ended } = processes.start(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ piece) => {
      out += piece
      process.stdout.write(piece)
    })
    const passed = (await ended).code === 0
    const lines = stripVTControlCharacters(out).trimEnd().split('\n')
    const failed = lines.filter((line) => /^\s*FAIL\b/.test(line)).map((line) => line.trim())
    const seconds = ((Date.now() - began) / 1000).toFixed(0)
    const told = `${rounds.length + 1}: ${passed ? 'passed' : 'FAILED'}, ${lines.at(-1) ?? ''} (${seconds} s)`
    rounds.push({ passed, line: [told, ...new Set(failed)].join('; ') })
  }
  return rounds
}
