// The names of all tests, read from their files: a page that names a test is held to it.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './markdown.ts'

export interface NamedTest {
  readonly file: string
  /** What it is called, with what it is described under: `deletion › leaves no trace`. */
  readonly name: string
}

/** Where a name is made for each case, what differs stands as an ellipsis. */
function titleOf(node: ts.Expression | undefined): string | null {
  if (node === undefined) return null
  if (ts.isStringLiteralLike(node)) return node.text.replaceAll(/%[sdifjo]|\$[\w.]+/g, '…')
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
}

/** `it`, `it.each(cases)`, `describe.skipIf(why)`: the word that they begin with. */
function wordOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return wordOf(node.expression)
  return ts.isTaggedTemplateExpression(node) ? wordOf(node.tag) : ''
}

export function testsIn(file: string, text: string): readonly NamedTest[] {
  const tests: NamedTest[] = []
  const visit = (node: ts.Node, above: readonly string[]): void => {
    let within = above
    if (ts.isCallExpression(node)) {
      const title = titleOf(node.arguments[0])
      const word = wordOf(node.expression)
      if (title !== null && (word === 'it' || word === 'test'))
        tests.push({ file, name: [...above, title].join(' › ') })
      else if (title !== null && word === 'describe') within = [...above, title]
    }
    ts.forEachChild(node, (child) => visit(child, within))
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest), [])
  return tests
}

let found: readonly NamedTest[] | null = null

export function allTests(): readonly NamedTest[] {
  found ??= globSync('test/**/*.{test,tests}.ts', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .flatMap((path) => testsIn(path, readFileSync(join(root, path), 'utf8')))
  return found
}
