// The browser for the browser tests: one that is installed already, or on Debian as root Debian's own, with the
// fonts that the pictures are compared in.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { installPackages } from './packages.mjs'
import { words } from './words.mjs'

/** @typedef {import('./processes.mjs').Processes} Processes */

const packages = ['chromium', 'fonts-dejavu', 'fonts-noto-core']
// Ubuntu's chromium-browser is last: it may be a stub that only tells how to install another.
const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'microsoft-edge', 'chromium-browser']
const macPrograms = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/** The path of a Chromium, Chrome or Edge; null when there is none. */
function findChromium(environment = process.env, platform = process.platform) {
  const named = environment['SIGHTGLASS_CHROMIUM']
  if (named !== undefined && named !== '') return existsSync(named) ? named : null
  return places(environment, platform).find((place) => existsSync(place)) ?? null
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {NodeJS.Platform} platform
 */
function places(environment, platform) {
  if (platform === 'darwin')
    return macPrograms.flatMap((name) =>
      ['', environment['HOME'] ?? ''].map(
        (home) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`,
      ),
    )
  if (platform === 'win32')
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((folder) =>
      windowsPrograms.map((program) => join(environment[folder] ?? '', program)),
    )
  const folders = [...(environment['PATH'] ?? '').split(delimiter), '/usr/bin'].filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/**
 * Finds a browser, installing what is missing where that is ours to do.
 * @param {Processes} processes
 * @returns {Promise<{ path: string } | { why: string }>}
 */
export async function provideChromium(processes) {
  const wanted = findChromium() === null ? packages : packages.filter((name) => name !== 'chromium')
  if (!(await installPackages(processes, wanted))) return { why: words.packagesFailed(wanted.join(', ')) }
  const path = findChromium()
  return path === null ? { why: words.noBrowser } : { path }
}
