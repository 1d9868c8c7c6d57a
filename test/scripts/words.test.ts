// `npm start` and `npm test` speak the language that the command line speaks, though they can't ask its code.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { speakAsSet } from '../../host/speech.ts'
import { scriptLanguage } from '../../scripts/language.mjs'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-words-'))
  for (const language of ['de', 'en', 'system', 'fr']) {
    await mkdir(join(folder, language))
    await writeFile(join(folder, language, 'settings.json'), JSON.stringify({ language }))
  }
  await mkdir(join(folder, 'broken'))
  await writeFile(join(folder, 'broken', 'settings.json'), '{"language":')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const environments = [
  {},
  { LANG: 'de_DE.UTF-8' },
  { LANG: 'de_AT' },
  { LANG: 'de' },
  { LANG: 'C.UTF-8', LANGUAGE: 'de' },
  { LANG: 'POSIX' },
  { LANG: 'fr_FR.UTF-8', LANGUAGE: 'nl:de:en' },
  { LANG: 'fr_FR.UTF-8' },
  { LC_ALL: 'en_GB.UTF-8', LANG: 'de_DE.UTF-8' },
  { LC_ALL: '', LC_MESSAGES: 'de_CH.UTF-8', LANG: 'en_US.UTF-8' },
  { LANG: 'deutsch' },
]
const homes = ['none', 'de', 'en', 'system', 'fr', 'broken']

it.each(homes)('where the settings say %s, both choose alike in every environment', async (home) => {
  for (const named of environments) {
    const environment = { ...named, SIGHTGLASS_HOME: join(folder, home) }
    const { language } = await speakAsSet(environment)
    expect(scriptLanguage(environment), JSON.stringify(named)).toBe(language)
  }
})

it('a wrong option is refused in German where German is spoken', () => {
  const env = { PATH: process.env['PATH'], LANG: 'de_DE.UTF-8', SIGHTGLASS_HOME: join(folder, 'none') }
  const ran = spawnSync(process.execPath, ['scripts/start.mjs', '--nonsense'], { env, encoding: 'utf8' })
  expect(ran.stdout + ran.stderr).toContain('npm start kennt keine Option --nonsense.')
})
