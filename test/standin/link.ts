// Questions and answers between the test's process and the program's, both ways, over the channel that Node
// gives to a forked child. Values pass by structured clone.

interface Message {
  readonly id: number
  readonly ask?: string
  readonly args?: readonly unknown[]
  readonly value?: unknown
  readonly error?: string
}
interface Channel {
  send(message: Message): void
  onMessage(listener: (message: unknown) => void): void
}
type Table<T> = { readonly [K in keyof T]: (...args: never[]) => unknown }

/** `Theirs` is the table of what the other side answers to; `ours` is what we answer to. */
export function link<Theirs extends Table<Theirs>>(
  channel: Channel,
  ours: object,
): {
  ask<K extends keyof Theirs & string>(
    name: K,
    ...args: Parameters<Theirs[K]>
  ): Promise<Awaited<ReturnType<Theirs[K]>>>
  cut(reason: string): void
} {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let next = 0
  let over: string | null = null

  channel.onMessage((raw) => {
    const message = raw as Message // both ends are this file
    if (message.ask === undefined) {
      const waiter = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.error === undefined) waiter?.resolve(message.value)
      else waiter?.reject(new Error(message.error))
      return
    }
    const { id, ask, args = [] } = message
    const answer = async (): Promise<unknown> => {
      const handler: unknown = Reflect.get(ours, ask)
      if (typeof handler !== 'function') throw new Error(`nobody answers ${ask}`)
      return Reflect.apply(handler, ours, args)
    }
    answer().then(
      (value) => channel.send({ id, value }),
      (error: unknown) => channel.send({ id, error: error instanceof Error ? error.message : String(error) }),
    )
  })

  return {
    ask: <K extends keyof Theirs & string>(name: K, ...args: Parameters<Theirs[K]>) =>
      new Promise<Awaited<ReturnType<Theirs[K]>>>((resolve, reject) => {
        if (over !== null) return reject(new Error(over))
        const id = next++
        waiting.set(id, { resolve: (value) => resolve(value as Awaited<ReturnType<Theirs[K]>>), reject })
        channel.send({ id, ask: name, args })
      }),
    cut: (reason) => {
      over = reason
      for (const { reject } of waiting.values()) reject(new Error(reason))
      waiting.clear()
    },
  }
}
