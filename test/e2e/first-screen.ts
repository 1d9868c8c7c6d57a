// What the first screen cannot begin without: the page's own script, and those that this imports at once.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './options.ts'

export function firstScripts(): Buffer[] {
  const page = join(root, 'dist/page')
  const html = readFileSync(join(page, 'index.html'), 'utf8')
  const named = html.matchAll(/(?:src|rel="modulepreload" crossorigin href)="([^"]+\.js)"/g)
  return Array.from(named, ([, path = '']) => readFileSync(join(page, path)))
}
