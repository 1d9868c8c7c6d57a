// What stands in the search field. It is searched for once the hand rests: each letter would be a search of its own.
import type { Program } from './program.svelte.ts'

const restOfHand = 150

export class SearchTyping {
  readonly #program: Program
  #typed = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(program: Program) {
    this.#program = program
  }

  get words(): string {
    return this.#typed ?? this.#program.place.chosen.search
  }

  type(words: string, when: 'soon' | 'at once' = 'soon'): void {
    this.#typed = words
    if (this.#timer !== null) clearTimeout(this.#timer)
    const search = (): void => {
      this.#typed = null
      this.#program.search(words)
    }
    if (when === 'soon') this.#timer = setTimeout(search, restOfHand)
    else search()
  }
}
