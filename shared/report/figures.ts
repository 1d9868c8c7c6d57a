// The row of figures, each against the period before where there is one.
import type { Details, Figures, Overview } from '../viewer/specs.ts'
import type { Wording } from '../words/wording.ts'
import { el } from './html.ts'
import type { Html } from './html.ts'

interface Figure {
  readonly name: string
  readonly text: string
  readonly before: string | null
}

export function figuresOf(overview: Overview, details: Details | null, wording: Wording): Html {
  const { page } = wording.words.report
  const shown = listFigures(overview, details, wording)
  return el(
    'dl',
    { class: 'figures' },
    ...shown.map(({ name, text, before }) =>
      el(
        'div',
        {},
        el('dt', {}, name),
        el('dd', {}, text),
        ...(before === null ? [] : [el('dd', {}, page.wasBefore(before))]),
      ),
    ),
  )
}

function listFigures(overview: Overview, details: Details | null, { words, numbers }: Wording): Figure[] {
  const { figures: names } = words.window.overview
  const { figures, before, days, measures, measuresBefore } = overview
  const rate = ({ failed, withOutcome }: Figures): string | null =>
    failed === null || withOutcome === 0 ? null : numbers.share(failed / withOutcome)
  const took = (value: number | null | undefined): string | null =>
    value === null || value === undefined ? null : numbers.duration(value)
  const all: readonly (readonly [name: string, text: string | null, before: string | null])[] = [
    [names.events(figures.events), numbers.exact(figures.events), before && numbers.exact(before.events)],
    [
      names.activeDays(figures.activeDays),
      days === null || days === 1
        ? null
        : names.activeOf(numbers.exact(figures.activeDays), numbers.exact(days)),
      before && numbers.exact(before.activeDays),
    ],
    [names.errorRate, rate(figures), before && rate(before)],
    [names.median, took(details?.figures.median), took(details?.before?.median)],
    [names.p95, took(details?.figures.p95), took(details?.before?.p95)],
    ...measures.map(({ name, unit, sum }) => {
      const past = measuresBefore.find((other) => other.name === name)
      return [
        words.window.measure(name, sum),
        numbers.amount(sum, unit),
        past === undefined ? null : numbers.amount(past.sum, unit),
      ] as const
    }),
  ]
  return all.flatMap(([name, text, past]) => (text === null ? [] : [{ name, text, before: past }]))
}
