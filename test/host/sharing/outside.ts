// Watches a program from outside, as strace sees it where there is one: which sockets it and its children open and to whom, and
// whether the resolver for names is woken. What a program says of itself plays no part.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface Watched {
  readonly out: string
  readonly status: number | null
  /** Connections and datagrams to this machine itself. */
  readonly within: readonly string[]
  /** To anywhere else. */
  readonly beyond: readonly string[]
  /** Whatever only somebody does who looks a name up. */
  readonly lookUps: readonly string[]
}

const options = ['-f', '-qq', '-s', '200', '-e', 'trace=connect,sendto,sendmsg,sendmmsg,openat']
const hook = pathToFileURL(join(import.meta.dirname, 'note-network.ts')).href

export function watchFromOutside(folder: string, file: string): Watched {
  const trace = join(folder, 'trace.txt')
  writeFileSync(trace, '')
  const program = [process.execPath, join(import.meta.dirname, file)]
  const run = (command: string, args: readonly string[], more: Record<string, string>) =>
    spawnSync(command, args, {
      encoding: 'utf8',
      maxBuffer: 64_000_000,
      env: { ...process.env, NODE_OPTIONS: '', ...more },
    })
  const done = canTrace
    ? run('strace', [...options, '-o', trace, ...program], {})
    : run(process.execPath, program.slice(1), { NODE_OPTIONS: `--import ${hook}`, TRACE: trace })
  return { out: done.stdout, status: done.status, ...readTrace(readFileSync(trace, 'utf8')) }
}

/** Elsewhere the program's own calls are noted, which is less, but not nothing. */
const canTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', process.execPath, '--version']).status === 0

export function readTrace(trace: string): Pick<Watched, 'within' | 'beyond' | 'lookUps'> {
  const lines = trace.split('\n')
  const inet = lines.filter((line) => /(connect|sendto|sendmsg|sendmmsg)\(.*sa_family=AF_INET6?/.test(line))
  const isLoopback = (line: string): boolean =>
    /inet_addr\("127\.\d+\.\d+\.\d+"\)/.test(line) || /inet_pton\(AF_INET6, "::1"/.test(line)
  return {
    within: inet.filter(isLoopback),
    beyond: inet.filter((line) => !isLoopback(line)),
    lookUps: lines.filter(
      (line) =>
        /sin6?_port=htons\(53\)/.test(line) || /openat\([^"]*"\/etc\/(resolv|nsswitch)\.conf"/.test(line),
    ),
  }
}
