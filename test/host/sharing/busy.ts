// A program that does use sockets and names, within this machine.
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
await once(server, 'listening')
await once(connect((server.address() as AddressInfo).port, '127.0.0.1'), 'connect')
await lookup('localhost', { family: 4 })
process.exit(0)
