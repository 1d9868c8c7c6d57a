// Where a list of any length stands under a scroll bar of limited length: browsers cut the height of an element at
// about 33 million pixels, which is a million rows and no more. Beyond, the bar stands for more rows than it has
// pixels; small moves are still taken pixel by pixel, so that a wheel never skips rows.

export const rowHeight = 28
const mostPixels = 30_000_000

export class ScrollSpace {
  /** Of the element that is scrolled. */
  readonly height: number
  /** The farthest top of the view, in pixels of rows. */
  readonly last: number
  readonly #room: number

  constructor(count: number, view: number) {
    const whole = count * rowHeight
    this.height = Math.min(whole, mostPixels)
    this.last = Math.max(0, whole - view)
    this.#room = Math.max(0, this.height - view)
  }

  /** The top of the view where the bar stands so far down. */
  topAt(scroll: number): number {
    if (this.#room === 0 || scroll <= 0) return 0
    return scroll >= this.#room - 1 ? this.last : (scroll / this.#room) * this.last
  }

  scrollAt(top: number): number {
    return this.last === 0 ? 0 : (top / this.last) * this.#room
  }

  /** After the bar moved from `before` to `scroll`; `step` is what still counts as a small move. */
  moved(top: number, before: number, scroll: number, step: number): number {
    const far = Math.abs(scroll - before) > step || scroll <= 0 || scroll >= this.#room - 1
    return far || this.last === this.#room ? this.topAt(scroll) : this.clamp(top + scroll - before)
  }

  clamp(top: number): number {
    return Math.max(0, Math.min(this.last, top))
  }
}
