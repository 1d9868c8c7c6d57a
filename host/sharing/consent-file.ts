// Where the grounds for sharing lie: the person's choice in the program's own folder, the environment, and the
// machine's policy file. They are read anew each time they are asked for: a "no" counts from the next moment on.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decideSharing } from '../../shared/sharing/consent.ts'
import type { Grounds, Sharing } from '../../shared/sharing/consent.ts'
import type { Paths } from '../paths.ts'

export async function readSharing(paths: Paths, environment: Grounds['environment']): Promise<Sharing> {
  const [stored, policy] = await Promise.all([read(join(paths.data, 'sharing.json')), read(paths.policy)])
  return decideSharing({ stored: parse(stored), environment, policy })
}

/** Null only where there surely is no such file. One that is there and can't be read holds a doubt: empty text. */
async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : ''
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
