// Pages that are written from what they tell of. `npm run docs` writes them anew.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { reportFields, rowFields } from '../../shared/sharing/fields.ts'
import { dictionary } from './dictionary.ts'
import { drawFlow, flows } from './flows.ts'
import { formatsPage } from './formats.ts'
import { formatted } from './formatted.ts'
import { page, root } from './markdown.ts'
import { promised, promisesPage } from './promises.ts'
import { testsIn } from './tests.ts'

const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/data-dictionary.md': dictionary,
  'docs/formats.md': formatsPage,
  'docs/promises.md': promisesPage,
  'docs/command-line.md': async () => {
    vi.stubEnv('LC_ALL', 'C') // the commands speak as this environment and these settings say
    vi.stubEnv('SIGHTGLASS_HOME', join(root, '.cache/nobody'))
    const { commandLinePage } = await import('./command-line.ts')
    vi.unstubAllEnvs()
    return commandLinePage()
  },
}

describe('a page that is written from what it tells of', () => {
  it.each(Object.entries(pages))('%s says what is so, to the letter', async (path, write) => {
    await expect(await formatted(path, await write())).toMatchFileSnapshot(join(root, path))
  })

  it.each(flows)(
    'the picture of $name is what its steps say, and each step is where it says',
    async (flow) => {
      const files = flow.lanes.flatMap(({ steps }) => steps.map(({ file }) => file))
      expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
      await expect(drawFlow(flow)).toMatchFileSnapshot(join(root, `docs/pictures/${flow.name}.svg`))
    },
  )

  it('the data dictionary leaves no field out', () => {
    const { text } = page('docs/data-dictionary.md')
    for (const { name, reason } of [...reportFields, ...rowFields]) {
      expect(text).toContain(`\`${name}\``)
      expect(text).toContain(reason)
    }
  })

  it('every promise has tests that carry its number', () => {
    const sections = page('docs/promises.md').text.split(/^## /m).slice(1)
    expect(promised().map(({ number }) => number)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'])
    expect(sections.map((section) => /^P\d/.exec(section)?.[0])).toEqual(
      promised().map(({ number }) => number),
    )
    for (const section of sections) expect(section).toMatch(/^- \S/m)
  })

  it('names of tests are read as Vitest gives them, also where each case has its own', () => {
    const text = `describe('a file', () => { it.each(['a'])('P1: %s stays', () => {})
      for (const way of ways) it.skipIf(old)(\`is \${way} shown\`, () => {}) })
      run('not a test', () => {})`
    expect(testsIn('x.test.ts', text).map(({ name }) => name)).toEqual([
      'a file › P1: … stays',
      'a file › is … shown',
    ])
  })
})
