// Electron's context bridge between the preload's isolated world and the page's own. The two worlds share the DOM
// and nothing else, so an event on the window carries each message; its detail is copied by the browser itself.
// Functions and promises become proxies; plain objects are copied key by key; what remains (dates, maps, bytes,
// files) is copied by structured clone, or refused with Electron's words.

type Packed =
  | { readonly value: unknown }
  | { readonly fn: number }
  | { readonly promise: number }
  | { readonly error: string }
  | { readonly array: readonly Packed[] }
  | { readonly object: { readonly [key: string]: Packed } }
type Message =
  | { readonly type: 'hello' }
  | { readonly type: 'expose'; readonly key: string; readonly api: Packed }
  | { readonly type: 'call'; readonly fn: number; readonly args: readonly Packed[] }
  | { readonly type: 'settle'; readonly promise: number; readonly value?: Packed; readonly error?: string }
type Reply = { readonly value: Packed } | { readonly thrown: string }

const notCloneable = 'An object could not be cloned.'
const deepest = 1000

export class Half {
  readonly #mine: string
  readonly #theirs: string
  readonly #functions: ((...args: unknown[]) => unknown)[] = []
  readonly #promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #given = 0
  #reply: Reply | null = null

  constructor(mine: 'page' | 'preload', answer: (message: Message) => unknown) {
    this.#mine = `standin-to-${mine}`
    this.#theirs = `standin-to-${mine === 'page' ? 'preload' : 'page'}`
    window.addEventListener(this.#mine, (event) => {
      if (!(event instanceof CustomEvent)) return
      const message = event.detail as Message // sent by the other half
      this.#say(`${this.#theirs}-reply`, this.#answer(message, answer))
    })
    window.addEventListener(`${this.#mine}-reply`, (event) => {
      if (event instanceof CustomEvent) this.#reply = event.detail as Reply
    })
  }

  /** Delivered before it returns, as events are; null when the other half is not there yet. */
  send(message: Message): Reply | null {
    this.#reply = null
    this.#say(this.#theirs, message)
    const reply = this.#reply
    this.#reply = null
    return reply
  }

  pack(value: unknown, depth = 0): Packed {
    if (depth > deepest) throw new Error('Electron contextBridge recursion depth exceeded.')
    if (typeof value === 'function')
      return { fn: this.#functions.push(value as (...args: unknown[]) => unknown) - 1 }
    if (typeof value !== 'object' || value === null) return { value: cloned(value) }
    if (value instanceof Promise) return { promise: this.#watch(value) }
    if (value instanceof Error) return { error: value.message }
    if (value instanceof Node) throw new Error('the stand-in hands over no elements')
    if (Array.isArray(value)) return { array: value.map((inner) => this.pack(inner, depth + 1)) }
    if (!isPlain(value)) return { value: cloned(value) }
    const keys = Object.keys(value) // what stands on a prototype is lost, as in Electron
    const entries = keys.map((key) => [key, this.pack(Reflect.get(value, key), depth + 1)] as const)
    return { object: Object.fromEntries(entries) }
  }

  unpack(packed: Packed): unknown {
    if ('value' in packed) return packed.value
    if ('error' in packed) return new Error(packed.error)
    if ('array' in packed) return packed.array.map((inner) => this.unpack(inner))
    if ('fn' in packed) return (...args: unknown[]) => this.#call(packed.fn, args)
    if ('promise' in packed)
      return new Promise((resolve, reject) => this.#promises.set(packed.promise, { resolve, reject }))
    return Object.fromEntries(Object.entries(packed.object).map(([key, inner]) => [key, this.unpack(inner)]))
  }

  #call(fn: number, args: unknown[]): unknown {
    const reply = this.send({ type: 'call', fn, args: args.map((value) => this.pack(value)) })
    if (reply === null) throw new Error('the other world is gone')
    if ('thrown' in reply) throw new Error(reply.thrown)
    return this.unpack(reply.value)
  }

  #answer(message: Message, answer: (message: Message) => unknown): Reply {
    try {
      if (message.type === 'settle') return this.#settle(message)
      if (message.type !== 'call') return { value: this.pack(answer(message)) }
      const fn = this.#functions[message.fn]
      return { value: this.pack(fn?.(...message.args.map((packed) => this.unpack(packed)))) }
    } catch (error) {
      return { thrown: error instanceof Error ? error.message : String(error) }
    }
  }

  #watch(promise: Promise<unknown>): number {
    const id = this.#given++
    promise.then(
      (value) => this.#tell(id, value),
      (error: unknown) => void this.send({ type: 'settle', promise: id, error: errorText(error) }),
    )
    return id
  }

  #tell(id: number, value: unknown): void {
    try {
      this.send({ type: 'settle', promise: id, value: this.pack(value) })
    } catch (error) {
      this.send({ type: 'settle', promise: id, error: errorText(error) })
    }
  }

  #settle({ promise, value, error }: Extract<Message, { type: 'settle' }>): Reply {
    const waiter = this.#promises.get(promise)
    this.#promises.delete(promise)
    if (value !== undefined) waiter?.resolve(this.unpack(value))
    else waiter?.reject(new Error(error))
    return { value: { value: undefined } }
  }

  #say(name: string, detail: unknown): void {
    window.dispatchEvent(new CustomEvent(name, { detail }))
  }
}

function cloned(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    throw new Error(notCloneable)
  }
}

/** What Electron copies key by key: neither of the language's own kinds nor of the browser's. */
function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object Object]'
}

const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error))
