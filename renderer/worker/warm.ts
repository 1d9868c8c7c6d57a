// Loops over columns run slowly until the engine has seen and compiled them, the first choice a person makes ten times as
// long as the tenth. So they are run beforehand: on made-up rows while no file is open, and on some rows of a large file
// while nobody has chosen anything yet.
import { Charts } from '../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns, chunkRows } from '../../shared/viewer/columns.ts'
import type { ColumnChunk } from '../../shared/viewer/columns.ts'
import { outcome } from '../../shared/viewer/events.ts'
import type { TelemetryEvent } from '../../shared/viewer/events.ts'
import { everything, wordsOf } from '../../shared/viewer/filter.ts'
import type { Filter } from '../../shared/viewer/filter.ts'
import type { Format } from '../../shared/formats/format.ts'
import { smartAgents } from '../../shared/formats/smart-agents.ts'
import type { View } from '../../shared/viewer/specs.ts'
import { createZone } from '../../shared/viewer/zone.ts'

const rounds = 6

/** Before any file is opened. */
export function* rehearse(): Generator<undefined, void, undefined> {
  const chunks: { readonly chunk: ColumnChunk; readonly source: number }[] = []
  for (let source = 0; source < 2; source++) {
    for (const chunk of new ChunkBuilder(smartAgents).chunks(madeUp())) chunks.push({ chunk, source })
    yield
  }
  const now = Date.now()
  const zone = createZone(new Intl.DateTimeFormat().resolvedOptions().timeZone)
  yield* warmUp(smartAgents, chunks, { filter: everything, zone, now, firstDayOfWeek: 1 })
}

/** As many as a chunk has, and as different as those of a file. */
function* madeUp(): Generator<TelemetryEvent> {
  const { dimensions, measures } = smartAgents.events
  const now = Date.now()
  for (let row = 0; row < chunkRows; row++) {
    const failed = row % 11 === 0
    yield {
      rowid: chunkRows - row,
      time: now - row * 700_001,
      kind: `kind ${row % 5}`,
      outcome: row % 3 === 0 ? outcome.unknown : failed ? outcome.failed : outcome.ok,
      duration: row % 7 === 0 ? NaN : (row * 7919) % 60_000,
      dimensions: dimensions.map((_, i) =>
        (row + i) % 4 === 0 ? `word ${(row * (i + 3)) % (5 + 9 * i)}` : null,
      ),
      measures: measures.map((_, i) => ((row + i) % 3 === 0 ? NaN : row * (i + 0.5))),
      tallies: [],
    }
  }
}

/** One choice after the other, each of its kind; it pauses where something that is wanted may go first. */
export function* warmUp(
  format: Format,
  chunks: readonly { readonly chunk: ColumnChunk; readonly source: number }[],
  view: View,
): Generator<undefined, void, undefined> {
  const columns = new Columns(format)
  for (const { chunk, source } of chunks) columns.append(chunk, source)
  for (let round = 0; round < rounds; round++) {
    const charts = new Charts(columns)
    // As the window sends them: what came in a message is of another make for the engine than what was made here.
    for (const filter of structuredClone(filtersOf(columns))) {
      charts.overview({ ...view, filter })
      const details = charts.details({ ...view, filter })
      while (details.next().done !== true) yield
      yield
    }
  }
}

function filtersOf(columns: Columns): Filter[] {
  const { time, rows } = columns
  const [newest = 0, oldest = 0] = [time[0], time[rows - 1]]
  const third = (newest - oldest) / 3
  const between = { from: oldest + third, to: newest - third }
  const names = ['kind', ...columns.dimensions.slice(0, 2).map(({ name }) => name)]
  const wheres = names.map((dimension) => ({
    dimension,
    values: wordsOf(columns, dimension).words.slice(1, 2),
  }))
  return [
    everything,
    ...[true, false].flatMap((not): Filter[] => [
      ...wheres.map((where) => ({ ...everything, where: [{ ...where, not }] })),
      { ...everything, failed: not },
      { ...everything, duration: { from: 100, to: 10_000, not } },
      { ...everything, duration: { from: 100, to: 5000, not } }, // cuts a bin in two
      { ...everything, range: { ...between, not } },
    ]),
    { ...everything, since: between.from, until: between.to },
  ]
}
