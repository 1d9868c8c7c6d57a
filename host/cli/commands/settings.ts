import { safeParse } from 'valibot'
import { ok } from '../../../shared/result.ts'
import { SettingsChange, settingsTable } from '../../../shared/settings.ts'
import type { SettingName, Settings } from '../../../shared/settings.ts'
import { cli, locale } from '../speech.ts'
import { flag, misused, optional } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import { clean, cleanJson } from '../terminal.ts'

const words = cli.commands.settings

export const settings = defineCommand({
  operands: [optional('NAME'), optional('VALUE')],
  options: { reset: flag(words.reset), json: flag(words.json) },
  examples: [
    'sightglass settings',
    'sightglass settings theme dark',
    'sightglass settings timeZone Europe/Berlin',
    'sightglass settings theme --reset',
  ],
  calls: ['settings.get', 'settings.set'],
  async run({ bridge, out }, given) {
    const typed = given.operand('NAME')
    const name =
      typed === null ? null : (names.find((known) => known.toLowerCase() === typed.toLowerCase()) ?? null)
    if (typed !== null && name === null) return misused(cli.mistakes.setting(clean(typed), names))
    const value = given.operand('VALUE')
    const change = given.flag('reset')
      ? defaultsOf(name)
      : name !== null && value !== null
        ? read(name, value)
        : {}
    if (change === null) return misused(cli.mistakes.settingValue(name ?? '', clean(value ?? '')))
    const changes = Object.keys(change).length > 0
    const now = changes
      ? await bridge.call('settings.set', { change })
      : await bridge.call('settings.get', {})
    if (!now.ok) return now
    const shown = name === null ? names : [name]
    if (given.flag('json')) out.write(`${cleanJson(name === null ? now.value : now.value[name])}\n`)
    else out.write(shown.map((each) => `${each.padEnd(longest)}  ${write(now.value, each)}\n`).join(''))
    return ok(0)
  },
})

const names = Object.keys(settingsTable).filter(isSetting)
const longest = Math.max(...names.map((name) => name.length))
function isSetting(name: string): name is SettingName {
  return Object.hasOwn(settingsTable, name)
}

function defaultsOf(name: SettingName | null): SettingsChange | null {
  const wanted = name === null ? names : [name]
  return accept(Object.fromEntries(wanted.map((each) => [each, settingsTable[each].fallback])))
}

/** The words of a person for what stands in the file: on, Monday, system. The first that the setting takes. */
function read(name: SettingName, typed: string): SettingsChange | null {
  const spoken = Object.hasOwn(meanings, typed.toLowerCase()) ? meanings[typed.toLowerCase()] : undefined
  const candidates = [typed, typed.toLowerCase(), ...(spoken ?? []), Number(typed)]
  return candidates.map((value) => accept({ [name]: value })).find((change) => change !== null) ?? null
}
const meanings: Readonly<Record<string, readonly unknown[]>> = {
  on: [true],
  yes: [true],
  true: [true],
  off: [false],
  no: [false],
  false: [false],
  monday: [1],
  saturday: [6],
  sunday: [7],
  system: [null],
  default: [null],
  language: [null],
}

function accept(change: unknown): SettingsChange | null {
  const parsed = safeParse(SettingsChange, change)
  return parsed.success ? parsed.output : null
}

function write(all: Settings, name: SettingName): string {
  const value = all[name]
  if (value === null) return name === 'firstDayOfWeek' ? cli.settings.byLanguage : cli.settings.system
  if (typeof value === 'boolean') return value ? cli.settings.on : cli.settings.off
  if (name === 'firstDayOfWeek' && typeof value === 'number') return weekday(value)
  return clean(String(value))
}

/** 2024-01-01 was a Monday. */
const weekday = (day: number): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
