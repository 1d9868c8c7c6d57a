// Sample files as they come to lie on a disk: whole, or not there at all.
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../world.ts'
import { ended, sightglass, startSightglass } from './command-line.ts'
import { ask } from './tool-files.ts'

let folder = ''
let data = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-sample-'))
  data = await mkdtemp(join(tmpdir(), 'sightglass-data-'))
})
afterEach(async () => {
  for (const path of [folder, data]) await rm(path, { recursive: true, force: true })
})
const at = (...args: string[]) => sightglass(['sample', '--until', '2026-11-20', ...args], { data, folder })

describe('sample', () => {
  it('writes a file with the tool’s own tables and so many events, and nothing else', async () => {
    expect(await at('--format', 'smart-agents', '--events', '12_000', 'out.db')).toMatchObject({
      code: 0,
      err: '',
    })
    const path = join(folder, 'out.db')
    expect(await readdir(folder)).toEqual(['out.db'])
    expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toBe(12_000)
    expect(ask(path, 'PRAGMA integrity_check')).toBe('ok')
    expect(
      ask(
        path,
        'SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE sql NOT NULL ORDER BY name)',
      ),
    ).toBe('idx_events_sent,idx_events_timestamp,idx_events_type,telemetry_config,telemetry_events')
    expect(
      JSON.parse(String(ask(path, "SELECT value FROM telemetry_config WHERE key = 'config'"))),
    ).toMatchObject({
      anonymous_id: ask(path, 'SELECT min(anonymous_id) FROM telemetry_events'),
      send_automatically: false,
    })
  })

  it('makes the same file again from the same seed, byte for byte', async () => {
    for (const name of ['a.db', 'b.db'])
      expect((await at('--events', '300', '--seed', '9', name)).code).toBe(0)
    expect((await at('--events', '300', '--seed', '8', 'c.db')).code).toBe(0)
    const [a, b, c] = await Promise.all(['a.db', 'b.db', 'c.db'].map((name) => readFile(join(folder, name))))
    expect(a?.equals(b ?? Buffer.of())).toBe(true)
    expect(a?.equals(c ?? Buffer.of())).toBe(false)
  })

  it('leaves a file that is there alone, unless told otherwise', async () => {
    const path = join(folder, 'out.db')
    await writeFile(path, 'mine')
    const refused = await at('--events', '10', 'out.db')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(/^\S.* is there already\. [^\n]*\n$/)
    expect(await readFile(path, 'utf8')).toBe('mine')
    expect((await at('--events', '10', '--force', 'out.db')).code).toBe(0)
    expect(ask(path, 'SELECT count(*) FROM telemetry_events')).toBe(10)
  })

  it('never puts a new file beside the journal of an old one, which SQLite would mix into it', async () => {
    await writeFile(join(folder, 'out.db-wal'), 'pages')
    const refused = await at('--events', '10', '--force', 'out.db')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('out.db-wal')
    expect(await readdir(folder)).toEqual(['out.db-wal'])
  })

  it('says in one sentence where it can’t write', async () => {
    for (const name of ['no/such/folder/out.db', '.', '/dev/null/out.db']) {
      const refused = await at('--events', '10', name)
      expect(refused, name).toMatchObject({ code: 1, out: '' })
      expect(refused.err, name).toMatch(/^\S[^\n]*\.\n$/)
    }
    expect(await readdir(folder)).toEqual([])
  })

  it('leaves nothing under the name, nor beside it, when it is stopped half way', async () => {
    const child = startSightglass(['sample', '--events', '2000000', 'out.db'], { data, folder })
    const gone = ended(child)
    await eventually(async () => (await readdir(folder)).some((name) => name.endsWith('.part')))
    child.kill('SIGINT')
    expect(await gone).toMatchObject({ code: 130, out: '' })
    expect(await readdir(folder)).toEqual([])
  })

  it('leaves no half file under the name when it is killed outright, and cleans up the next time', async () => {
    const child = startSightglass(['sample', '--events', '2000000', 'out.db'], { data, folder })
    await eventually(async () => (await readdir(folder)).some((name) => name.endsWith('.part')))
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    const left = await readdir(folder)
    expect(left).toHaveLength(1)
    expect(left[0]).toMatch(/^out\.db\.\d+-[0-9a-f]{8}\.part$/)
    await writeFile(
      join(folder, `out.db.${process.pid}-00000000.part`),
      'another one that is being written now',
    )
    expect((await at('--events', '10', 'out.db')).code).toBe(0)
    expect((await readdir(folder)).sort()).toEqual(['out.db', `out.db.${process.pid}-00000000.part`])
  })
})

if (process.platform === 'linux')
  // What the index of random ids needs is capped by SQLite's cache, so that a million rows take no more than these.
  it('a sample of 300,000 events takes no more than 200 MB of memory', { timeout: 120_000 }, async () => {
    const child = startSightglass(['sample', '--events', '300000', 'large.db'], { data, folder })
    const most = new Map<string, number>()
    const measure = async (pid: string): Promise<void> => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0)
      most.set(pid, Math.max(most.get(pid) ?? 0, peak))
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
      await Promise.all((children.match(/\d+/g) ?? []).map(measure))
    }
    const timer = setInterval(() => void measure(String(child.pid)), 50)
    const ran = await ended(child)
    clearInterval(timer)
    expect(ran).toMatchObject({ code: 0, err: '' })
    const [writer = 0] = [...most.values()].sort((a, b) => b - a)
    expect(most.size).toBeGreaterThanOrEqual(2)
    expect(writer).toBeGreaterThan(100_000) // it was really seen at work
    expect(writer).toBeLessThan(200_000)
  })
