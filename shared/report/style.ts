// The report's own style sheet: the family look in both themes, and on paper always in the light one. It must be the
// same to the byte wherever a report is made, because the page's policy allows it by its hash.
import { dark, light } from '../viewer/draw/palette.ts'
import type { Palette } from '../viewer/draw/palette.ts'

const inks = ({ colours, series }: Palette): string =>
  [...Object.entries(colours), ...series.map((colour, i) => [`series-${i + 1}`, colour] as const)]
    .map(([ink, colour]) => `--${ink}:${colour}`)
    .join(';')

const names = [...Object.keys(light.colours), ...light.series.map((_, i) => `series-${i + 1}`)]
const marks = names.map((ink) => `.f-${ink}{fill:var(--${ink})}.s-${ink}{stroke:var(--${ink})}`).join('\n')

export const style = `
:root{color-scheme:light dark;${inks(light)}}
@media screen and (prefers-color-scheme:dark){:root{${inks(dark)}}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:400 13px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans','DejaVu Sans',sans-serif}
body{max-width:980px;margin:0 auto;padding:32px 24px 48px}
h1,h2,h3,p,ul,dl,dd,figure{margin:0;padding:0}
h1{font-size:22px;font-weight:400;line-height:1.25;overflow-wrap:anywhere}
h2,h3{font-size:13px;font-weight:600}
h2{margin-top:32px;padding-top:12px;border-top:1px solid var(--rule)}
ul{list-style:none}
.quiet,dt{color:var(--ink-3)}
.facts{display:grid;grid-template-columns:auto 1fr;gap:2px 16px;margin-top:12px}
.facts dd{overflow-wrap:anywhere}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:16px;margin-top:16px}
.figures div{display:flex;flex-direction:column}
.figures dt{order:2;font-size:12px}
.figures dd{font-size:22px;line-height:1.25;font-variant-numeric:tabular-nums}
.figures dd+dd{order:3;font-size:12px;color:var(--ink-3)}
.notes{margin-top:16px}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:0 32px;align-items:start}
figure{margin-top:20px;min-width:0;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:8px;overflow-wrap:anywhere}
svg{display:block;width:100%;height:auto;font-variant-numeric:tabular-nums}
.two svg{max-width:450px}
figure.change{display:grid;grid-template-columns:208px 1fr;gap:0 24px;align-items:center;margin-top:16px}
.change figcaption{order:2;max-width:74ch;margin:0;font-weight:400}
.change svg{max-width:208px}
.change details{order:3;grid-column:2}
.change table{width:auto}
details{margin-top:4px}
summary{display:inline-block;color:var(--ink-3);font-size:12px;cursor:pointer}
summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.scroll{max-height:320px;overflow:auto;margin-top:8px}
table{border-collapse:collapse;width:100%}
th,td{padding:3px 0 3px 16px;text-align:end;vertical-align:baseline;border-top:1px solid var(--rule);font-variant-numeric:tabular-nums;white-space:nowrap}
th{font-weight:600;border-top:0}
th:first-child,td:first-child,.text{text-align:start;padding-left:0;white-space:normal;overflow-wrap:anywhere}
.text+.text,.text:not(:first-child){padding-left:16px}
footer{margin-top:32px;padding-top:12px;border-top:1px solid var(--rule);color:var(--ink-3);font-size:12px}
${marks}
@media (max-width:600px){figure.change{grid-template-columns:1fr;gap:8px}.change details{grid-column:1}}
@page{margin:14mm}
@media print{
html{print-color-adjust:exact;-webkit-print-color-adjust:exact;background:none;font-size:11px}
body{max-width:none;padding:0}
h2,h3,figcaption{break-after:avoid}
.facts,.figures,.notes{break-inside:avoid}
.two{grid-template-columns:1fr 1fr;gap:0 24px}
details:not([open]){display:none}
.scroll{max-height:none;overflow:visible}
tr{break-inside:avoid}
}
`
