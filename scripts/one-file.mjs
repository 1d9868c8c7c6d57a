// Makes one HTML file of a build: script and style go into it, and it carries its own policy. A page that is opened
// from the disk may load nothing beside it, and has no server to name a policy: a meta element does, by the hashes of
// just this script and this style. Its workers are blobs of the same script, and share its policy.
import { createHash } from 'node:crypto'

/**
 * @param {string} name of the file
 * @param {string} main the page's script, instead of the one that its HTML names
 * @returns {import('vite').Plugin}
 */
export function oneFile(name, main) {
  return {
    name: 'one-file',
    enforce: 'post',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace('./main.ts', main) },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const parts = { html: '', js: '', css: '', svg: '' }
        for (const [file, part] of Object.entries(bundle)) {
          const kind = kinds.find((end) => file.endsWith(`.${end}`))
          if (kind === undefined || parts[kind] !== '') throw new Error(`${file} has no place in the page`)
          parts[kind] = part.type === 'chunk' ? part.code : String(part.source)
          Reflect.deleteProperty(bundle, file)
        }
        this.emitFile({ type: 'asset', fileName: name, source: put(parts) })
      },
    },
  }
}

/** One of each. */
const kinds = /** @type {const} */ (['html', 'js', 'css', 'svg'])

/** @param {Record<(typeof kinds)[number], string>} parts */
function put({ html, js, css, svg }) {
  const inside = { script: harmless(js), style: css.trim() }
  const icon = `data:image/svg+xml,${encodeURIComponent(svg)}`
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash(inside.script)}' 'wasm-unsafe-eval'`,
    `style-src 'sha256-${hash(inside.style)}'`,
    'worker-src blob:',
    'img-src data:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html
    .replaceAll(/\s*<(script|link)\b[^>]*\b(src|stylesheet)\b[^>]*>(<\/script>)?/g, '')
    .replace(/href="[^"]*\.svg"/, () => `href="${icon}"`)
    .replace('<head>', () => `<head>\n    <meta http-equiv="content-security-policy" content="${policy}" />`)
    .replace('</head>', () => `  <style>${inside.style}</style>\n  </head>`)
    .replace('</body>', () => `  <script>${inside.script}</script>\n  </body>`)
}

/** Text that would end the script element stands in strings alone, where it may be written like this. */
const harmless = (/** @type {string} */ script) =>
  script.trim().replaceAll(/<(\/script|!--)/gi, (end) => `<\\${end.slice(1)}`)

const hash = (/** @type {string} */ text) => createHash('sha256').update(text).digest('base64')
