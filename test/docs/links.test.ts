// Whatever a page points to is there: pages, headings, pictures, files of the project, and tests by their names.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorsOf, blocksOf, linksOf, page, pages, root, spansOf } from './markdown.ts'
import type { Page } from './markdown.ts'
import { allTests } from './tests.ts'

const isElsewhere = (link: string): boolean => /^[a-z]+:/.test(link)

/** Null where a link leads somewhere. */
function fault({ path, text }: Page, link: string): string | null {
  const [target = '', anchor] = link.split('#')
  const to = target === '' ? path : posix.normalize(posix.join(posix.dirname(path), target))
  if (to.startsWith('..') || !existsSync(join(root, to))) return `${path}: ${link} is not there`
  if (anchor === undefined) return null
  const there = to === path ? text : readFileSync(join(root, to), 'utf8')
  return anchorsOf(there).has(anchor) ? null : `${path}: ${link} has no such heading`
}

/** Paths as the pages write them: from the project’s folder, with a star for several. */
const rooms = /^(?:shared|senders|host|electron|renderer|server|scripts|test|docs)\/[\w./*-]*$/

describe('the pages', () => {
  it('link to what is there', () => {
    const links = pages.flatMap((one) => linksOf(one.text).map((link) => [one, link] as const))
    const ours = links.filter(([, link]) => !isElsewhere(link))
    expect(ours.length).toBeGreaterThan(40)
    expect(ours.map(([one, link]) => fault(one, link)).filter((said) => said !== null)).toEqual([])
  })

  it('ask nobody for anything when they are looked at: pictures lie beside them', () => {
    for (const { path, text } of pages) expect(text, path).not.toMatch(/(!\[[^\]]*\]\(|src(?:set)?=")https?:/)
  })

  it('show every picture that there is, and none is heavy', () => {
    const shown = pages.flatMap((one) =>
      linksOf(one.text).map((link) => posix.join(posix.dirname(one.path), link)),
    )
    for (const picture of globSync('docs/pictures/*', { cwd: root }).map((path) =>
      path.replaceAll('\\', '/'),
    )) {
      expect(shown).toContain(picture)
      expect(statSync(join(root, picture)).size, picture).toBeLessThan(160_000)
    }
  })

  it('name files of the project that there are, or that they have made', () => {
    const isHistory = ({ path }: Page): boolean => path === 'CHANGELOG.md'
    const named = pages
      .filter((one) => !isHistory(one))
      .flatMap(({ path, text }) => {
        const made = blocksOf(text).map(({ info }) => info.split(' ')[1])
        return spansOf(text).flatMap((said) => (made.includes(said) ? [] : [{ path, said }]))
      })
      .filter(({ said }) => rooms.test(said))
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter(({ said }) => globSync(said, { cwd: root }).length === 0)).toEqual([])
  })

  it('can all be reached from docs/README.md', () => {
    const listed = linksOf(page('docs/README.md').text).map((link) => posix.join('docs', link))
    const all = pages.map(({ path }) => path).filter((path) => path !== 'docs/README.md')
    expect(all.filter((path) => !listed.includes(path))).toEqual([])
  })

  it('name tests that there are', () => {
    const known = new Set(allTests().map(({ file, name }) => `${file}: ${name}`))
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/`(test\/[\w./-]+\.tests?\.ts)`: “([^”]+)”/g)].map(
        ([, file = '', name = '']) => `${file}: ${name}`,
      ),
    )
    expect(named.length).toBeGreaterThan(15)
    expect(named.filter((one) => !known.has(one))).toEqual([])
  })
})
