// A spec's window: a program with a folder of its own, which ends by the page having complained of nothing.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { makeSmartAgentsFile } from './files.ts'
import type { Program, ProgramOptions } from './options.ts'
import { openProgram } from './program.ts'

export interface Scene {
  readonly page: Page
  readonly kind: Program['kind']
  /** Where the spec's files lie; also the home in which tools are looked for. */
  readonly folder: string
}
type Prepare = (folder: string) => Partial<ProgramOptions> | Promise<Partial<ProgramOptions>>

/** Opens the program, with what `prepare` wrote into the folder beforehand, and plays the spec in it. */
export async function inWindow(play: (scene: Scene) => Promise<void>, prepare?: Prepare): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-spec-'))
  const home = join(folder, 'program')
  await mkdir(home)
  const options = (await prepare?.(folder)) ?? {}
  const program = await openProgram({ home, toolsHome: folder, ...options })
  try {
    await program.page.locator('main').waitFor()
    await play({ page: program.page, kind: program.kind, folder })
    expect(program.complaints).toEqual([])
  } finally {
    await program.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** A program that is started with a file of so many events, the last of them an hour before `until`. */
export const withEvents =
  (events: number, until?: number): Prepare =>
  (folder) => {
    const file = join(folder, 'telemetry.db')
    makeSmartAgentsFile(file, events, until)
    return { file }
  }

export const figure = (page: Page, label: string): Locator =>
  page.locator('dl > div', { has: page.locator('dt', { hasText: label }) }).locator('dd')

/** Playwright's own waiting, put as an expectation. */
export async function shows(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('main').getByText(text).filter({ visible: true }).first().waitFor({ timeout: 10_000 })
}

/** The path field stands only where there is no system dialog: in a browser. */
export const inBrowser = (process.env['SIGHTGLASS_PROGRAM'] ?? 'web') === 'web'
