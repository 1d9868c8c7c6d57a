// What the person's settings make of the window: its words, how numbers and days are written, where days and weeks
// begin, which theme. A setting works at once; one that the host can't keep goes back, and it is said why.
import { MediaQuery } from 'svelte/reactivity'
import type { AppError, Result } from '../shared/result.ts'
import type { Settings } from '../shared/settings.ts'
import { settingsTable } from '../shared/settings.ts'
import { createZone } from '../shared/viewer/zone.ts'
import { createDates } from '../shared/words/dates.ts'
import { en } from '../shared/words/en.ts'
import { createNumbers } from '../shared/words/numbers.ts'

export const defaults: Settings = {
  theme: settingsTable.theme.fallback,
  timeZone: settingsTable.timeZone.fallback,
  firstDayOfWeek: settingsTable.firstDayOfWeek.fallback,
  letterKeys: settingsTable.letterKeys.fallback,
  veil: settingsTable.veil.fallback,
}

export class Preferences {
  readonly words = en.window
  readonly locale = navigator.languages.find((language) => /^en\b/.test(language)) ?? 'en'
  readonly machineZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  readonly numbers = createNumbers(this.locale)
  readonly #systemDark = new MediaQuery('(prefers-color-scheme: dark)')

  settings = $state.raw<Settings>(defaults)
  readonly zone = $derived(this.settings.timeZone ?? this.machineZone)
  readonly clock = $derived(createZone(this.zone))
  readonly utc = $derived(createDates(this.locale, 'UTC', this.words.justNow))
  readonly dates = $derived(createDates(this.locale, this.zone, this.words.justNow))
  readonly dark = $derived(
    this.settings.theme === 'dark' || (this.settings.theme === 'system' && this.#systemDark.current),
  )
  readonly firstDayOfWeek = $derived(this.settings.firstDayOfWeek ?? firstDayIn(this.locale))

  constructor(settings: Settings) {
    this.settings = settings
  }

  /** Null when it is kept. */
  protected async change(
    change: Partial<Settings>,
    keep: (change: Partial<Settings>) => Promise<Result<Settings>>,
    changed: () => void,
  ): Promise<AppError | null> {
    const before = this.settings
    this.settings = { ...before, ...change }
    changed()
    const kept = await keep(change)
    this.settings = kept.ok ? kept.value : before
    if (kept.ok) return null
    changed()
    return kept.error
  }
}

function firstDayIn(locale: string): number {
  return new Intl.Locale(locale).getWeekInfo().firstDay
}
