// What the parts of the stand-in share inside the program's process.
import type { EventEmitter } from 'node:events'
import type { Start, TestSide } from './wire.ts'

export interface World {
  readonly start: Start
  readonly app: EventEmitter
  readonly ask: <K extends keyof TestSide>(
    name: K,
    ...args: Parameters<TestSide[K]>
  ) => Promise<Awaited<ReturnType<TestSide[K]>>>
  ready: boolean
  /** True once app.quit() closes the windows. */
  quitting: boolean
}

/** Anything the stand-in lacks is an error when it is asked for, never a silent undefined. */
export function strict<T extends object>(name: string, object: T): T {
  const bound = new Map<unknown, unknown>()
  return new Proxy(object, {
    get: (target, key) => {
      if (typeof key === 'string' && !(key in target) && !allowed.has(key))
        throw new Error(`the stand-in has no ${name}.${key}`)
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function' || key === 'constructor') return value
      if (!bound.has(value)) bound.set(value, value.bind(target)) // private fields are the target's, not the proxy's
      return bound.get(value)
    },
    set: (target, key, value) => Reflect.set(target, key, value),
  })
}
const allowed = new Set(['then', 'toJSON', '__esModule', 'domain'])

export function needReady({ ready }: World, what: string): void {
  if (!ready) throw new Error(`${what} before app is ready`)
}

/** An event as Electron gives it to listeners. */
export class PreventableEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}
