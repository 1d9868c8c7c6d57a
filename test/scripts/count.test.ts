import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { suites } from '../../scripts/suites.mjs'
import { allowedSkip, countReport } from '../../scripts/vitest-run.mjs'

const file = (status: string, ...tests: string[]) => ({
  name: '/project/test/a.test.ts',
  status,
  assertionResults: tests.map((test) => ({ status: test, fullName: `a ${test} test` })),
})
const skip = { name: 'a skipped test', platforms: ['linux'], why: 'x' }

describe('the last line of npm test', () => {
  it('counts what passed and what failed over all files', () => {
    const count = countReport(
      [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')],
      () => null,
    )
    expect(count).toMatchObject({ passed: 3, failed: 1, skipped: 0 })
  })
  it('counts a skipped test as failed unless the list allows it', () => {
    expect(countReport([file('passed', 'skipped')], () => null)).toMatchObject({ failed: 1, skipped: 0 })
    expect(countReport([file('passed', 'skipped')], () => skip)).toMatchObject({ failed: 0, skipped: 1 })
  })
  it('counts a test that is only planned as failed, and names it', () => {
    const { failed, notes } = countReport([file('passed', 'todo')], () => null)
    expect(failed).toBe(1)
    expect(notes.join()).toContain('a todo test')
  })
  it('counts a file that breaks before its tests as failed, and names it', () => {
    const { failed, notes } = countReport([file('failed')], () => null)
    expect(failed).toBe(1)
    expect(notes.join()).toContain('a.test.ts')
  })
})

describe('what may be skipped', () => {
  const text = readFileSync(join(import.meta.dirname, '../skips.json'), 'utf8')
  const Skips = v.array(
    v.strictObject({
      name: v.string(),
      platforms: v.array(v.picklist(['debian as root', 'linux', 'darwin', 'win32'])),
      why: v.pipe(v.string(), v.minLength(20)),
    }),
  )
  const skips = v.parse(Skips, JSON.parse(text))

  it('stands in one file of at most 30 lines, each with its platforms and its reason', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(30)
  })
  it('is nothing but Electron’s own runtime on Debian as root, where all else is installed', () => {
    const there = skips.filter(({ platforms }) => platforms.includes('debian as root'))
    expect(there.map(({ name }) => name)).toEqual(['electron'])
    expect(allowedSkip('electron', 'debian as root')).not.toBeNull()
    expect(allowedSkip('Node with PostgreSQL is not installed here', 'linux')).not.toBeNull()
    expect(allowedSkip('Node with PostgreSQL is not installed here', 'debian as root')).toBeNull()
  })
})

it('the budgets of all suites come to twelve minutes', () => {
  expect(suites.reduce((all, { budget }) => all + budget, 0)).toBe(720)
})
