// Given to Node with --import where there is no strace: notes what a program asks of the network, in strace's words.
import { appendFileSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import type * as Dns from 'node:dns'
import type * as Net from 'node:net'

const note = (line: string): void => appendFileSync(process.env['TRACE'] ?? '', `${line}\n`)
const require = createRequire(import.meta.url)
const net = require('node:net') as typeof Net
const dns = require('node:dns') as typeof Dns

const { connect } = net.Socket.prototype
const noted = function (this: Net.Socket, ...given: unknown[]): Net.Socket {
  const [options] = given.flat() as { host?: string; path?: string }[]
  if (options?.path === undefined)
    note(`connect(0, {sa_family=AF_INET, sin_addr=inet_addr("${options?.host ?? '127.0.0.1'}")})`)
  return Reflect.apply(connect, this, given) as Net.Socket
}
Object.assign(net.Socket.prototype, { connect: noted })
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6'] as const)
  for (const room of [dns, dns.promises]) {
    const asked = Reflect.get(room, name) as (...given: unknown[]) => unknown
    Reflect.set(room, name, (...given: unknown[]) => {
      note('openat(AT_FDCWD, "/etc/resolv.conf")')
      return Reflect.apply(asked, room, given)
    })
  }
syncBuiltinESMExports()
