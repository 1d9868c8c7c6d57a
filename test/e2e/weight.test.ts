import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { root } from './options.ts'

it('the first screen comes with at most 150 kB of script', () => {
  const assets = join(root, 'dist/page/assets')
  const first = readdirSync(assets).filter((name) => /^index-.*\.js$/.test(name))
  expect(first).toHaveLength(1)
  const size = gzipSync(readFileSync(join(assets, first[0] ?? ''))).length
  expect(size).toBeLessThanOrEqual(150_000)
})
