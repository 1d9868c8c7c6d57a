// One web host for each person: a second start finds the first by a file that only this account can read, asks it
// for a fresh address, and ends. The file holds two secrets, one to ask with and one that comes back, so that
// neither side is fooled by a stranger who sits on the port of a program that crashed.
import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { makePrivateFolder } from '../paths.ts'
import { isRunning } from '../temporary.ts'
import { newSecret, sameSecret } from './sessions.ts'

export const againPath = '/again'
export interface AgainSecrets {
  readonly ask: string
  readonly reply: string
}
export const newAgainSecrets = (): AgainSecrets => ({ ask: newSecret(), reply: newSecret() })

const Secret = v.pipe(v.string(), v.maxLength(256))
export const AgainRequest = v.strictObject({
  ask: Secret,
  open: v.nullable(v.pipe(v.string(), v.maxLength(4096))),
})
const AgainReply = v.object({ reply: Secret, address: v.string() })
const Instance = v.object({
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
  pid: v.number(),
  ask: Secret,
  reply: Secret,
})
type Instance = v.InferOutput<typeof Instance>

const pathIn = (data: string): string => join(data, 'running.json')

/** A fresh address from the host that runs already, or null when there is none. */
export async function askRunning(data: string, open: string | null): Promise<string | null> {
  const instance = await read(data)
  if (instance === null || !isRunning(instance.pid)) return null
  const origin = `http://127.0.0.1:${instance.port}`
  try {
    const response = await fetch(origin + againPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ ask: instance.ask, open }),
      redirect: 'error',
      signal: AbortSignal.timeout(3000),
    })
    const given = v.safeParse(AgainReply, await response.json())
    return given.success && sameSecret(given.output.reply, instance.reply) ? given.output.address : null
  } catch {
    return null
  }
}

/** Says where we are. False when another start was faster; its file is then left as it is. */
export async function announce(data: string, instance: Instance): Promise<boolean> {
  await makePrivateFolder(data)
  const draft = `${pathIn(data)}.${randomUUID()}`
  await writeFile(draft, JSON.stringify(instance), { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, pathIn(data)) // whole or not at all, and never over another's
    return true
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (taken && (await askRunning(data, null)) !== null) return false
    await rename(draft, pathIn(data)) // stale, or a file system without links
    return true
  } finally {
    await rm(draft, { force: true })
  }
}

/** Takes our file away, and no one else's. */
export async function retract(data: string, again: AgainSecrets): Promise<void> {
  const instance = await read(data)
  if (instance !== null && sameSecret(instance.ask, again.ask)) await rm(pathIn(data), { force: true })
}

async function read(data: string): Promise<Instance | null> {
  try {
    const stored = v.safeParse(Instance, JSON.parse(await readFile(pathIn(data), 'utf8')))
    return stored.success ? stored.output : null
  } catch {
    return null
  }
}
