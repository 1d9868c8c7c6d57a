// Runs in the page's own world before the page: puts there what the preload exposes, and nothing else.
import { Half } from './worlds.ts'

const half: Half = new Half('page', (message) => {
  if (message.type !== 'expose') return undefined
  if (message.key in window)
    throw new Error('Cannot bind an API on top of an existing property on the window object')
  const value = frozen(half.unpack(message.api))
  Object.defineProperty(window, message.key, { value, enumerable: true })
  return true
})
half.send({ type: 'hello' })

function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
  return Object.freeze(value)
}
