import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { firstScripts } from './first-screen.ts'

it('the first screen comes with at most 150 kB of script', () => {
  const size = firstScripts().reduce((sum, script) => sum + gzipSync(script).length, 0)
  expect(size).toBeGreaterThan(20_000)
  expect(size).toBeLessThanOrEqual(150_000)
})
