// A language that nobody speaks: the English words with every letter accented and every text in brackets. What stands
// on a screen without them did not come from the catalogue. What is given into a sentence keeps its letters.
import { page as english } from '../../shared/words/en-page.ts'
import type { PageWords } from '../../shared/words/en-page.ts'

const plain = 'aeiouyAEIOUYcnszCNSZ'
const accented = 'áéíóúýÁÉÍÓÚÝçñšžÇÑŠŽ'
const open = '⟦'
const close = '⟧'

/** A sentence keeps what is given to it: only a text without gaps is accented. */
const mark = (text: string, accent: boolean): string =>
  open +
  (accent ? text.replaceAll(/[a-z]/gi, (letter) => accented[plain.indexOf(letter)] ?? letter) : text) +
  close

function markAll(value: unknown, accent = true): unknown {
  if (typeof value === 'string') return value === '' ? '' : mark(value, accent)
  if (typeof value === 'function')
    return (...given: readonly unknown[]) => markAll(Reflect.apply(value, undefined, given), false)
  if (Array.isArray(value)) return value.map((item) => markAll(item, accent))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, markAll(item, accent)]))
  return value
}

const isPage = (value: unknown): value is PageWords =>
  typeof value === 'object' && value !== null && 'window' in value && 'errors' in value

function made(): PageWords {
  const all = markAll(english)
  if (!isPage(all)) throw new Error('the words lost their shape')
  return all
}

export const page: PageWords = made()
