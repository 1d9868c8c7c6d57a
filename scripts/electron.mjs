// Electron as a program to start: where its runtime is, whether it can be fetched, and whether a window came.
// The package `electron` is never imported: in plain Node that begins a download which blocks everything.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { describe, signalGroup } from './processes.mjs'
import { Explained, root } from './set-up.mjs'
import { words } from './words.mjs'

/** @typedef {import('./processes.mjs').Processes} Processes */

/** What the shell's main process prints once its window can be seen, or another instance has taken the file. */
export const shownLine = 'sightglass: window shown'
const folder = join(root, 'node_modules', 'electron')
const downloadLimit = 10 * 60_000
const soon = 3000

/** The runtime's program, or null. */
export function findRuntime(environment = process.env) {
  const found = runtimeFolder(environment)
  return found === null ? null : join(found, programName() ?? 'electron')
}

/** The folder that the runtime lies in, or null: the same places that the package itself looks at. */
export function runtimeFolder(environment = process.env) {
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH']
  const name = programName()
  if (override !== undefined && override !== '')
    return existsSync(join(override, name ?? 'electron')) ? override : null
  const dist = join(folder, 'dist')
  if (name === null || readText(join(dist, 'version'))?.replace(/^v/, '') !== version()) return null
  return existsSync(join(dist, name)) ? dist : null
}

/** As Electron's installer wrote it down; null before it ran. */
const programName = () => readText(join(folder, 'path.txt'))

/** @param {Readonly<Record<string, string | undefined>>} environment */
export function hasDisplay(environment = process.env, platform = process.platform) {
  if (platform === 'win32' || platform === 'darwin') return !environment['CI']
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
}

/** Where Electron's installer would download from: its own rules for mirrors, the usual ones of them. */
function downloadAddress(environment = process.env) {
  const mirror =
    environment['npm_config_electron_mirror'] ||
    environment['ELECTRON_MIRROR'] ||
    'https://github.com/electron/electron/releases/download/'
  return `${mirror}v${version()}/electron-v${version()}-${process.platform}-${process.arch}.zip`
}

/** Whether the download would begin; its host's name, to say who did not answer. */
export async function canDownload(environment = process.env) {
  const address = downloadAddress(environment)
  const host = URL.canParse(address) ? new URL(address).host : address
  try {
    const answer = await fetch(address, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(3000),
    })
    return { host, answers: answer.status < 400 }
  } catch {
    return { host, answers: false }
  }
}

/**
 * Runs Electron's own installer.
 * @param {Processes} processes
 * @param {string} node
 * @returns {Promise<string>} the runtime's program
 */
export async function download(processes, node) {
  console.log(words.downloading)
  const { child, ended } = processes.start(node, [join(folder, 'install.js')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const said = lastLines(child.stderr)
  const limit = killAfter(child, downloadLimit)
  const how = await ended
  limit.lift()
  const runtime = findRuntime()
  if (limit.reached()) throw new Explained(words.downloadTooSlow)
  if (how.code !== 0 || runtime === null) throw new Explained(words.downloadFailed(said() || describe(how)))
  return runtime
}

/**
 * Opens the window and waits until it is closed. Fails if none is shown in time, or if Electron ends before or
 * right after: then somebody is looking at nothing.
 * @param {Processes} processes
 * @param {{ runtime: string, file: string | null, patience: number }} wanted
 * @returns {Promise<{ ok: true, code: number } | { ok: false, why: string }>}
 */
export async function openWindow(processes, { runtime, file, patience }) {
  const environment = { ...process.env }
  delete environment['ELECTRON_RUN_AS_NODE'] // editors built on Electron leave it in their terminals
  const { child, ended } = processes.start(runtime, file === null ? [root] : [root, file], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const limit = killAfter(child, patience)
  const shown = { at: 0 }
  const said = lastLines(child.stderr, () => shown.at > 0)
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === shownLine) {
        limit.lift()
        shown.at = Date.now()
      } else console.log(line)
    })
  const how = await ended
  limit.lift()
  const told = [describe(how), said()].filter(Boolean).join(': ')
  const why = limit.reached()
    ? words.noWindow(patience / 1000)
    : how.error !== null
      ? words.cannotRun(how.error)
      : shown.at === 0
        ? words.exitedEarly(told)
        : how.code !== 0 && Date.now() - shown.at < soon
          ? words.exitedSoon(told)
          : null
  if (why === null) return { ok: true, code: how.code ?? 1 }
  signalGroup(child, 'SIGKILL') // what it may have left behind
  return { ok: false, why }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} milliseconds
 */
function killAfter(child, milliseconds) {
  let reached = false
  const timer = setTimeout(() => {
    reached = true
    signalGroup(child, 'SIGKILL')
  }, milliseconds)
  return { lift: () => clearTimeout(timer), reached: () => reached }
}

/**
 * Keeps the last line that says something, to quote it; passes lines on while it is told to.
 * @param {import('node:stream').Readable | null} stream
 * @param {() => boolean} [passOn]
 */
function lastLines(stream, passOn = () => false) {
  let telling = ''
  if (stream !== null)
    createInterface({ input: stream }).on('line', (line) => {
      if (passOn()) console.error(line)
      if (line.trim() !== '' && !/^\s+at /.test(line)) telling = line.trim().slice(0, 300)
    })
  return () => telling
}

/** @returns {string} */
function version() {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
