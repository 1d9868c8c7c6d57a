// Loops over columns run slowly until the engine has seen and compiled them, the first choice a person makes ten times as
// long as the tenth. So they are run beforehand, on some rows of a large file, while nobody has chosen anything yet.
import { Charts } from '../../shared/viewer/charts.ts'
import { Columns } from '../../shared/viewer/columns.ts'
import type { ColumnChunk } from '../../shared/viewer/columns.ts'
import { everything, wordsOf } from '../../shared/viewer/filter.ts'
import type { Filter } from '../../shared/viewer/filter.ts'
import type { Format } from '../../shared/formats/format.ts'
import type { View } from '../../shared/viewer/specs.ts'

const rounds = 4

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
    for (const filter of filtersOf(columns)) {
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
