// The demonstration tells its steps in order, opens the viewer, and Ctrl-C leaves neither a process nor a folder.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('shows one person’s leaving in the trends, and leaves nothing behind after Ctrl-C', async () => {
  const program = join(import.meta.dirname, '../../scripts/demo.mjs')
  const args = [program, '--people', '12', '--days', '14', '--no-open']
  const child = spawn(process.execPath, args, { env: { ...process.env, LANG: 'C' } })
  let said = ''
  const told = new Promise<void>((found, lost) => {
    child.stdout.on('data', (piece) => {
      said += String(piece)
      if (said.includes('leaves nothing behind')) found()
    })
    child.stderr.on('data', (piece) => (said += String(piece)))
    child.once('exit', () => lost(new Error(said)))
  })
  try {
    await told
    expect(said.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ', '6. ', '7. ', '8. ', '9. '])
    expect(said).toMatch(/(\d+) deletions are confirmed.*held \1 reports of theirs and holds 0/)
    expect(said).toContain('security-auditor: told before, part of "other" after')
    const [, viewer = ''] = /opens as person 11: (http:\S+)/.exec(said) ?? []
    const file = new URLSearchParams(new URL(viewer).hash.slice(1)).get('open') ?? ''
    expect(existsSync(file)).toBe(true)
    expect((await fetch(new URL('/', viewer))).status).toBe(200)
    child.kill('SIGINT')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(130)
    expect(existsSync(file.split('/people/')[0] ?? '')).toBe(false)
    await expect(fetch(new URL('/', viewer))).rejects.toThrow('fetch failed')
  } finally {
    child.kill('SIGTERM')
  }
}, 90_000)
