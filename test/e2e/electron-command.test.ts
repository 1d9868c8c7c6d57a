// The installed `sightglass` command: the whole command line in the shell's own process, in the stand-in for
// Electron's runtime, and nothing that a person would see.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commands } from '../../host/cli/commands.ts'
import { root } from './options.ts'
import { useShells } from './shells.ts'

const { begin, telemetry } = useShells({ share: false })
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** As packaging/sightglass.sh starts it. */
async function sightglass(...words: string[]) {
  const shell = await begin({ args: ['--command-line', '--', ...words] })
  const code = await shell.exited
  return { code, said: shell.output() }
}

it('does what the command line does, with processes of the shell, and opens no window', async () => {
  const file = telemetry('seen.db')
  const [help, reported, status, wrong] = await Promise.all([
    sightglass(),
    sightglass('report', file, '--json'),
    sightglass('share', 'status'),
    sightglass('report', join(root, 'none.db')),
  ])
  expect(help.code).toBe(0)
  for (const { name } of commands) expect(help.said).toContain(name)
  expect(reported.code).toBe(0)
  expect(JSON.parse(reported.said)).toMatchObject({ format: 'smart-agents', events: 66 })
  expect(status).toMatchObject({ code: 0, said: expect.stringContaining('off') as unknown })
  expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('none.db') as unknown })
  expect((await sightglass('version')).said).toContain(version)
})

it('takes words that Chromium would take for switches of its own, and refuses those of the web host', async () => {
  expect((await sightglass('report', '--help')).said).toContain('sightglass report')
  expect(await sightglass('open', '--port', '1')).toMatchObject({
    code: 2,
    said: expect.stringContaining('--port') as unknown,
  })
})
