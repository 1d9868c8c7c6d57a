// The hand on a chart, by pointer, touch or keys alike: one of its places is pointed at, a stretch of them is drawn
// from one to another, and at the end it is chosen. While it still moves the other charts are shown what would be.
import type { How } from './choose.ts'

export interface Reach {
  /** The place at a point of the window, the nearest one where it lies beside the chart. */
  readonly find: (x: number, y: number) => number
  /** Where an arrow key leads; undefined for keys that lead nowhere. */
  readonly step: (key: string, at: number | null) => number | undefined
  readonly preview: (from: number, to: number) => void
  readonly choose: (from: number, to: number, how: How) => void
  /** What was shown meanwhile is taken back. */
  readonly cancel: () => void
}

export class Hand {
  readonly #reach: Reach
  /** The place that is pointed at. */
  at = $state<number | null>(null)
  /** Where the stretch began that is being drawn. */
  from = $state<number | null>(null)
  /** By keys: only then it is spoken. */
  walking = $state(false)

  constructor(reach: Reach) {
    this.#reach = reach
  }

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return
    event.currentTarget.setPointerCapture(event.pointerId)
    this.walking = false
    this.at = this.#reach.find(event.clientX, event.clientY)
    this.from = this.at
  }

  readonly move = (event: PointerEvent): void => {
    const at = this.#reach.find(event.clientX, event.clientY)
    if (at === this.at) return
    this.walking = false
    this.at = at
    if (this.from !== null) this.#reach.preview(this.from, at)
  }

  readonly up = (event: PointerEvent): void => {
    this.#end({ add: event.ctrlKey || event.metaKey, not: event.shiftKey })
    if (event.pointerType === 'touch') this.at = null
  }

  readonly leave = (): void => {
    if (this.from !== null || this.walking) return
    this.at = null
  }

  /** The system took the pointer away, to scroll for example. */
  readonly cancel = (): void => {
    if (this.from !== null) this.#reach.cancel()
    this.from = null
    this.at = null
  }

  readonly key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      if (this.at === null) return
      event.stopPropagation()
      this.cancel()
    } else if ((event.key === 'Enter' || event.key === ' ') && this.at !== null) {
      this.from ??= this.at
      this.#end({ add: event.ctrlKey || event.metaKey, not: event.shiftKey })
    } else {
      const next = this.#reach.step(event.key, this.at)
      if (next === undefined) return
      this.walking = true
      if (event.shiftKey) this.from ??= this.at ?? next
      this.at = next
      if (this.from !== null) this.#reach.preview(this.from, next)
    }
    event.preventDefault()
  }

  /** A stretch drawn by Shift and arrows is chosen when Shift is let go. */
  readonly keyUp = (event: KeyboardEvent): void => {
    if (event.key === 'Shift' && this.walking) this.#end({})
  }

  readonly blur = (): void => {
    this.walking = false
    this.cancel()
  }

  #end(how: How): void {
    const { from, at } = this
    this.from = null
    if (from !== null && at !== null) this.#reach.choose(Math.min(from, at), Math.max(from, at), how)
  }
}

/** Along one row. */
export function stepInRow(key: string, at: number | null, count: number): number | undefined {
  const last = count - 1
  if (key === 'ArrowRight') return at === null ? 0 : Math.min(last, at + 1)
  if (key === 'ArrowLeft') return at === null ? last : Math.max(0, at - 1)
  if (key === 'Home') return 0
  return key === 'End' ? last : undefined
}
