// The server as it is started by hand, in a process of its own.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../../server/node.ts')
let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'sightglass-server-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

// Windows has no signal that asks a process to end; it is ended by Ctrl-C in its own console there.
if (process.platform !== 'win32')
  it('starts without set-up, on this machine only, and finishes what is under way when told to end, twice', async () => {
    const child = spawn(process.execPath, [program, '--port', '0', '--data', join(folder, 'data')])
    let said = ''
    for await (const piece of child.stdout) {
      said += String(piece)
      if (said.includes('\n')) break // and the log's reader is gone
    }
    const [address = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
    const health = await fetch(`${address}/api/v1/telemetry/health`)
    expect(await health.json()).toEqual({ status: 'ok' })
    const exited = once(child, 'exit')
    const underWay = connect(Number(new URL(address).port), '127.0.0.1')
    const body = JSON.stringify({ version: '1.2.3', installation_id: '11111111-1111-4111-8111-111111111111' })
    underWay.write(
      `POST /ping HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: ${body.length}\r\n\r\n${body[0]}`,
    )
    expect(String((await once(underWay, 'data'))[0])).toMatch(/^HTTP\/1.1 100 /)
    child.kill('SIGTERM')
    await refused(address) // the first is heard
    child.kill('SIGTERM') // as systemd and the process above hand it on
    underWay.write(body.slice(1))
    expect(String((await once(underWay, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /)
    expect(await exited).toEqual([0, null])
    // No journal of SQLite's: it was closed.
    expect((await readdir(join(folder, 'data'))).filter((name) => name.endsWith('-wal'))).toEqual([])
  })

/** Until nobody is let in any more. */
async function refused(address: string): Promise<void> {
  for (;;)
    try {
      await fetch(address, { headers: { connection: 'close' } })
    } catch {
      return
    }
}

it('says in one sentence why it can’t start, and ends', async () => {
  const start = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: folder, timeout: 30_000 })
  const wrong = start('--port', 'many')
  expect([wrong.status, wrong.stderr]).toEqual([
    1,
    'The community server could not be started: --port takes a number from 0 to 65535, not many.\n',
  ])
  expect(start('--nonsense').stderr).not.toMatch(/\n\s+at /)
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = v.parse(v.object({ port: v.number() }), other.address())
  const taken = start('--port', String(port), '--data', 'taken')
  other.close()
  expect([taken.status, taken.stderr]).toEqual([1, expect.stringContaining(`EADDRINUSE`)])
  writeFileSync(join(folder, 'taken', 'day-keys.json'), '{"2026-11-21":"gehei')
  const damaged = start('--port', '0', '--data', 'taken')
  expect([damaged.status, damaged.stderr]).toEqual([1, expect.stringMatching(/day-keys\.json is damaged/)])
  expect(damaged.stderr).not.toContain('gehei')
})

it('says of a crash what kind it is and where, and quotes nothing that was sent', () => {
  const crash = `const wait = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return
    clearInterval(wait)
    const sent = ['of ge', 'heim\\n    at ge', 'heim'].join('')
    Promise.reject(Object.assign(new TypeError(sent), { detail: sent }))
  }, 1)`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(crash)}`,
      program,
      '--port',
      '0',
      '--data',
      folder,
    ],
    { encoding: 'utf8', timeout: 30_000 },
  )
  expect([status, stderr]).toEqual([1, expect.stringMatching(/broke and ends.* TypeError\n {4}at /)])
  expect(stdout + stderr).not.toContain('geheim')
})
