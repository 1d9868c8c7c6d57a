import { expect, it } from 'vitest'
import { mutantsOf, mutated } from './mutations.ts'

it('each mutant is the file with one small fault, and none is in what only the compiler reads', () => {
  const text = `import { zone } from './zone.ts'
interface Span { readonly most: 3 }
export function short(days: number, said: string): string | null {
  if (!zone || days >= 7) return null
  return days === 1 ? 'a day' : days + 1 + ' days' + said
}
`
  const lines = mutantsOf('span.ts', text).map((mutant) => mutated(text, mutant).split('\n')[mutant.line - 1])
  expect(lines).toEqual([
    '  if (!zone && days >= 7) return null',
    '  if (zone || days >= 7) return null',
    '  if (!zone || days > 7) return null',
    '  if (!zone || days >= (7 + 1)) return null',
    '  if (!zone || days >= 7) return undefined',
    '  return undefined',
    "  return days === 1 ? days + 1 + ' days' + said : 'a day'",
    "  return days !== 1 ? 'a day' : days + 1 + ' days' + said",
    "  return days === (1 + 1) ? 'a day' : days + 1 + ' days' + said",
    "  return days === 1 ? 'a day' : days - 1 + ' days' + said",
    "  return days === 1 ? 'a day' : days + (1 + 1) + ' days' + said",
  ])
})
