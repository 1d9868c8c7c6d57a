// The bridge without anything in between: the host's own door, as the command line uses it.
import { directBridge } from '../../host/direct.ts'
import { bridgeContract } from './bridge.ts'

bridgeContract('called directly', async (world) => {
  const host = world.host('command line')
  return {
    bridge: directBridge(host.rpc),
    raw: (kind, name, args) =>
      kind === 'call'
        ? host.rpc.call(name, args)
        : host.rpc.stream(name, args, () => {}, new AbortController().signal),
    bytes: async (id, range) => {
      const bytes = host.bytes(id, range)
      if (!bytes.ok) throw new Error(bytes.error.kind)
      const pieces: Uint8Array[] = []
      for await (const piece of bytes.value.pieces) pieces.push(piece.slice())
      return Buffer.concat(pieces)
    },
    close: () => host.close(),
  }
})
