// In which language the scripts speak: by the same rule as the command line (host/speech.ts), written once more because
// that is TypeScript. A test holds the two together.
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const known = /** @type {const} */ (['en', 'de'])

/**
 * The language of the settings, else the first of the environment's that there is.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} [platform]
 * @param {string} [home]
 * @returns {'en' | 'de'}
 */
export function scriptLanguage(environment, platform = process.platform, home = homedir()) {
  const chosen = known.find((language) => language === settingOf(environment, platform, home))
  return chosen ?? preferredBy(environment) ?? 'en'
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} platform
 * @param {string} home
 * @returns {unknown}
 */
function settingOf(environment, platform, home) {
  try {
    const settings = JSON.parse(
      readFileSync(join(dataFolder(environment, platform, home), 'settings.json'), 'utf8'),
    )
    return settings?.language
  } catch {
    return undefined
  }
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} platform
 * @param {string} home
 */
function dataFolder(environment, platform, home) {
  if (environment['SIGHTGLASS_HOME'] !== undefined) return environment['SIGHTGLASS_HOME']
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Sightglass')
  if (platform === 'win32')
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Sightglass')
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'sightglass')
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {'en' | 'de' | undefined}
 */
function preferredBy({ LC_ALL, LC_MESSAGES, LANG, LANGUAGE }) {
  const said = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '')
  if (said === undefined || said === 'C' || said.startsWith('C.') || said === 'POSIX') return undefined
  const names = [...(LANGUAGE ?? '').split(':'), said].map(
    (name) => /^([a-z]{2,3})(_[A-Z]{2})?\b/.exec(name)?.[1],
  )
  for (const name of names) {
    const found = known.find((language) => language === name)
    if (found !== undefined) return found
  }
  return undefined
}
