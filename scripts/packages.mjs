// Debian's packages, where they are ours to install: on Debian, as root.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { words } from './words.mjs'

/** @typedef {import('./processes.mjs').Processes} Processes */

/**
 * False when they could not be installed; where that is not ours to do nothing is tried.
 * @param {Processes} processes
 * @param {readonly string[]} wanted
 */
export async function installPackages(processes, wanted) {
  const missing = isDebianAsRoot() ? wanted.filter((name) => !isPackageInstalled(name)) : []
  if (missing.length === 0) return true
  console.log(words.installingPackages(missing.join(', ')))
  const options = ['-qq', '-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0']
  await aptGet(processes, ['-qq', 'update']) // one source that doesn't answer need not be the one we want
  return aptGet(processes, ['install', ...options, ...missing])
}

/**
 * @param {Processes} processes
 * @param {readonly string[]} args
 */
async function aptGet(processes, args) {
  const { ended } = processes.start('apt-get', args, {
    // RUNLEVEL: what is a service is installed, and not started.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return (await ended).code === 0
}

export function isDebianAsRoot() {
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
