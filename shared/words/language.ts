// Which language the program speaks: the one that is chosen, else the first of the person's own that it has.
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** `preferred` as a browser or a system names them: de-AT, en_GB.UTF-8. */
export function languageOf(chosen: Language | 'system', preferred: readonly string[]): Language {
  if (chosen !== 'system') return chosen
  for (const name of preferred) {
    const known = languages.find((language) => isOf(name, language))
    if (known !== undefined) return known
  }
  return 'en'
}

/** With the person's own region, where it is one of this language: it decides how days and numbers are written. */
export const localeOf = (language: Language, preferred: readonly string[]): string =>
  preferred.find((name) => isOf(name, language)) ?? language

const isOf = (name: string, language: Language): boolean =>
  /^[a-z]+/i.exec(name)?.[0].toLowerCase() === language
