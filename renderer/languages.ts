// The words of the window in each language. English comes with the page; another one is loaded when it is spoken.
import { explain } from '../shared/words/explain.ts'
import type { AppError } from '../shared/result.ts'
import { page as en } from '../shared/words/en-page.ts'
import type { PageWords } from '../shared/words/en-page.ts'
import type { Language } from '../shared/words/language.ts'

export interface Speech {
  readonly language: Language
  readonly words: PageWords
}

export const english: Speech = { language: 'en', words: en }

const load: Record<Language, () => Promise<PageWords>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('../shared/words/de-page.ts')).page,
}

/** English where the words of another language can't be had, because the host is gone. */
export async function speak(language: Language): Promise<Speech> {
  try {
    return { language, words: await load[language]() }
  } catch {
    return english
  }
}

export const explainIn =
  ({ words }: Speech) =>
  (error: AppError): string =>
    explain(error, words)
