// Where the program keeps what is its own: settings and recent files, the sample, private copies while reading.
// Nothing here is made before it is needed.
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface Paths {
  /** Settings, recent files, the running instance's address. */
  readonly data: string
  /** Private copies while a file is read. Emptied at every start. */
  readonly temporary: string
  /** The person's own folder, where known tools keep their files. */
  readonly home: string
  /** Where whoever looks after the machine can forbid sharing for everybody on it. */
  readonly policy: string
}

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** Each system's own place; SIGHTGLASS_HOME puts everything elsewhere. */
export function findPaths({ platform, environment, home }: Surroundings): Paths {
  const data = environment['SIGHTGLASS_HOME'] ?? defaultData(platform, environment, home)
  return { data, temporary: join(data, 'temporary'), home, policy: machinePolicy(platform, environment) }
}

function defaultData(
  platform: NodeJS.Platform,
  environment: Surroundings['environment'],
  home: string,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Sightglass')
  if (platform === 'win32')
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Sightglass')
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'sightglass')
}

function machinePolicy(platform: NodeJS.Platform, environment: Surroundings['environment']): string {
  if (platform === 'darwin') return '/Library/Application Support/Sightglass/policy.json'
  if (platform === 'win32')
    return join(environment['ProgramData'] ?? 'C:\\ProgramData', 'Sightglass', 'policy.json')
  return '/etc/sightglass/policy.json'
}

/** Makes a folder that only its owner can look into. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await chmod(path, 0o700)
}
