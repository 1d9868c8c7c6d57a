// Where a crowd lives for a while: in memory, where the machine has a folder there with room enough. Each of them brings
// every step of sharing to the disk, and a disk would keep two hundred of them waiting.
import { mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const inMemory = '/dev/shm'
/** One person's file, queue and log come to half of it in two months. */
const eachTakes = 2_000_000

export function makeRoom(people: number): string {
  return mkdtempSync(join(hasRoom(people * eachTakes) ? inMemory : tmpdir(), 'sightglass-demo-'))
}

function hasRoom(bytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize > bytes
  } catch {
    return false
  }
}
