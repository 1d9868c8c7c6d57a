// Some events count words themselves: a usage payload says {"openai": 4, "kokoro": 5}. No column has room for
// several words in one row, so these are kept apart, as a list of (row, word, count).

/** The tallies of one chunk, each word written out: they are few, and short. */
export interface TallyChunk {
  /** Counted from the chunk's first row. */
  readonly rows: readonly number[]
  readonly words: readonly string[]
  readonly counts: readonly number[]
}

const mostWords = 1000

export class TallyDraft {
  readonly #rows: number[] = []
  readonly #words: string[] = []
  readonly #counts: number[] = []

  add(row: number, counts: Readonly<Record<string, unknown>> | null): void {
    if (counts === null) return
    for (const [word, count] of Object.entries(counts).slice(0, mostWords)) {
      if (typeof count !== 'number' || !Number.isFinite(count)) continue
      this.#rows.push(row)
      this.#words.push(word)
      this.#counts.push(count)
    }
  }

  finish(): TallyChunk {
    return { rows: this.#rows, words: this.#words, counts: this.#counts }
  }
}

export class TallyColumn {
  readonly #rows: number[] = []
  readonly #codes: number[] = []
  readonly #counts: number[] = []
  readonly #words: string[] = []
  readonly #known = new Map<string, number>()

  append(start: number, chunk: TallyChunk | undefined): void {
    chunk?.words.forEach((word, i) => {
      this.#rows.push(start + (chunk.rows[i] ?? 0))
      this.#codes.push(this.#code(word))
      this.#counts.push(chunk.counts[i] ?? 0)
    })
  }

  /** Sums of the rows that fail nothing asked for; words that are ranges stand in their own order. */
  sums(fails: Uint32Array, asked: number, order: readonly string[] = []): { label: string; count: number }[] {
    const sums = this.#words.map(() => 0)
    this.#codes.forEach((code, i) => {
      const failed = (fails[this.#rows[i] ?? 0] ?? 0) & asked
      if (failed === 0) sums[code] = (sums[code] ?? 0) + (this.#counts[i] ?? 0)
    })
    const place = (word: string): number => (order.includes(word) ? order.indexOf(word) : order.length)
    return this.#words
      .map((label, code) => ({ label, count: sums[code] ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => place(a.label) - place(b.label) || b.count - a.count || (a.label < b.label ? -1 : 1))
  }

  #code(word: string): number {
    const known = this.#known.get(word)
    if (known !== undefined) return known
    const code = this.#words.push(word) - 1
    this.#known.set(word, code)
    return code
  }
}
