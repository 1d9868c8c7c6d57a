// The host with the real world put in: this machine's folders, clock, zone and memory. The web host, the command
// line and the desktop shell start here; tests call createHost with a world of their own.
import { readFileSync } from 'node:fs'
import { homedir, totalmem } from 'node:os'
import type { AppInfo } from '../shared/bridge.ts'
import { isRecord } from '../shared/plain.ts'
import { createHost } from './create-host.ts'
import type { Host } from './create-host.ts'
import { findPaths } from './paths.ts'
import type { Paths } from './paths.ts'
import { forkChild, keepOneReady } from './process.ts'
import type { StartChild } from './process.ts'
import type { KeyStore } from './sharing/key-file.ts'
import { empty, ownTemporary, sweepTemporary } from './temporary.ts'

export interface RealHost {
  readonly host: Host
  readonly paths: Paths
  /** Ends every child and takes away what lay in the temporary folder. */
  close(): Promise<void>
}

export interface Choices {
  /** The shell starts its children otherwise, knows its version from its bundle, and has the system's key store. */
  readonly startChild?: StartChild
  readonly version?: string
  readonly packageFile?: string
  readonly keyStore?: KeyStore
}

export async function realHost(kind: AppInfo['host'], choices: Choices = {}): Promise<RealHost> {
  const found = findPaths({ platform: process.platform, environment: process.env, home: homedir() })
  await sweepTemporary(found.temporary, process.pid)
  const paths = { ...found, temporary: ownTemporary(found.temporary, process.pid) }
  const startChild = choices.startChild ?? forkChild
  // A command does one thing and ends; windows open files again and again.
  const children = kind === 'command line' ? null : keepOneReady(startChild)
  const own = ownPackage(choices.packageFile)
  const host = createHost({
    info: {
      version: choices.version ?? own.version,
      releases: process.env['SIGHTGLASS_RELEASES'] ?? own.releases, // the machine may have a mirror
      host: kind,
      platform: process.platform,
    },
    paths,
    startChild: children?.start ?? startChild,
    environment: process.env,
    now: Date.now,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    memory: totalmem(),
    print: (text) => void process.stdout.write(text),
    ...(choices.keyStore !== undefined && { keyStore: choices.keyStore }),
  })
  // A command does what it was told, and nothing else.
  if (kind !== 'command line') host.tend()
  const close = async (): Promise<void> => {
    children?.close()
    await host.close()
    await empty(paths.temporary)
  }
  return { host, paths, close }
}

/** From package.json, one folder up from this file when it runs from the source. */
function ownPackage(path: string | URL = new URL('../package.json', import.meta.url)) {
  const about: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const told = (name: string): string => {
    const value = isRecord(about) ? about[name] : null
    return typeof value === 'string' ? value : ''
  }
  return { version: told('version'), releases: told('releases') }
}
