// The operator's page: the answers to all questions as tables, without a script.
import type { Question } from './questions.ts'
import type { Row } from './store.ts'
import { server as words } from '../shared/words/en-server.ts'

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (value: unknown): string =>
  String(typeof value === 'string' || typeof value === 'number' ? value : '').replace(
    /[&<>"]/g,
    (mark) => marks[mark] ?? '',
  )

const spansOffered: readonly number[] = [7, 30, 90, 365]
/** Rows of a table; the others stand in its JSON and CSV. */
const mostShown = 100

export function adminPage(answers: readonly (readonly [Question, readonly Row[]])[], days: number): string {
  const links = answers.map(([{ name, title }]) => `<li><a href="#${name}">${escape(title)}</a></li>`)
  const spans = spansOffered.map((span) =>
    span === days ? `<b>${span}</b>` : `<a href="/admin?days=${span}">${span}</a>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(words.adminTitle)}</title>
<link rel="stylesheet" href="/admin/style.css">
</head>
<body>
<header><h1>${escape(words.adminTitle)}</h1><p>${escape(words.adminSince(days))} ${escape(words.adminSpans)} ${spans.join(' ')}</p></header>
<nav><ul>${links.join('')}</ul></nav>
<main>
${answers.map(([question, rows]) => section(question, rows, days)).join('\n')}
</main>
</body>
</html>
`
}

function section({ name, title }: Question, rows: readonly Row[], days: number): string {
  const head = `<section id="${name}"><h2>${escape(title)}</h2>`
  const [first] = rows
  if (first === undefined) return `${head}<p class="none">${escape(words.adminNothing)}</p></section>`
  const columns = Object.keys(first)
  const cut = rows.length > mostShown ? ` ${escape(words.adminCut(mostShown, rows.length))}` : ''
  const aligned = (value: unknown): string => (typeof value === 'number' ? ' class="n"' : '')
  const cell = (value: unknown): string => `<td${aligned(value)}>${escape(value)}</td>`
  return `${head}
<p class="as"><a href="/admin/answers/${name}?days=${days}">JSON</a> <a href="/admin/answers/${name}?days=${days}&amp;as=csv">CSV</a>${cut}</p>
<table><thead><tr>${columns.map((column) => `<th scope="col"${aligned(first[column])}>${escape(column)}</th>`).join('')}</tr></thead>
<tbody>${rows
    .slice(0, mostShown)
    .map((row) => `<tr>${columns.map((column) => cell(row[column])).join('')}</tr>`)
    .join('')}</tbody></table></section>`
}

export const adminStyle = `:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 0 0 .25rem; }
header p, .none, .as { margin: 0 0 .5rem; opacity: .75; }
nav ul { columns: 18rem; padding-left: 1.2rem; }
section { margin: 2rem 0; overflow-x: auto; }
table { border-collapse: collapse; min-width: 20rem; font-variant-numeric: tabular-nums; }
th, td { padding: .15rem 1.5rem .15rem 0; text-align: left; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
th { font-weight: 600; } .n { text-align: right; }
a { color: inherit; }
`
