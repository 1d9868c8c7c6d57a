// `sightglass trends`: what the Community screen says, in a terminal, from a saved file.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeSmartAgentsFile } from '../e2e/files.ts'
import { sightglass } from './command-line.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-trends-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const at = (...args: string[]) => sightglass(['trends', ...args], { data: join(folder, 'data'), folder })

const trends = (word: string) => ({
  version: 1,
  made: '2026-11-18T02:00:00.000Z',
  threshold: 20,
  per_network_and_day: 3,
  rounded_to: 10,
  known_weaknesses: [],
  weeks: [
    {
      name: '2026-W46',
      from: '2026-11-09',
      to: '2026-11-15',
      tables: [
        {
          format: 'smart-agents',
          subject: 'kind',
          contributors: 90,
          cells: [
            { word, contributors: 90, share: 80, error_rate: '2-5%', median: '200-500 ms' },
            { word: 'other', contributors: 20, share: 20 },
          ],
        },
      ],
    },
  ],
})
const save = (word = 'agent_execution') => writeFile(join(folder, 't.json'), JSON.stringify(trends(word)))

describe('trends', () => {
  it('of a saved file are printed with who stands behind them', async () => {
    await save()
    const { code, out, err } = await at('t.json')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Week 2026-W46, 2026-11-09 to 2026-11-15')
    expect(out).toContain('at least 90 contributors, threshold 20')
    expect(out).toMatch(/agent_execution +80 % +Share that failed: 2-5%, Median duration: 200-500 ms/)
    expect(out).toContain('carries no signature')
    expect(out).not.toContain('you')
  })

  it('say where one’s own file lies among them, with the width that ranges allow', async () => {
    await save()
    makeSmartAgentsFile(join(folder, 'own.db'), 400, Date.UTC(2026, 10, 16))
    const { code, out } = await at('t.json', '--with', 'own.db')
    expect(code).toBe(0)
    expect(out).toMatch(/you: 67 %/)
    expect(out).toContain('Share that failed: you 10-20%, among the highest 50%')
    expect(out).toContain('Median duration: you 0.5-1 s, among the highest 50%')
    const asData = JSON.parse((await at('t.json', '--with', 'own.db', '--json')).out) as {
      own: { weeks: { name: string }[] }
    }
    expect(asData.own.weeks.map(({ name }) => name)).toEqual(['2026-W46'])
  })

  it('that are none are refused with the reason, and print nothing of theirs', async () => {
    await save('\u001b[31mred')
    expect(await at('t.json')).toMatchObject({ code: 1, out: '' })
    expect((await at('t.json')).err).toContain('holds a name with signs that no name has')
    expect((await at('none.json')).err).toContain('none.json')
    expect((await at('.')).err).not.toBe('')
    expect((await at('http://example.org')).err).toContain('is not https')
    expect((await at('https://user:secret@example.org')).err).toContain('holds a name or password')
    expect((await at('https://example.org/trends.json?me=1')).err).toContain('holds a ?')
    expect((await at('t.json', '--week', '2020-W01')).code).not.toBe(0)
  })
})
