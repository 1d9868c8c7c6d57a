// docs/promises.md: each promise, as PRIVACY.md gives it, with every test that carries its number.
import { code, page } from './markdown.ts'
import { allTests } from './tests.ts'

export interface Promised {
  readonly number: string
  readonly promise: string
}

export const promised = (): readonly Promised[] =>
  [...page('PRIVACY.md').text.matchAll(/^\| \*\*(P\d)\*\* +([^|]+?) *\|/gm)].map(
    ([, number = '', promise = '']) => ({ number, promise }),
  )

function section({ number, promise }: Promised): string {
  const carrying = new RegExp(`\\b${number}\\b`)
  const byFile = Map.groupBy(
    allTests().filter(({ name }) => carrying.test(name)),
    ({ file }) => file,
  )
  const files = [...byFile].map(
    ([file, tests]) => `${code(file)}\n\n${tests.map(({ name }) => `- ${escape(name)}`).join('\n')}`,
  )
  return `## ${number}: ${promise}\n\n${files.join('\n\n')}`
}

const escape = (name: string): string => name.replaceAll(/[*_<>[\]`]/g, '\\$&')

export const promisesPage = (): string => `# What is promised, and what shows it

Written by \`npm run docs\`; a test fails when it is stale. The promises are those of [PRIVACY.md](../PRIVACY.md). Below each
stands the name of every test that carries its number; \`…\` is what differs from case to case. \`npm test -- unit\` and
\`npm test -- browser\` run them all. Who might want to break them, and what stops them, stands in
[SECURITY.md](../SECURITY.md).

${promised().map(section).join('\n\n')}
`
