// What the person's settings make of the window: its words, how numbers and days are written, where days and weeks
// begin, which theme. A setting works at once; one that the host can't keep goes back, and it is said why.
import { MediaQuery } from 'svelte/reactivity'
import type { AppError, Result } from '../shared/result.ts'
import type { Settings } from '../shared/settings.ts'
import { settingsTable } from '../shared/settings.ts'
import { createZone } from '../shared/viewer/zone.ts'
import { createDates } from '../shared/words/dates.ts'
import { languageOf, localeOf } from '../shared/words/language.ts'
import { createNumbers } from '../shared/words/numbers.ts'
import { english, explainIn, speak } from './languages.ts'
import type { Speech } from './languages.ts'
import { refusalOf } from './refusal.ts'
import type { Refusal } from './refusal.ts'

export const defaults: Settings = {
  theme: settingsTable.theme.fallback,
  language: settingsTable.language.fallback,
  timeZone: settingsTable.timeZone.fallback,
  firstDayOfWeek: settingsTable.firstDayOfWeek.fallback,
  letterKeys: settingsTable.letterKeys.fallback,
  veil: settingsTable.veil.fallback,
  keepBackup: settingsTable.keepBackup.fallback,
}

export class Preferences {
  readonly machineZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  readonly #systemDark = new MediaQuery('(prefers-color-scheme: dark)')

  settings = $state.raw<Settings>(defaults)
  #speech = $state.raw<Speech>(english)
  readonly language = $derived(this.#speech.language)
  readonly words = $derived(this.#speech.words.window)
  readonly locale = $derived(localeOf(this.language, navigator.languages))
  readonly numbers = $derived(createNumbers(this.locale))
  readonly zone = $derived(this.settings.timeZone ?? this.machineZone)
  readonly clock = $derived(createZone(this.zone))
  readonly utc = $derived(createDates(this.locale, 'UTC', this.words.justNow))
  readonly dates = $derived(createDates(this.locale, this.zone, this.words.justNow))
  readonly dark = $derived(
    this.settings.theme === 'dark' || (this.settings.theme === 'system' && this.#systemDark.current),
  )
  readonly firstDayOfWeek = $derived(this.settings.firstDayOfWeek ?? firstDayIn(this.locale))

  /** The sentence for a failure. */
  readonly explain = $derived(explainIn(this.#speech))

  constructor(settings: Settings, speech: Speech) {
    this.settings = settings
    this.#speech = speech
  }

  /** The same where the window says it: shortly, with the path below. */
  refusal(error: AppError, file: string | null = null): Refusal {
    return refusalOf(error, this.explain, file)
  }

  /** Null when it is kept. */
  protected async change(
    change: Partial<Settings>,
    keep: (change: Partial<Settings>) => Promise<Result<Settings>>,
    changed: () => void,
  ): Promise<AppError | null> {
    const before = this.settings
    await this.#take({ ...before, ...change })
    changed()
    const kept = await keep(change)
    await this.#take(kept.ok ? kept.value : before)
    if (kept.ok) return null
    changed()
    return kept.error
  }

  /** The words of a language may have to be loaded; everything else is there. */
  async #take(settings: Settings): Promise<void> {
    this.settings = settings
    const wanted = languageOf(settings.language, navigator.languages)
    if (wanted === this.#speech.language) return
    const speech = await speak(wanted)
    if (this.settings === settings) this.#speech = speech
  }
}

function firstDayIn(locale: string): number {
  return new Intl.Locale(locale).getWeekInfo().firstDay
}
