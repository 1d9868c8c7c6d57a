// The proof that what was deleted is gone. See traces.ts for what is searched for, pages.ts for where.
import { statSync } from 'node:fs'
import type { EraseProof } from '../../shared/erase.ts'
import { walkFile } from './pages.ts'
import { sleep } from './rewrite.ts'
import { Searcher } from './searcher.ts'
import type { Traces } from './traces.ts'

export interface Proved {
  readonly proof: EraseProof
  /** Bytes, of those in which no row lies, that are not zero. */
  readonly filled: number
  /** The traces that no remaining row contains: what a receipt is made of. */
  readonly unique: readonly number[]
  /** Nobody wrote into the file while it was searched. */
  readonly still: boolean
}

const tries = 4

/** The file is read raw, so this runs only where the process holds no native connection to it. */
export async function prove(place: string, traces: Traces, rows: number): Promise<Proved> {
  for (let attempt = 1; ; attempt++) {
    const before = stampOf(place)
    const searcher = new Searcher(traces)
    const whole = walkFile(place, {
      live: (bytes, from, end) => searcher.live(bytes, from, end),
      dead: (bytes, from, end, where) => searcher.dead(bytes, from, end, where),
    })
    const still = whole && stampOf(place) === before
    if (still || attempt === tries) return tell(searcher, traces, rows, still)
    await sleep(100 * attempt)
  }
}

function tell(searcher: Searcher, traces: Traces, rows: number, still: boolean): Proved {
  const unique = [...searcher.unique()]
  const places = new Map<string, number>()
  let found = 0
  for (const trace of unique) {
    if (!searcher.isFound(trace)) continue
    found++
    const place = searcher.found.get(trace) ?? 'database'
    places.set(place, (places.get(place) ?? 0) + 1)
  }
  const traceable = new Set(unique.map((trace) => traces.rows[trace])).size
  const told = (['database', 'wal', 'journal'] as const).map((place) => ({
    place,
    found: places.get(place) ?? 0,
  }))
  return {
    proof: { rows, traceable, cells: unique.length, searched: searcher.searched, found, places: told },
    filled: searcher.filled,
    unique,
    still,
  }
}

function stampOf(place: string): string {
  return ['', '-wal', '-journal']
    .map((end) => {
      const about = statSync(place + end, { bigint: true, throwIfNoEntry: false })
      return about === undefined ? '-' : `${about.ino} ${about.size} ${about.mtimeNs}`
    })
    .join(' ')
}
