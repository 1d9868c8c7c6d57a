// The proof that what was deleted is gone. See traces.ts for what is searched for, pages.ts for where.
import { statSync } from 'node:fs'
import type { EraseProof } from '../../shared/erase.ts'
import { eachCell } from './page-parts.ts'
import { walkFile } from './pages.ts'
import { sleep } from './rewrite.ts'
import { Searcher } from './searcher.ts'
import type { Traces } from './traces.ts'

export interface Proved {
  readonly proof: EraseProof
  /** Bytes, of those in which no row lies, that are not zero. */
  readonly filled: number
  /** What a receipt is made of: traces of one deleted row each, that no remaining row contains. */
  readonly lasting: readonly number[]
  /** Nobody wrote into the file while it was searched. */
  readonly still: boolean
}

const tries = 4

/**
 * Right after a deletion, what a remaining row has is no trace of a deleted one. Later, by a receipt, it is: then the
 * record has come back. The file is read raw, so this runs only where the process has no native connection to it.
 */
export async function prove(
  place: string,
  traces: Traces,
  rows: number,
  when: 'after deleting' | 'by receipt',
): Promise<Proved> {
  for (let attempt = 1; ; attempt++) {
    const before = stampOf(place)
    const searcher = new Searcher(traces)
    const whole = walkFile(place, {
      row: (bytes) => eachCell(bytes, (from, length) => searcher.cell(bytes, from, length)),
      unused: (bytes, from, end, where) => searcher.unused(bytes, from, end, where),
    })
    const parts = partsOfRows(place, traces, [...searcher.found.keys()])
    const still = whole && stampOf(place) === before
    if (still || attempt === tries) return tell(searcher, traces, rows, when, parts, still)
    await sleep(100 * attempt)
  }
}

/** Of those that were found where no row lies: the ones that are a part of some row's longer cell. */
function partsOfRows(place: string, traces: Traces, found: readonly number[]): Uint8Array {
  const searcher = new Searcher(traces, found)
  if (found.length > 0) walkFile(place, { row: (bytes) => searcher.row(bytes), unused: () => {} })
  return searcher.inRows
}

function tell(
  searcher: Searcher,
  traces: Traces,
  rows: number,
  when: 'after deleting' | 'by receipt',
  parts: Uint8Array,
  still: boolean,
): Proved {
  const places = new Map<string, number>()
  const traceable = new Set<number>()
  const lasting: number[] = []
  let [cells, found] = [0, 0]
  for (let trace = 0; trace < traces.count; trace++) {
    const inRows = searcher.inRows[trace] === 1
    if (when === 'after deleting' && (inRows || parts[trace] === 1)) continue
    cells++
    traceable.add(traces.rows[trace] ?? 0)
    if (traces.shared[trace] === 0) lasting.push(trace)
    const where = inRows ? 'rows' : searcher.found.get(trace)
    if (where === undefined) continue
    found++
    places.set(where, (places.get(where) ?? 0) + 1)
  }
  const told = (['rows', 'database', 'wal', 'journal'] as const).map((place) => ({
    place,
    found: places.get(place) ?? 0,
  }))
  return {
    proof: { rows, traceable: traceable.size, cells, searched: searcher.searched, found, places: told },
    filled: searcher.filled,
    lasting,
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
