// A file as a destination: one daily report a line, as they are, so that the viewer opens it again. Nothing that
// stands in the file is ever changed or cut off; a line that a crash left half written is finished, not repeated.
// A file that would grow too large is put aside under the next free number, and packed.
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createGzip } from 'node:zlib'
import type { Response, Sealed, Sender } from '../../senders/sender.ts'
import { fail, ok } from '../../shared/result.ts'
import { jsonLines } from '../../shared/writers/json-lines.ts'
import type { Carrier } from './send.ts'

export const reportFile: Sender = {
  name: 'file',
  needs: [{ name: 'path', kind: 'path' }],
  delivery: 'exactly once',
  daysBack: 28,
  encode: async (reports, _ids, told) => [
    {
      address: pathToFileURL(told['path'] ?? '').href,
      method: 'POST',
      headers: { 'content-type': 'application/jsonl' },
      body: [...jsonLines(reports)].join(''),
      events: reports.reduce((sum, { rows }) => sum + rows.length, 0),
    },
  ],
  understand: ({ status, body }) => {
    if (status === 507) return { kind: 'later', after: null }
    if (status !== 200) return { kind: 'refused', status, reason: body }
    return { kind: body === there ? 'duplicate' : 'delivered', receipt: body }
  },
}

const there = 'it is there already'
const written = 'written'

/** For the queue, which carries to a file as to any other place. */
export const carryToFile: Carrier = async (sealed, signal) =>
  signal.aborted
    ? fail({ why: 'stopped', reached: false, detail: 'stopped' })
    : ok(await appendReports(sealed))

/** Answers in HTTP's numbers, like every other destination. One write at a time for a file. */
export async function appendReports(
  { address, body }: Pick<Sealed, 'address' | 'body'>,
  largest = 10 * 1024 * 1024,
): Promise<Response> {
  const path = fileURLToPath(address)
  const bytes = Buffer.from(body)
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const missing = await missingOf(path, bytes)
    if (missing.length === 0) return answer(200, there)
    // What completes a line belongs to the file that the line began in.
    if (missing.length >= bytes.length && (await sizeOf(path)) + bytes.length > largest) await putAside(path)
    await append(path, missing)
    return answer(200, written)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return answer(passing.has(code) ? 507 : 403, code)
  }
}

/** A full disk has room again some time; a folder that may not be written stays so until the person does something. */
const passing = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EBUSY', 'EMFILE', 'ENFILE'])

const answer = (status: number, body: string): Response => ({ status, headers: {}, body })

/** What of these bytes does not yet stand at the end of the file: none of it, all, or what a crash left out. */
async function missingOf(path: string, bytes: Buffer): Promise<Buffer> {
  const end = await endOf(path, bytes.length)
  const begun = unfinished(end)
  for (let length = end.length; length >= Math.max(1, begun); length--)
    if (end.subarray(end.length - length).equals(bytes.subarray(0, length))) return bytes.subarray(length)
  return begun === 0 ? bytes : Buffer.concat([Buffer.from('\n'), bytes]) // not our line: ours begins on its own
}

/** How many bytes stand after the last end of a line. */
const unfinished = (end: Buffer): number => end.length - 1 - end.lastIndexOf('\n')

async function endOf(path: string, most: number): Promise<Buffer> {
  const file = await openExisting(path)
  if (file === null) return Buffer.alloc(0)
  try {
    const { size } = await file.stat()
    const end = Buffer.alloc(Math.min(size, most))
    const { bytesRead } = await file.read(end, 0, end.length, size - end.length)
    return end.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function sizeOf(path: string): Promise<number> {
  const file = await openExisting(path)
  if (file === null) return 0
  try {
    return (await file.stat()).size
  } finally {
    await file.close()
  }
}

async function openExisting(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function append(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    await file.appendFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** `usage.jsonl` becomes `usage.jsonl.1`, then `usage.jsonl.1.gz`; a crash in between leaves the first, for next time. */
async function putAside(path: string): Promise<void> {
  const [folder, name] = [dirname(path), basename(path)]
  const aside = (await readdir(folder)).flatMap((one) => {
    const [, number] = one.startsWith(`${name}.`)
      ? (/^(\d+)(\.gz)?$/.exec(one.slice(name.length + 1)) ?? [])
      : []
    return number === undefined ? [] : [Number(number)]
  })
  await rename(path, join(folder, `${name}.${Math.max(0, ...aside) + 1}`))
  for (const number of new Set([...aside, Math.max(0, ...aside) + 1]))
    await pack(join(folder, `${name}.${number}`))
}

async function pack(path: string): Promise<void> {
  if ((await openable(path)) && !(await openable(`${path}.gz`))) {
    const half = `${path}.gz.half`
    await pipeline(
      createReadStream(path),
      createGzip(),
      createWriteStream(half, { mode: 0o600, flush: true }),
    )
    await rename(half, `${path}.gz`)
  }
  if (await openable(`${path}.gz`)) await rm(path, { force: true })
}

const openable = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
