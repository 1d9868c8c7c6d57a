// A chart of the report: its picture, and the same as a table that opens beneath it.
import type { Drawing } from '../viewer/draw/drawing.ts'
import { svgOf } from '../viewer/draw/svg.ts'
import { cellText } from '../viewer/tables.ts'
import type { Table } from '../viewer/tables.ts'
import type { Wording } from '../words/wording.ts'
import { el, raw } from './html.ts'
import type { Html } from './html.ts'

/** More rows make a page heavy, and nobody reads them there; how many there are is said. */
const mostRows = 200

export function figureOf(
  id: string,
  drawing: Drawing,
  table: Table,
  wording: Wording,
  look: { readonly class?: string } = {},
  all = table.rows.length,
): Html {
  const { page } = wording.words.report
  const rows = table.rows.slice(0, mostRows)
  const kind = (i: number): Readonly<Record<string, string>> =>
    table.columns[i]?.as === 'text' ? { class: 'text' } : {}
  const head = el(
    'tr',
    {},
    ...table.columns.map(({ name }, i) => el('th', { scope: 'col', ...kind(i) }, name)),
  )
  const body = rows.map((row) =>
    el(
      'tr',
      {},
      ...row.map((cell, i) =>
        el('td', kind(i), cellText(cell, table.columns[i]?.as ?? 'text', wording.numbers)),
      ),
    ),
  )
  return el(
    'figure',
    look,
    el('figcaption', {}, table.title),
    raw(svgOf(drawing, { id })),
    el(
      'details',
      {},
      el('summary', { 'aria-label': page.tableOf(table.title) }, page.table),
      el(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': table.title },
        el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)),
      ),
      ...(all > rows.length
        ? [
            el(
              'p',
              { class: 'quiet' },
              page.cut(wording.numbers.exact(rows.length), wording.numbers.count(all)),
            ),
          ]
        : []),
    ),
  )
}
