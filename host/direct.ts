// The bridge with nothing between: the command line's, and the measure for the other two. Calls pass the same
// door (rpc.ts) as those of a window, so their arguments are checked in the same way.
import type { Answer, Args, Bridge, CallName, CancelSignal, Item, StreamName } from '../shared/bridge.ts'
import type { Result } from '../shared/result.ts'
import type { Rpc } from './rpc.ts'

export function directBridge(rpc: Rpc): Bridge {
  return {
    call: async <K extends CallName>(name: K, args: Args<K>) =>
      (await rpc.call(name, args)) as Result<Answer<K>>, // the door: rpc.ts has the types of all methods at once
    stream: async <K extends StreamName>(
      name: K,
      args: Args<K>,
      onItem: (item: Item<K>) => void,
      signal: CancelSignal = neverCancelled,
    ) => (await rpc.stream(name, args, (item) => onItem(item as Item<K>), signal)) as Result<Answer<K>>,
  }
}

const neverCancelled: CancelSignal = {
  aborted: false,
  addEventListener: () => {},
  removeEventListener: () => {},
}
