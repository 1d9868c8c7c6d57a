// Private copies of telemetry lie in a folder of their own for each running program, named after its process.
// So each program empties its own when it ends, and sweeps up after those that were killed, without ever taking
// away what another one (a report in a second terminal) is reading.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

export const ownTemporary = (root: string, pid: number): string => join(root, String(pid))

/** Removes the copies of programs that are gone, and those of an earlier program that had our number. */
export async function sweepTemporary(root: string, pid: number): Promise<void> {
  const folders = await readdir(root).catch(() => []) // no folder, nothing to sweep
  const left = folders.filter((name) => name === String(pid) || !isRunning(Number(name)))
  await Promise.all(left.map((name) => empty(join(root, name))))
}

export function empty(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

export function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0) // sends nothing, asks only
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' // there, but another's
  }
}
