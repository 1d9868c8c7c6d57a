// The command runs in the Node that it needs, whichever started it; told apart by a Node of another version, which
// this machine may not have: a copy of the program that says so is enough.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

/** A project with the real scripts and lockfile, and a command line of the test's own. */
function project(commandLine: string, installed = true): string {
  const folder = mkdtempSync(join(tmpdir(), 'sightglass-command-'))
  folders.push(folder)
  mkdirSync(join(folder, 'host/cli'), { recursive: true })
  for (const name of ['scripts', 'package.json', 'package-lock.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'host/cli/main.ts'), commandLine)
  if (installed) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return folder
}
/** Takes this Node for an old one, as far as the script can see. */
const asOld = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.0.0'})"
const runs = [
  ['this Node', []],
  ['an older Node', ['--import', asOld]],
] as const

it.each(runs)('gives its arguments and exit code on by %s', (_name, options) => {
  const folder = project('console.log(process.argv.slice(2).join()); process.exitCode = 5')
  const args = [...options, join(folder, 'scripts/sightglass.mjs'), 'report', 'a b.db', '--json']
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stdout).toBe('report,a b.db,--json\n')
  expect(status).toBe(5)
})

it('says in one sentence that the packages are missing', () => {
  const folder = project('console.log("ran")', false)
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'scripts/sightglass.mjs')], {
    encoding: 'utf8',
  })
  expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
  expect(stderr).toMatch(/^[^\n]*run npm ci[^\n]*\n$/)
})

it('means paths from the folder where npm run was typed', () => {
  const folder = project('console.log(process.cwd())')
  const { stdout } = spawnSync(process.execPath, [join(folder, 'scripts/sightglass.mjs')], {
    cwd: folder,
    env: { ...process.env, npm_lifecycle_event: 'sightglass', INIT_CWD: join(folder, 'host') },
    encoding: 'utf8',
  })
  expect(stdout.trim().endsWith('host')).toBe(true)
})

if (process.platform !== 'win32')
  it('is ended with the program when it is stopped, and by the same signal', async () => {
    const folder = project('console.log(process.pid); setInterval(() => {}, 1000)')
    const child = spawn(process.execPath, ['--import', asOld, join(folder, 'scripts/sightglass.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const pid = Number(String(await once(child.stdout, 'data')))
    expect(pid).not.toBe(child.pid)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
    expect(() => process.kill(pid, 0)).toThrow()
  })
