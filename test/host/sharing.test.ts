// The host's side of sharing: whether it is on, what would leave, and that nothing of it is loaded while it is off.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'valibot'
import { createHost } from '../../host/create-host.ts'
import { loadColumns } from '../../host/file/columns.ts'
import { exampleIds } from '../../host/sharing/ids.ts'
import { senders } from '../../senders/index.ts'
import type { Args } from '../../shared/bridge.ts'
import type { SharePlan } from '../../shared/share.ts'
import { Day } from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'
import { anonymize } from '../../shared/sharing/anonymize.ts'
import { completedDays, dayFigures, utcDay } from '../../shared/sharing/report.ts'
import { encodeBatch, shownIds } from '../../shared/sharing/wire.ts'
import { makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { modulesLoaded } from './modules-loaded.ts'

const now = Date.parse('2026-11-20T10:00:00Z')
let world: World
beforeEach(async () => (world = await makeWorld()))
afterEach(() => world.remove())

const hostIn = (environment: Record<string, string> = {}) =>
  createHost({ ...world.deps('web'), environment, now: () => now })
async function store(value: unknown): Promise<void> {
  await mkdir(world.data, { recursive: true })
  await writeFile(join(world.data, 'sharing.json'), typeof value === 'string' ? value : JSON.stringify(value))
}
const on = { level: 'basic', since: '2026-11-01T09:30:00.000Z' }

describe('whether sharing is on', () => {
  const told = async (environment?: Record<string, string>) => {
    const host = hostIn(environment)
    const info = good(await host.handlers['app.info']({}))
    const { level, forcedOffBy, since } = good(await host.handlers['share.status']({}))
    expect([info.sharing, info.sharingForcedOffBy]).toEqual([level, forcedOffBy])
    return [level, forcedOffBy, since]
  }

  it('is told as it is stored, at once and without a new start', async () => {
    expect(await told()).toEqual(['off', null, null])
    await store(on)
    expect(await told()).toEqual(['basic', null, on.since])
    await store('{"level": "basic", "si')
    expect(await told()).toEqual(['off', null, null])
  })

  it('is off, and the reason is told, where the environment or the machine forbids it', async () => {
    await store(on)
    expect(await told({ DO_NOT_TRACK: '1' })).toEqual(['off', 'DO_NOT_TRACK', null])
    expect(await told({ SIGHTGLASS_SHARING: 'off' })).toEqual(['off', 'SIGHTGLASS_SHARING', null])
    await writeFile(world.deps('web').paths.policy, '{"sharing": "never"}')
    expect(await told()).toEqual(['off', 'policy', null])
  })

  it('is off where there is a policy file that can’t be read', async () => {
    await store(on)
    await mkdir(world.deps('web').paths.policy)
    expect(await told()).toEqual(['off', 'policy', null])
  })
})

describe('the preview', () => {
  const preview = (wanted: Partial<Args<'share.plan'>> & { path: string }): Promise<Result<SharePlan>> => {
    const args = { day: null, level: null, to: 'community', ...wanted } as const
    return hostIn().handlers['share.plan'](args, () => {}, new AbortController().signal)
  }
  const sha256 = (body: string) => createHash('sha256').update(body).digest('hex')
  const day = (text: string) => parse(Day, text)

  it('shows the bytes that the wire and the console would carry, to the last one, with their hash', async () => {
    const path = await world.makeFile('some.db', 3000) // one a minute from 1 November on: two days and two hours
    const { columns } = good(await loadColumns({ path, temporary: world.folder, now }, () => {}))
    const about = { level: 'detailed', version: '0.0.0', platform: process.platform } as const
    const outbound = anonymize(dayFigures([columns], 'smart-agents', [utcDay(Date.UTC(2026, 10, 3))]), about)
    const shown = good(await preview({ path }))
    expect(shown).toMatchObject({ day: '2026-11-03', level: 'detailed', sent: false, idsAreExamples: true })
    const body = encodeBatch(outbound, shownIds)
    expect(shown.requests).toMatchObject([
      { to: 'community', body, sha256: sha256(body), bytes: Buffer.byteLength(body) },
    ])
    const [printed] = await senders.console.encode(outbound, exampleIds, {})
    const onConsole = good(await preview({ path, to: 'console' }))
    expect([onConsole.requests[0]?.sha256, onConsole.idsAreExamples]).toEqual([
      sha256(printed?.body ?? ''),
      false,
    ])
  })

  it('is of the day and the level that were asked for', async () => {
    const path = await world.makeFile('some.db', 3000)
    const first = good(await preview({ path, day: day('2026-11-01'), level: 'basic' }))
    expect(first).toMatchObject({ day: '2026-11-01', level: 'basic' })
    expect(first.requests[0]?.body).toContain('"kind":"agent_execution","count":"1000-1999"')
    expect(first.requests[0]?.body).not.toContain('planner')
    await store(on)
    expect(good(await preview({ path })).level).toBe('basic')
  })

  it('says why there is none', async () => {
    const path = await world.makeFile('some.db', 10)
    const kindOf = (result: Result<SharePlan>) => (result.ok ? null : result.error.kind)
    expect(kindOf(await preview({ path, day: day('2026-11-20') }))).toBe('day-not-over')
    expect(kindOf(await preview({ path, day: day('2026-11-02') }))).toBe('day-empty')
    expect(kindOf(await preview({ path: join(world.folder, 'nowhere.db') }))).toBe('file-missing')
  })

  it('leaves the file as it was, and makes no id and no queue', async () => {
    const path = await world.makeFile('some.db', 500)
    const before = await readFile(path)
    good(await preview({ path }))
    expect(await readFile(path)).toEqual(before)
    await expect(readFile(join(world.data, 'sharing.json'))).rejects.toThrow('ENOENT')
  })
})

it('of the sample at most a fifth of the words are unknown to the lists', async () => {
  const path = join(world.folder, 'sample.db')
  const wanted = {
    format: 'smart-agents',
    events: 4000,
    seed: 3,
    until: now,
    out: path,
    overwrite: false,
  } as const
  good(await hostIn().handlers['files.sample'](wanted, () => {}, new AbortController().signal))
  const { columns } = good(await loadColumns({ path, temporary: world.folder, now }, () => {}))
  let all = 0
  let unlisted = 0
  for (const { figures, toolVersion } of dayFigures([columns], 'smart-agents', completedDays(columns, now))) {
    expect(toolVersion).not.toBe('other')
    for (const { word, count } of figures) {
      all += count
      if (word === 'other') unlisted += count
    }
  }
  expect(all).toBeGreaterThan(10_000)
  expect(unlisted / all).toBeLessThan(0.2)
})

describe('P2: with sharing off, what sharing needs is not even loaded', () => {
  const ofSharing = (modules: readonly string[]) =>
    modules
      .filter((path) => /(^|\/)(sharing|senders|writers)\//.test(path))
      .map((path) => path.split('/').at(-1))

  it('by a report', async () => {
    const path = await world.makeFile('some.db', 20)
    const modules = modulesLoaded(world, 'report', path)
    expect(modules).toContain('host/file/summarize.ts')
    expect(ofSharing(modules)).toEqual([])
  })

  for (const asked of [
    ['share', 'status'],
    ['version', '--json'], // as a window does when it starts
  ])
    it(`by \`${asked.join(' ')}\`: nothing but what tells that it is off`, () => {
      expect(ofSharing(modulesLoaded(world, ...asked)).sort()).toEqual(['consent-file.ts', 'consent.ts'])
    })

  it('and by a preview it is, so that this test would notice', async () => {
    const path = await world.makeFile('some.db', 20)
    expect(ofSharing(modulesLoaded(world, 'share', 'preview', path))).toEqual(
      expect.arrayContaining(['plan.ts', 'anonymize.ts', 'fields.ts', 'community.ts']),
    )
  })
})

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`a failure: ${JSON.stringify(result.error)}`)
  return result.value
}
