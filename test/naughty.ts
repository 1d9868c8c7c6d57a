// Text that has broken other programs: payloads that run where words become a page, and words that are hard to show,
// to compare or to keep. `plant` puts them into every text of a file, so that each column of each format holds some.
import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { looksLikeJson } from '../shared/formats/text-database.ts'
import { isRecord } from '../shared/plain.ts'

/** What a payload would do. */
const run = 'globalThis.ran=1'

export const payloads: readonly string[] = [
  `<script>${run}</script>`,
  `</script><script>${run}</script>`,
  `<SCRIPT SRC=data:text/javascript,${run}></SCRIPT>`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<img src=x onerror=${run}>`,
  `<img src="x" onerror="${run}">`,
  `"><img src=x onerror=${run}>`,
  `'><img src=x onerror=${run}>`,
  `\`><img src=x onerror=${run}>`,
  `<img/src=x/onerror=${run}>`,
  `<img src=x:x onerror\x0a=${run}>`,
  `<image href=x onerror=${run}>`,
  `<svg onload=${run}>`,
  `<svg/onload=${run}//`,
  `<svg><script>${run}</script></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${run}"><text y=9>x</text></a></svg>`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.ran=1</script>"></foreignObject></svg>`,
  `<math><mtext></p><style><img src=x onerror=${run}></style></math>`,
  `<iframe src="javascript:parent.ran=1"></iframe>`,
  `<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `<object data="data:text/html,<script>parent.ran=1</script>"></object>`,
  `<embed src="javascript:${run}">`,
  `<body onload=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<select autofocus onfocus=${run}>`,
  `<textarea autofocus onfocus=${run}>`,
  `<details open ontoggle=${run}>`,
  `<video><source onerror=${run}></video>`,
  `<audio src=x onerror=${run}>`,
  `<marquee onstart=${run}>x</marquee>`,
  `<a href="javascript:${run}" autofocus onfocus=${run}>x</a>`,
  `<a href="data:text/html,<script>opener.ran=1</script>">x</a>`,
  `<form action="javascript:${run}"><button autofocus onfocus=${run}>x</form>`,
  `<base href="javascript:/a/-${run}//">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${run}">`,
  `<link rel=stylesheet href="data:text/css,*{display:none}">`,
  `<style>*{display:none!important}</style>`,
  `<div style="position:fixed;inset:0;background:url(javascript:${run})">x</div>`,
  `<template><img src=x onerror=${run}></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<title><img src=x onerror=${run}></title>`,
  `</title></style></textarea></select><img src=x onerror=${run}>`,
  `<!--><img src=x onerror=${run}>-->`,
  `<![CDATA[><img src=x onerror=${run}>]]>`,
  `&lt;img src=x onerror=${run}&gt;`,
  `&#60;img src=x onerror=${run}&#62;`,
  `\\x3cimg src=x onerror=${run}\\x3e`,
  `\\u003cimg src=x onerror=${run}\\u003e`,
  `" onmouseover="${run}" x="`,
  `' autofocus onfocus='${run}' x='`,
  `javascript:${run}`,
  `\${${run}}{{${run}}}#{${run}}<%=${run}%>{@html ${run}}`,
  `';${run};'`,
  `\u2028${run}\u2029`,
]

const awkward: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'undefined',
  'NULL',
  'NaN',
  'true',
  '0x10',
  '1e309',
  '١٢٣',
  "'; DROP TABLE telemetry_events; --",
  '"quoted" `ticked` [bracketed]',
  '%s %d %n {0} %',
  '../../../../etc/passwd%00',
  '=cmd|’/c calc’!A0',
  '\u202eright to left\u202c',
  'عربي and עברית',
  'Z̴̡͈̆͒a̸̢̎l̶͔̈́g̷̱̑o̵̮͒',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '\ufeffmark\u200b\u00ad',
  'ﷺ',
  '田中さんにあげて下さい',
  'İIıi ẞß ﬁ',
  'line\r\nbreak\ttab\u0085\u000b',
  ' ',
  'W'.repeat(3000),
]

export const naughty: readonly string[] = [...payloads, ...awkward]

/** The same text always becomes the same one, so that what belongs together still does. */
function naughtyFor(text: string): string {
  let sum = 0
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return `${naughty[sum % naughty.length] ?? ''}${text}`
}

/** Times and numbers stay, and so do the keys by which a record of a log is known. */
const isKept = (text: string): boolean => /\d{6}|^\d+$|\d{4}-\d\d-\d\d/.test(text)
const keptKeys = ['type', 'event_type', 'format', 'hash']

function planted(value: unknown): unknown {
  if (typeof value === 'string') return isKept(value) ? value : naughtyFor(value)
  if (Array.isArray(value)) return value.map(planted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, keptKeys.includes(key) ? one : planted(one)]),
  )
}

function plantedText(text: string): string {
  if (!/^[[{]/.test(text)) return String(planted(text))
  try {
    return JSON.stringify(planted(JSON.parse(text)))
  } catch {
    return naughtyFor(text)
  }
}

/** Into every text of a database, or of a log of JSON. */
export function plant(path: string): void {
  if (looksLikeJson(readFileSync(path))) {
    const text = readFileSync(path, 'utf8')
    const whole = text.startsWith('[') || text.startsWith('{\n')
    return writeFileSync(
      path,
      whole
        ? plantedText(text)
        : text
            .split('\n')
            .map((line) => line && plantedText(line))
            .join('\n'),
    )
  }
  const db = new DatabaseSync(path)
  db.function('planted', (cell) => plantedText(String(cell)))
  const columns = db
    .prepare(
      `SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND t.name NOT LIKE 'sqlite%'`,
    )
    .all()
  const quote = (name: unknown): string => `"${String(name).replaceAll('"', '""')}"`
  for (const { table, column } of columns)
    db.exec(
      `UPDATE OR IGNORE ${quote(table)} SET ${quote(column)} = planted(${quote(column)}) WHERE typeof(${quote(column)}) = 'text'`,
    )
  db.close()
}
