// What pictures and the report say, in each language. Another one than English is loaded when it is spoken.
import type { Words } from './en.ts'
import { report as en } from './en-report.ts'
import type { Language } from './language.ts'

const load: Record<Language, () => Promise<Words['report']>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de-report.ts')).report,
}

export const reportWords = (language: Language): Promise<Words['report']> => load[language]()
