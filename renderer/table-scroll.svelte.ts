// What part of a long list is in view. The element is scrolled by the browser; where its bar is too short for the
// list, scroll-space.ts says what a move of it means.
import { flushSync } from 'svelte'
import { ScrollSpace, rowHeight } from './scroll-space.ts'

const framesAhead = 4
const mostAhead = 800

export class TableScroll {
  readonly #count: () => number
  readonly #moved: () => void
  /** Of the view, in pixels of rows, and its height without the header. */
  top = $state(0)
  view = $state(0)
  readonly space = $derived.by(() => new ScrollSpace(this.#count(), this.view))
  readonly first = $derived(Math.floor(this.top / rowHeight))
  /** The element that is scrolled, while it is on the page. */
  element: HTMLElement | null = null
  /** So many rows more are worth fetching, below or above, while the view moves there. */
  ahead = 0
  #scroll = 0

  constructor(count: () => number, moved: () => void) {
    this.#count = count
    this.#moved = moved
  }

  attach(element: HTMLElement): () => void {
    this.element = element
    const measure = (): void => {
      this.view = Math.max(0, element.clientHeight - rowHeight)
      this.#moved()
    }
    const size = new ResizeObserver(measure)
    size.observe(element)
    const scrolled = (): void => this.#scrolled(element.scrollTop)
    element.addEventListener('scroll', scrolled, { passive: true })
    const settled = (): void => this.#settle()
    element.addEventListener('scrollend', settled)
    queueMicrotask(() => this.to(this.top))
    return () => {
      size.disconnect()
      element.removeEventListener('scroll', scrolled)
      element.removeEventListener('scrollend', settled)
      this.element = null
    }
  }

  to(top: number): void {
    this.top = this.space.clamp(top)
    flushSync() // the element must be as high as the list before it can be scrolled there
    this.#bar(this.space.scrollAt(this.top))
    this.#moved()
  }

  /** As little as brings a whole row into view. */
  toRow(position: number): void {
    const top = position * rowHeight
    if (top < this.top) this.to(top)
    else if (top + rowHeight > this.top + this.view) this.to(top + rowHeight - this.view)
  }

  toSide(left: number, right: number): void {
    const { element } = this
    if (element === null) return
    if (left < element.scrollLeft) element.scrollLeft = left
    else if (right > element.scrollLeft + element.clientWidth)
      element.scrollLeft = right - element.clientWidth
  }

  #scrolled(scroll: number): void {
    if (scroll === this.#scroll) return
    const top = this.space.moved(this.top, this.#scroll, scroll, 2 * this.view)
    const moved = Math.round((top - this.top) / rowHeight)
    this.ahead = Math.max(-mostAhead, Math.min(mostAhead, framesAhead * moved))
    this.top = top
    this.#scroll = scroll
    this.#moved()
  }

  /** After small moves through a long list the bar is brought to where it should stand. */
  #settle(): void {
    this.ahead = 0
    const scroll = this.space.scrollAt(this.top)
    if (Math.abs(scroll - this.#scroll) > 1) this.#bar(scroll)
  }

  #bar(scroll: number): void {
    if (this.element === null) return
    this.element.scrollTop = scroll
    this.#scroll = this.element.scrollTop
  }
}
