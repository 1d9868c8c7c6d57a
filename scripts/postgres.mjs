// PostgreSQL's own programs for the tests of the server: those that are installed, or on Debian as root Debian's own.
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { installPackages } from './packages.mjs'

/** @typedef {import('./processes.mjs').Processes} Processes */

/** The folder with initdb and postgres in it; null when there is none. */
export function findPostgres(environment = process.env) {
  const program = process.platform === 'win32' ? 'initdb.exe' : 'initdb'
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    environment['SIGHTGLASS_POSTGRES'] ?? '',
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(environment['PATH'] ?? '').split(delimiter),
  ]
  return folders.find((folder) => folder !== '' && existsSync(join(folder, program))) ?? null
}

/**
 * Finds it, installing it where that is ours to do. Without it that home's tests are skipped by their name.
 * @param {Processes} processes
 */
export async function providePostgres(processes) {
  if (findPostgres() === null) await installPackages(processes, ['postgresql'])
  return findPostgres()
}
