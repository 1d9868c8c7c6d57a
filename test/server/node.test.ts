// The server as it is started by hand, in a process of its own.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../../server/node.ts')
let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'sightglass-server-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

// Windows has no signal that asks a process to end; it is ended by Ctrl-C in its own console there.
if (process.platform !== 'win32')
  it('starts without set-up, on this machine only, and ends whole when told to', async () => {
    const child = spawn(process.execPath, [program, '--port', '0', '--data', join(folder, 'data')])
    let said = ''
    for await (const piece of child.stdout) {
      said += String(piece)
      if (said.includes('\n')) break
    }
    const [address = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
    const health = await fetch(`${address}/api/v1/telemetry/health`)
    expect(await health.json()).toEqual({ status: 'ok' })
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    // No journal of SQLite's: it was closed.
    expect((await readdir(join(folder, 'data'))).filter((name) => name.endsWith('-wal'))).toEqual([])
  })

it('says in one sentence why it can’t start', () => {
  const start = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: folder })
  const wrong = start('--port', 'many')
  expect([wrong.status, wrong.stderr]).toEqual([
    1,
    'The community server could not be started: --port takes a number from 0 to 65535, not many.\n',
  ])
  expect(start('--nonsense').stderr).not.toMatch(/\n\s+at /)
})
