// Readers and the window share an image: while the window draws, readers rest, but never for long.
import { expect, it } from 'vitest'
import {
  Blocks,
  blockSize,
  createSharedImage,
  letRest,
  readable,
} from '../../renderer/worker/shared-image.ts'

function image() {
  const shared = createSharedImage(2 * blockSize)
  const blocks = new Blocks(shared)
  for (let block = 0; block < blocks.count; block++) blocks.arrived(block)
  return shared
}

it('gives bytes at once where nobody draws, and after a while where somebody goes on drawing', () => {
  const shared = image()
  const read = (): number => {
    const before = performance.now()
    expect(readable(shared, 0).subarray(0, 100)).toHaveLength(100)
    return performance.now() - before
  }
  letRest(shared, true)
  const resting = read()
  expect(resting).toBeGreaterThan(100)
  expect(read(), 'rested once, it reads on').toBeLessThan(resting)
  letRest(shared, true)
  letRest(shared, false)
  expect(read()).toBeLessThan(resting)
})

it('lets the downloader rest as well, until the window has drawn', async () => {
  const shared = image()
  const blocks = new Blocks(shared)
  await blocks.rested()
  letRest(shared, true)
  let rests = true
  const rested = blocks.rested().then(() => (rests = false))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(rests).toBe(true)
  letRest(shared, false)
  await rested
  expect(rests).toBe(false)
})
