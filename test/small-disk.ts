// A disk of a few megabytes in memory, to be filled up. Only root may make one, and only on Linux.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

export interface SmallDisk {
  readonly path: string
  remove(): void
}

/** Null where the system doesn't let us. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  const path = join(folder, 'disk')
  mkdirSync(path)
  try {
    const options = `size=${megabytes}m,mode=700`
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    return null
  }
  return { path, remove: () => void execFileSync('umount', [path]) }
}
