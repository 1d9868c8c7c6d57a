// Which language the program speaks outside its windows: the one of the settings, else that of the environment.
import { homedir } from 'node:os'
import { languageOf, localeOf } from '../shared/words/language.ts'
import type { Language } from '../shared/words/language.ts'
import { en } from '../shared/words/en.ts'
import type { Words } from '../shared/words/en.ts'
import { findPaths } from './paths.ts'
import { SettingsStore } from './settings.ts'

export interface Speech {
  readonly language: Language
  readonly locale: string
  readonly words: Words
}

const load: Record<Language, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('../shared/words/de.ts')).de,
}

export async function speak(
  chosen: Language | 'system',
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Speech> {
  const preferred = preferredBy(environment)
  const language = languageOf(chosen, preferred)
  return { language, locale: localeOf(language, preferred), words: await load[language]() }
}

/** With the settings as they are on this machine now. */
export async function speakAsSet(environment: Readonly<Record<string, string | undefined>>): Promise<Speech> {
  const paths = findPaths({ platform: process.platform, environment, home: homedir() })
  const { language } = await new SettingsStore(paths).read()
  return speak(language, environment)
}

/** `de_AT.UTF-8` as Intl names it: de-AT. The first that is set counts, as everywhere in a terminal. */
function preferredBy(environment: Readonly<Record<string, string | undefined>>): string[] {
  const { LC_ALL, LC_MESSAGES, LANG, LANGUAGE } = environment
  const said = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '')
  const none = said === undefined || said === 'C' || said.startsWith('C.') || said === 'POSIX'
  const all = none ? [] : [...(LANGUAGE ?? '').split(':'), said]
  return all.flatMap((name) => {
    const [, language, , region] = /^([a-z]{2,3})(_([A-Z]{2}))?\b/.exec(name) ?? []
    return language === undefined ? [] : [region === undefined ? language : `${language}-${region}`]
  })
}
