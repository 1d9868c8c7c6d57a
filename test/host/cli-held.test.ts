// Proof of absence from a terminal, against the project's own server, and what `delete` says of days that were shared.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sightglass } from './command-line.ts'
import { startLoop } from './sharing/loop.ts'
import type { Loop } from './sharing/loop.ts'

const runIn =
  ({ world }: Loop) =>
  (...args: string[]) =>
    sightglass(args, { data: world.data, home: world.home, folder: world.folder })

it('a terminal says whom it would ask, asks with --yes, and ends with 1 where something isn’t as it should be', async () => {
  const loop = await startLoop()
  const run = runIn(loop)
  try {
    const nobody = await run('share', 'held', '--yes')
    expect([nobody.code, nobody.out]).toEqual([
      0,
      'Nobody can be asked: nothing was shared with a community server.\n',
    ])
    await loop.switchOn()
    await loop.shareFrom(2)
    const told = await run('share', 'held')
    expect(told.out).toContain(`connects to ${loop.address}/api/v1/batches/list and shows the secrets of 2`)
    expect(told.out).toContain('Nothing was sent. With --yes it is done.')
    const asked = await run('share', 'held', '--to', 'community', '--yes')
    expect([asked.code, asked.out]).toEqual([0, expect.stringContaining('2 reports are there, as sent.')])
    expect((await run('share', 'log', 'question')).out).toMatch(
      /attempt to send .* bytes to community .*: the question what is still there/,
    )

    const deleted = await run('delete', join(loop.world.folder, 'own.db'), '--failed', '--yes')
    expect(deleted.code).toBe(0)
    expect(deleted.err).toMatch(/Reports of .* were shared.*: sightglass share forget --from \S+ --until \S+/)

    loop.change('INSERT INTO deletion (batch, asked, next, confirmed) SELECT max(id), 1, 1, 1 FROM batch')
    const fault = await run('share', 'held', '--yes')
    expect([fault.code, fault.out]).toEqual([
      1,
      expect.stringMatching(/Still there, although its deletion was confirmed: smart-agents \d{4}-/),
    ])
    const data = JSON.parse((await run('share', 'held', '--yes', '--json')).out) as [
      { compared: { reports: { state: string }[] } },
    ]
    expect(data[0].compared.reports.map(({ state }) => state).sort()).toEqual(['remains', 'there'])
  } finally {
    await loop.end()
  }
})

it('share forget tells and takes back what was chosen alone, and says so where that is nothing', async () => {
  const loop = await startLoop()
  const run = runIn(loop)
  try {
    await loop.switchOn()
    await loop.shareFrom(2)
    const forget = async (...args: string[]) => {
      const { code, out, err } = await run('share', 'forget', ...args)
      return {
        code,
        err,
        days: [...out.matchAll(/smart-agents (\d{4}-\d\d-\d\d)/g)].map(([, day = '']) => day),
      }
    }
    const [last = '', first = ''] = (await forget()).days
    expect((await forget('--from', first, '--yes')).days).toEqual([last, first])
    expect((await forget('--until', first)).days).toEqual([first])
    const none = await forget('--batch', randomUUID(), '--yes')
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('Nothing that was shared is among')])
  } finally {
    await loop.end()
  }
})
