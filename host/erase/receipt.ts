// A receipt repeats the proof later. It holds which file, when, how many rows, and keyed fingerprints of what was in
// them; the key stays in the program's own folder. So a receipt by itself tells nothing of what was deleted.
import { randomBytes } from 'node:crypto'
import { access, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { explainPath } from '../file/look.ts'
import { explainWrite } from '../file/draft.ts'
import { Traces, traceKey, traceSize } from './traces.ts'

const keySize = 32
const rowSize = 4

const About = v.object({
  sightglass: v.literal('receipt 1'),
  path: v.string(),
  erased: v.number(),
  rows: v.pipe(v.number(), v.integer(), v.minValue(0)),
  salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  traces: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export type AboutReceipt = Omit<v.InferOutput<typeof About>, 'sightglass'>

export interface Receipt {
  readonly about: AboutReceipt
  readonly traces: Traces
}

/** The program's own key, made at the first deletion. */
export async function receiptKey(folder: string): Promise<Result<Buffer>> {
  const path = join(folder, 'receipt-key')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await makeKey(path)
    const key = await readFile(path)
    return key.length === keySize ? ok(key) : fail({ kind: 'receipt-broken', path })
  } catch (error) {
    return fail(explainWrite(error, path))
  }
}

/** Unless there is one. It comes whole or not at all: half of one, of a disk that was full, would forbid all that follows. */
async function makeKey(path: string): Promise<void> {
  if (await readable(path)) return
  const draft = `${path}-${randomBytes(3).toString('hex')}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(randomBytes(keySize))
      await file.sync()
    } finally {
      await file.close()
    }
    await link(draft, path) // unlike a renaming it leaves a key that another window has made meanwhile
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
}
const readable = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

export function nameReceipt(folder: string, path: string, now: number): string {
  const stem = basename(path)
    .replace(/[^\w.-]/g, '_')
    .slice(0, 80)
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '')
  return join(folder, `${stem}-${time}-${randomBytes(3).toString('hex')}.receipt`)
}

/** Of these traces alone, where a list of them is given. */
export async function saveReceipt(
  path: string,
  { about, traces }: Receipt,
  some: readonly number[] | null = null,
): Promise<Result<null>> {
  const count = some?.length ?? traces.count
  const body = Buffer.alloc(count * (traceSize + rowSize))
  for (let i = 0; i < count; i++) {
    const trace = some === null ? i : (some[i] ?? 0)
    const at = i * (traceSize + rowSize)
    traces.bytes.copy(body, at, trace * traceSize, (trace + 1) * traceSize)
    body.writeUInt32LE(traces.rows[trace] ?? 0, at + traceSize)
  }
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify({ sightglass: 'receipt 1', ...about, traces: count })}\n`)
      await file.writeFile(body)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    return ok(null)
  } catch (error) {
    await rm(draft, { force: true })
    return fail(explainWrite(error, path))
  }
}

export async function readReceipt(path: string, key: Buffer): Promise<Result<Receipt>> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    return fail(explainPath(error, path))
  }
  const about = readAbout(bytes)
  const start = bytes.indexOf(10) + 1
  if (about === null || bytes.length - start !== about.traces * (traceSize + rowSize))
    return fail({ kind: 'receipt-broken', path })
  const traces = new Traces(traceKey(key, about.salt))
  for (let i = 0; i < about.traces; i++) {
    const at = start + i * (traceSize + rowSize)
    traces.add(bytes.subarray(at, at + traceSize), bytes.readUInt32LE(at + traceSize))
  }
  return ok({ about, traces })
}

export function readAbout(bytes: Buffer): AboutReceipt | null {
  const end = bytes.indexOf(10)
  if (end < 0 || end > 65_536) return null
  try {
    const parsed = v.safeParse(About, JSON.parse(bytes.toString('utf8', 0, end)))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
