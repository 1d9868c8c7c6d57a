// The rounds of the long run, on a suite that fails at the second time only.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Processes } from '../../scripts/processes.mjs'
import { runRounds } from '../../scripts/rounds.mjs'
import { makeWorld } from '../world.ts'

it('a suite that fails now and then is told by the round, with what failed', async () => {
  const world = await makeWorld()
  const suite = join(world.folder, 'suite.mjs')
  writeFileSync(
    suite,
    `import { appendFileSync, readFileSync } from 'node:fs'
    const runs = new URL('runs', import.meta.url)
    appendFileSync(runs, 'x')
    const fails = readFileSync(runs, 'utf8').length === 2
    if (fails) console.log('\\x1b[31m FAIL \\x1b[39m unit test/a.test.ts > is shown')
    console.log(fails ? '8 passed, 1 failed, 0 skipped' : '9 passed, 0 failed, 0 skipped')
    process.exitCode = fails ? 1 : 0`,
  )
  const rounds = await runRounds(new Processes(), process.execPath, [suite], 3)
  await world.remove()
  expect(rounds.map(({ passed }) => passed)).toEqual([true, false, true])
  expect(rounds.map(({ line }) => line.replace(/\(\d+ s\)/, '()'))).toEqual([
    '1: passed, 9 passed, 0 failed, 0 skipped ()',
    '2: FAILED, 8 passed, 1 failed, 0 skipped (); FAIL  unit test/a.test.ts > is shown',
    '3: passed, 9 passed, 0 failed, 0 skipped ()',
  ])
})
