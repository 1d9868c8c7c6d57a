// The bridge without anything in between: the host's own door, as the command line uses it.
import type { Bridge } from '../../shared/bridge.ts'
import type { Host } from '../../host/create-host.ts'
import { bridgeContract } from './bridge.ts'

bridgeContract('called directly', async (world) => {
  const host = world.host('command line')
  return {
    bridge: directBridge(host),
    raw: (kind, name, args) =>
      kind === 'call'
        ? host.rpc.call(name, args)
        : host.rpc.stream(name, args, () => {}, new AbortController().signal),
    bytes: async (id, range) => {
      const bytes = host.bytes(id, range)
      if (!bytes.ok) throw new Error(bytes.error.kind)
      const pieces: Uint8Array[] = []
      for await (const piece of bytes.value.pieces) pieces.push(piece)
      return Buffer.concat(pieces)
    },
    close: () => host.close(),
  }
})

function directBridge({ rpc }: Host): Bridge {
  return {
    call: (name, args) => rpc.call(name, args) as never, // the schema's own types, across the untyped door
    stream: (name, args, onItem, signal) =>
      rpc.stream(name, args, onItem as never, signal ?? new AbortController().signal) as never,
  }
}
