// Small faults, such as a slip of the hand would make: one comparison, sign, constant, boolean or answer at a time.
// What is only said to the compiler is left alone, since no test can see it.
import ts from 'typescript'

export interface Mutant {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly was: string
  readonly is: string
  readonly from: number
  readonly to: number
}

const swaps: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
  [ts.SyntaxKind.PlusEqualsToken, '-='],
  [ts.SyntaxKind.MinusEqualsToken, '+='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
])

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateExpression(node) ||
  (ts.isBinaryExpression(node) && (isText(node.left) || isText(node.right)))

interface Change {
  readonly at: ts.Node
  readonly is: string
}

/** What one node could be instead. */
function changeOf(node: ts.Node, source: ts.SourceFile): Change | null {
  if (ts.isBinaryExpression(node)) {
    const is = swaps.get(node.operatorToken.kind)
    return is === undefined || isText(node) ? null : { at: node.operatorToken, is }
  }
  if (ts.isNumericLiteral(node)) return { at: node, is: `(${node.getText(source)} + 1)` }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { at: node, is: 'false' }
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { at: node, is: 'true' }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return { at: node, is: node.operand.getText(source) }
  if (ts.isConditionalExpression(node)) {
    const [condition, one, other] = [node.condition, node.whenTrue, node.whenFalse].map((part) =>
      part.getText(source),
    )
    return { at: node, is: `${condition} ? ${other} : ${one}` }
  }
  if (ts.isReturnStatement(node) && node.expression !== undefined)
    return { at: node.expression, is: 'undefined' }
  return null
}

const isForTheCompiler = (node: ts.Node): boolean =>
  ts.isTypeNode(node) ||
  ts.isImportDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node)

export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const mutants: Mutant[] = []
  const visit = (node: ts.Node): void => {
    if (isForTheCompiler(node)) return
    const change = changeOf(node, source)
    if (change !== null) {
      const [from, to] = [change.at.getStart(source), change.at.end]
      const line = source.getLineAndCharacterOfPosition(from).line + 1
      mutants.push({ file, line, was: text.slice(from, to), is: change.is, from, to })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return mutants
}

export const mutated = (text: string, { from, to, is }: Mutant): string =>
  `${text.slice(0, from)}${is}${text.slice(to)}`
