// The browser for the browser tests: one that is installed already, or on Debian as root Debian's own, with the
// fonts that the pictures are compared in.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
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
  const missing = isDebianAsRoot() ? packages.filter((name) => !isPackageInstalled(name)) : []
  if (missing.includes('chromium') && findChromium() !== null) missing.splice(missing.indexOf('chromium'), 1)
  if (missing.length > 0) {
    console.log(words.installingPackages(missing.join(', ')))
    const options = ['-qq', '-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0']
    await aptGet(processes, ['-qq', 'update']) // one source that doesn't answer need not be the one we want
    const done = await aptGet(processes, ['install', ...options, ...missing])
    if (!done) return { why: words.packagesFailed(missing.join(', ')) }
  }
  const path = findChromium()
  return path === null ? { why: words.noBrowser } : { path }
}

/**
 * @param {Processes} processes
 * @param {readonly string[]} args
 */
async function aptGet(processes, args) {
  const { ended } = processes.start('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return (await ended).code === 0
}

function isDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** @param {string} name */
function isPackageInstalled(name) {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' })
  return asked.status === 0 && asked.stdout === 'install ok installed'
}
