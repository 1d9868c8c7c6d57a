// Rows by the million go through a few hands, one at a time. A generator makes an object for each of them at each hand;
// here the same is given every time.

interface Source<T> {
  /** What is given each time. */
  readonly value: T
  /** Fills it anew; false at the end. */
  readonly fill: () => boolean
  /** Called once: at the end, when something fails, or when whoever asks has had enough. */
  readonly end: () => void
}

/** `begin` is called when rows are first asked for. */
export const refilled = <T>(begin: () => Source<T>): Iterable<T> => ({
  [Symbol.iterator]: () => new Refilled(begin()),
})

const finished: IteratorReturnResult<undefined> = { done: true, value: undefined }

class Refilled<T> implements Iterator<T, undefined> {
  readonly #source: Source<T>
  readonly #given: IteratorYieldResult<T>
  #isOver = false

  constructor(source: Source<T>) {
    this.#source = source
    this.#given = { done: false, value: source.value }
  }

  next(): IteratorResult<T, undefined> {
    if (this.#isOver) return finished
    try {
      if (this.#source.fill()) return this.#given
    } catch (error) {
      this.return()
      throw error
    }
    return this.return()
  }

  return(): IteratorReturnResult<undefined> {
    if (!this.#isOver) {
      this.#isOver = true
      this.#source.end()
    }
    return finished
  }
}
