// All settings, with their defaults. The schema is the door: an unknown or broken value falls back to its
// default, one by one, so that a damaged settings file never costs more than what is damaged in it.
import * as v from 'valibot'
import { isRecord } from './plain.ts'
import { languages } from './words/language.ts'

const Theme = v.picklist(['system', 'light', 'dark'])
const Language = v.picklist(['system', ...languages])
/** A zone the machine knows, or null for the machine's own. */
export const Zone = v.nullable(v.pipe(v.string(), v.maxLength(64), v.check(isZone, 'is not a time zone')))
const FirstDay = v.nullable(v.picklist([1, 6, 7]))

export const settingsTable = {
  theme: { schema: Theme, fallback: 'system' },
  /** Of the words; `system` follows the browser's languages, or LANG on the command line. */
  language: { schema: Language, fallback: 'system' },
  timeZone: { schema: Zone, fallback: null },
  /** 1 Monday, 6 Saturday, 7 Sunday; null follows the language. */
  firstDayOfWeek: { schema: FirstDay, fallback: null },
  letterKeys: { schema: v.boolean(), fallback: true },
  /** Blurs what a person wouldn't show a stranger. */
  veil: { schema: v.boolean(), fallback: false },
  /** Before records are deleted. */
  keepBackup: { schema: v.boolean(), fallback: false },
} as const

type Table = typeof settingsTable
export type SettingName = keyof Table
export const settingNames: readonly SettingName[] = [
  'theme',
  'language',
  'timeZone',
  'firstDayOfWeek',
  'letterKeys',
  'veil',
  'keepBackup',
]
export type Settings = { readonly [K in SettingName]: v.InferOutput<Table[K]['schema']> }

export const SettingsChange = v.partial(
  v.strictObject({
    theme: Theme,
    timeZone: Zone,
    firstDayOfWeek: FirstDay,
    letterKeys: v.boolean(),
    veil: v.boolean(),
    keepBackup: v.boolean(),
    language: Language,
  }),
)
export type SettingsChange = v.InferOutput<typeof SettingsChange>

const Stored = v.object({
  theme: v.fallback(Theme, settingsTable.theme.fallback),
  language: v.fallback(Language, settingsTable.language.fallback),
  timeZone: v.fallback(Zone, settingsTable.timeZone.fallback),
  firstDayOfWeek: v.fallback(FirstDay, settingsTable.firstDayOfWeek.fallback),
  letterKeys: v.fallback(v.boolean(), settingsTable.letterKeys.fallback),
  veil: v.fallback(v.boolean(), settingsTable.veil.fallback),
  keepBackup: v.fallback(v.boolean(), settingsTable.keepBackup.fallback),
})

/** Reads whatever was stored; never fails. */
export function parseSettings(stored: unknown): Settings {
  const whole = v.safeParse(Stored, isRecord(stored) ? { ...missing, ...stored } : missing)
  return whole.success ? whole.output : v.parse(Stored, missing)
}

const missing = {
  theme: undefined,
  timeZone: undefined,
  firstDayOfWeek: undefined,
  letterKeys: undefined,
  veil: undefined,
  keepBackup: undefined,
  language: undefined,
}

/** Whether this machine knows a zone of that name. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
