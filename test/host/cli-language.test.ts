// The command line in another language: that of the settings, else that of the environment.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { sightglass } from './command-line.ts'
import type { Ran } from './command-line.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.remove())

const say = (args: readonly string[], LANG: string): Promise<Ran> =>
  sightglass(args, { data: world.data, home: world.home, folder: world.folder, environment: { LANG } })

describe('the command line', () => {
  it('speaks the language of the environment, with its numbers, and English where it knows none', async () => {
    const path = await world.makeFile('many.db', 1234)
    const german = await say(['report', path], 'de_AT.UTF-8')
    expect(german.out).toMatch(/1.234 /)
    expect(german.out).toContain('Ereignisse')
    expect(german.out).toMatch(/Ereignisse je (Stunde|10 Minuten)/)
    for (const lang of ['C.UTF-8', 'fr_FR.UTF-8', '']) {
      const { out } = await say(['report', path], lang)
      expect(out).toContain('1,234')
      expect(out).toContain('events')
    }
  })

  it('lets the setting win, for help, mistakes and failures alike', async () => {
    expect((await say(['settings', 'language', 'de'], 'en_GB.UTF-8')).code).toBe(0)
    expect((await say(['--help'], 'en_GB.UTF-8')).out).toContain('Alle Einstellungen zeigen')
    expect((await say(['nonsense'], 'en_GB.UTF-8')).err).toContain('Einen Befehl nonsense gibt es nicht')
    expect((await say(['report', 'nowhere.db'], 'en_GB.UTF-8')).err).toContain('liegt keine Datei')
    await say(['settings', 'language', '--reset'], 'en_GB.UTF-8')
    expect((await say(['--help'], 'en_GB.UTF-8')).out).toContain('Show all settings')
  })
})
