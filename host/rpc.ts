// The one door through which calls from a window come in, whatever carried them: a name and an unknown value.
// It looks the name up in the bridge's table, checks the value against the method's schema, calls the handler.
import * as v from 'valibot'
import type { Args, CallName, CancelSignal, Handlers, MethodName, StreamName } from '../shared/bridge.ts'
import { bridge } from '../shared/bridge.ts'
import { isRecord } from '../shared/plain.ts'
import type { Result } from '../shared/result.ts'
import { fail } from '../shared/result.ts'
import { traceWithoutData } from './trace.ts'

/** Arguments are paths, filters and settings: a megabyte of them is an attack or a mistake. */
export const mostArgumentBytes = 1_000_000
const deepest = 64

export interface Rpc {
  call(name: string, args: unknown): Promise<Result<unknown>>
  stream(
    name: string,
    args: unknown,
    send: (item: unknown) => void,
    signal: CancelSignal,
  ): Promise<Result<unknown>>
}

export function createRpc(handlers: Handlers): Rpc {
  return {
    async call(name, args) {
      const checked = check(name, args, 'call')
      if (!checked.ok) return checked
      const handler = handlers[checked.value.name as CallName] as (args: unknown) => Promise<Result<unknown>>
      return guard(name, () => handler(checked.value.args))
    },
    async stream(name, args, send, signal) {
      const checked = check(name, args, 'stream')
      if (!checked.ok) return checked
      const handler = handlers[checked.value.name as StreamName] as (
        args: unknown,
        send: (item: unknown) => void,
        signal: CancelSignal,
      ) => Promise<Result<unknown>>
      return guard(name, () => handler(checked.value.args, send, signal))
    },
  }
}

function check(
  name: string,
  args: unknown,
  kind: 'call' | 'stream',
): Result<{ name: MethodName; args: Args<MethodName> }> {
  if (!isMethod(name) || bridge[name].kind !== kind)
    return fail({ kind: 'unknown-method', method: printable(name) })
  const plain = refusal(args)
  if (plain !== null) return fail({ kind: 'bad-call', method: name, issue: plain })
  const parsed = v.safeParse(bridge[name].args, args)
  if (parsed.success) return { ok: true, value: { name, args: parsed.output } }
  const [issue] = parsed.issues
  return fail({
    kind: 'bad-call',
    method: name,
    issue: `${v.getDotPath(issue) ?? 'arguments'}: ${issue.message}`,
  })
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(bridge, name)
}

const printable = (name: unknown): string =>
  String(name)
    .replace(/[^\w.-]/g, '?')
    .slice(0, 64)

/** Why a value is not fit to be arguments at all: not plain data, too deep, too big, or with prototype keys. */
function refusal(args: unknown): string | null {
  if (!isRecord(args)) return 'arguments: are not an object'
  let bytes = 0
  const visit = (value: unknown, depth: number): string | null => {
    bytes += typeof value === 'string' ? value.length : 8
    if (bytes > mostArgumentBytes) return `arguments: are larger than ${mostArgumentBytes} bytes`
    if (depth > deepest) return 'arguments: are nested too deep'
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return null
    if (typeof value !== 'object') return `arguments: hold a ${typeof value}`
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== null && prototype !== Object.prototype && !Array.isArray(value))
      return 'arguments: hold an object that is not plain'
    for (const [key, inner] of Object.entries(value)) {
      if (forbiddenKeys.has(key)) return `arguments: hold the key ${key}`
      bytes += key.length
      const refused = visit(inner, depth + 1)
      if (refused !== null) return refused
    }
    return null
  }
  return visit(args, 0)
}
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** A handler that throws is a bug: the window is told so, the details stay on this side. */
async function guard(
  name: string,
  run: () => Promise<Result<unknown>> | Result<unknown>,
): Promise<Result<unknown>> {
  try {
    return await run()
  } catch (error) {
    console.error(`${name}: ${traceWithoutData(error)}`)
    return fail({ kind: 'unexpected', where: name })
  }
}
