// What a spec may ask of a program, and what it gets, whatever kind of program it is.
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { compiled } from '../../scripts/set-up.mjs'

export type ProgramKind = 'web' | 'stand-in' | 'electron'

export interface ProgramOptions {
  /** The program's own folder (settings, recent files, the sample). A temporary one of the test's. */
  readonly home: string
  /** Where known tools are looked for; the same folder when not given. */
  readonly toolsHome?: string
  readonly kind?: ProgramKind
  /** One that runs already, to save starting another. */
  readonly browser?: Browser
  /** A telemetry file named on the command line. */
  readonly file?: string
  /** Where a newer version is asked for. */
  readonly releases?: string
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  readonly reducedMotion?: 'reduce' | 'no-preference'
}

export interface Program {
  readonly kind: ProgramKind
  readonly page: Page
  /** What the page wrote on its console as an error, and every exception it did not catch. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

export const root = join(import.meta.dirname, '../..')

/** The folders of a test's program: nothing is read from or written to the person's own. */
export function programEnvironment({
  home,
  toolsHome = home,
  releases,
}: ProgramOptions): Record<string, string> {
  const environment: Record<string, string> = {
    SIGHTGLASS_HOME: home,
    HOME: toolsHome,
    USERPROFILE: toolsHome,
    NODE_COMPILE_CACHE: compiled, // each reading starts processes of the same few modules
  }
  if (releases !== undefined) environment['SIGHTGLASS_RELEASES'] = releases
  for (const name of [
    'PATH',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XDG_RUNTIME_DIR',
    'XAUTHORITY',
    'SystemRoot',
    'TEMP',
    'TMPDIR',
  ]) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}
