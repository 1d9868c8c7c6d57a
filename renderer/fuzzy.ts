// What a person means by a few letters. Every word that is typed must be found: best at the beginning of a word,
// then within one, then as letters that follow each other with gaps, of which the first begins a word. Only where nothing
// fits, one slip of the hand in a word is overlooked.
import { changesBetween } from '../shared/typos.ts'

/** The items that fit, the best first; where two fit as well, in their own order. */
export function rank<T>(typed: string, items: readonly T[], textOf: (item: T) => string): T[] {
  const wanted = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
  const texts = items.map((item) => ({ item, text: fold(textOf(item)) }))
  for (const costOfWord of [costAsTyped, costMistyped]) {
    const found = texts.flatMap(({ item, text }) => {
      const cost = costOf(wanted, text, costOfWord)
      return cost === null ? [] : [{ item, cost }]
    })
    if (found.length > 0) return found.sort((one, other) => one.cost - other.cost).map(({ item }) => item)
  }
  return []
}

/** Upper case and accents make no difference. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()

type CostOfWord = (word: string, text: string) => number | null

function costOf(wanted: readonly string[], text: string, costOfWord: CostOfWord): number | null {
  let sum = text.length / 10_000
  for (const word of wanted) {
    const cost = costOfWord(word, text)
    if (cost === null) return null
    sum += cost
  }
  return sum
}

function costAsTyped(word: string, text: string): number | null {
  const starts = startsOf(text)
  const begun = starts.find((start) => text.startsWith(word, start))
  if (begun !== undefined) return begun / 1000
  const within = text.indexOf(word)
  if (within >= 0) return 1 + within / 1000
  const costs = starts.flatMap((start) => gapsFrom(word, text, start) ?? [])
  return costs.length === 0 ? null : 2 + Math.min(...costs) / 100
}

/** Short words have too many neighbours. */
const shortest = 4

function costMistyped(word: string, text: string): number | null {
  const asTyped = costAsTyped(word, text)
  if (asTyped !== null || word.length < shortest) return asTyped
  const isNear = (start: number): boolean =>
    [0, -1, 1].some((more) => changesBetween(word, text.slice(start, start + word.length + more)) <= 1)
  return startsOf(text).some(isNear) ? 3 : null
}

function startsOf(text: string): number[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => index)
}

/** How many letters are passed over from `start` on to find those of the word one after another. */
function gapsFrom(word: string, text: string, start: number): number | null {
  if (text[start] !== word[0]) return null
  let at = start
  for (const letter of word) {
    at = text.indexOf(letter, at)
    if (at < 0) return null
    at++
  }
  return at - start - word.length
}
