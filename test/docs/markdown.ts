// What the pages say, taken apart: their links, headings, blocks of code, and the words that stand as code.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

export interface Page {
  /** From the project's folder, with strokes. */
  readonly path: string
  readonly text: string
}

export const pages: readonly Page[] = globSync(['*.md', 'docs/**/*.md'], { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

export function page(path: string): Page {
  const found = pages.find((one) => one.path === path)
  if (found === undefined) throw new Error(`there is no ${path}`)
  return found
}

export interface Block {
  /** The words after the fence: the language, and what else is said of it. */
  readonly info: string
  readonly code: string
}

const fence = /^( *)(`{3,})(.*)\n((?:.*\n)*?)\1\2 *$/gm

export const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(fence)].map(([, , , info = '', code = '']) => ({ info: info.trim(), code }))

const withoutBlocks = (text: string): string => text.replaceAll(fence, '')

/** What stands between backticks in running text. */
export const spansOf = (text: string): readonly string[] =>
  [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, said = '']) => said.replaceAll(/\s+/g, ' '))

/** Links and pictures, as Markdown or as HTML. */
export function linksOf(text: string): readonly string[] {
  const prose = withoutBlocks(text).replaceAll(/`[^`]+`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)|\b(?:href|src|srcset)="([^"\s]+)/g)].map(
    ([, said, attribute]) => said ?? attribute ?? '',
  )
}

/** The names by which a page's headings are linked to, as GitHub makes them. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of withoutBlocks(text).matchAll(/^#+ +(.*?) *$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = plain.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
    let name = slug
    for (let copy = 1; anchors.has(name); copy++) name = `${slug}-${copy}`
    anchors.add(name)
  }
  return anchors
}

export const code = (word: string): string => `\`${word}\``

export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
