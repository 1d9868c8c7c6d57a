// PostgreSQL as Debian has it, in a folder of its own and on a port of its own. It never runs as root: there its
// package has made a user for it.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'
import type { Engine } from './node-home.ts'

const { INT8, NUMERIC } = pg.types.builtins
for (const type of [INT8, NUMERIC]) pg.types.setTypeParser(type, Number)

type Owner = { uid: number; gid: number } | Record<never, never>

/** Without waiting for the disk, unless that is what is asked: only a machine that stops would tell. */
export async function startPostgres(
  programs: string,
  settings: Readonly<Record<string, string>> = { fsync: 'off' },
): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-postgres-'))
  const owner = await ownerOf(folder)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...owner, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(made.stderr)
  const port = await freePort()
  const start = (): Promise<ChildProcess> =>
    startServer(
      join(programs, 'postgres'),
      ['-D', data, ...argsOf({ ...settings, port, unix_socket_directories: folder })],
      owner,
    )
  let server = await start()
  const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', max: 2 })
  pool.on('error', () => {}) // it is about to crash
  return {
    environment: { DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres` },
    folder,
    query: async (sql, ...values) => {
      let n = 0
      const { rows } = await pool.query<Record<string, unknown>>(
        sql.replaceAll('?', () => `$${++n}`),
        values,
      )
      return rows
    },
    crash: async () => {
      await end(server, 'SIGQUIT') // "immediate": no checkpoint, the log is replayed at the next start
      server = await start()
    },
    close: async () => {
      await pool.end()
      await end(server, 'SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function ownerOf(folder: string): Promise<Owner> {
  if (process.getuid?.() !== 0) return {}
  const [uid, gid] = ['-u', '-g'].map((which) =>
    Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout),
  )
  if (!uid || !gid) throw new Error('there is no user "postgres" to run it as')
  await chown(folder, uid, gid)
  return { uid, gid }
}

const argsOf = (settings: Readonly<Record<string, string | number>>): string[] =>
  Object.entries({ listen_addresses: '127.0.0.1', ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])

async function startServer(program: string, args: readonly string[], owner: Owner): Promise<ChildProcess> {
  const server = spawn(program, args, { ...owner, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  await new Promise<void>((ready, failed) => {
    server.stderr.on('data', (piece) => {
      said += String(piece)
      if (said.includes('ready to accept connections')) ready()
    })
    server.once('exit', () => failed(new Error(said)))
  })
  return server
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(server, 'exit')
  server.kill(signal)
  await exited
}
