// Exports as they come to lie on a disk: what they hold against SQL, and whole or not there at all.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mostArgumentBytes } from '../../host/rpc.ts'
import { mostAddresses } from '../../shared/viewer/which.ts'
import type { ExportWish } from '../../shared/export.ts'
import { eventually, makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { ended, sightglass, startSightglass } from './command-line.ts'
import { ask, makeEarlyexit, makeSmartAgents, makeTurns, startWriter, stateOf } from './tool-files.ts'

let folder = ''
let data = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-export-'))
  data = await mkdtemp(join(tmpdir(), 'sightglass-data-'))
})
afterEach(async () => {
  for (const path of [folder, data]) await rm(path, { recursive: true, force: true })
})
const at = (...args: string[]) => sightglass(args, { data, folder })
const path = (name: string): string => join(folder, name)

async function exported(...args: string[]): Promise<string> {
  const ran = await at('export', ...args)
  expect(ran).toMatchObject({ code: 0, err: '' })
  return ran.out
}
const linesOf = async (name: string): Promise<string[]> =>
  (await readFile(path(name), 'utf8')).split(/\r?\n/).filter((line) => line !== '')

describe('export', () => {
  it('writes the rows that the filters and the words choose, as many as SQL counts', async () => {
    makeSmartAgents(path('t.db'), 4000)
    const where = `coalesce(event_data ->> 'agent_type', event_data ->> 'used_with_agent') = 'planner' AND timestamp >= '2026-11-01'`
    const filters = ['--where', 'agent=planner', '--since', '2026-11-01', '--zone', 'UTC']
    const chosen = Number(ask(path('t.db'), `SELECT count(*) FROM telemetry_events WHERE ${where}`))
    expect(chosen).toBeGreaterThan(5)
    await exported('t.db', 'out.jsonl', ...filters)
    const rows = (await linesOf('out.jsonl')).slice(2).map((line): unknown => JSON.parse(line))
    expect(rows).toHaveLength(chosen)
    const [first] = rows
    expect(first).toMatchObject({
      id: ask(path('t.db'), `SELECT id FROM telemetry_events WHERE ${where} ORDER BY rowid DESC`),
    })
    const said = await exported('t.db', 'out.csv', ...filters, '--search', 'bash', '--json')
    const found = Number(
      ask(path('t.db'), `SELECT count(*) FROM telemetry_events WHERE ${where} AND event_data LIKE '%bash%'`),
    )
    expect(found).toBeGreaterThan(0)
    expect(found).toBeLessThan(chosen)
    expect(await linesOf('out.csv')).toHaveLength(found + 1)
    expect(JSON.parse(said)).toMatchObject({
      path: path('out.csv'),
      tables: [{ name: 'telemetry_events', rows: found }],
    })
    expect((await at('export', 't.db', 'no.csv', '--where', 'nothing=such')).err).toContain('nothing')
    expect((await at('export', 't.db', 'no.csv', '--table', 'nothing')).err).toContain('telemetry_config')
    expect((await at('export', 't.db', 'no.txt')).err).toContain('The end of no.txt')
    expect((await at('export', 't.db', 'none/no.csv')).err).toContain(`There is no folder ${path('none')}`)
  })

  it('P1: leaves the file and all beside it as it was, whatever it is exported to, also while a tool writes', async () => {
    await mkdir(path('own'))
    makeSmartAgents(path('own/t.db'), 300)
    await mkdir(path('wal'))
    makeEarlyexit(path('wal/t.db'), 50)
    const writer = await startWriter(path('wal/t.db'), "DELETE FROM executions WHERE execution_id = 'run-3'")
    try {
      for (const name of ['own', 'wal']) {
        const before = await stateOf(path(name))
        for (const end of ['csv', 'jsonl.gz', 'db']) await exported(`${name}/t.db`, `${name}.${end}`)
        await exported(`${name}/t.db`, `${name}-some.db`, '--since', '2026-11-20', '--zone', 'UTC')
        expect(await stateOf(path(name)), `P1 ${name}`).toEqual(before)
      }
      expect(ask(path('wal.db'), 'SELECT count(*) FROM executions')).toBe(49)
    } finally {
      await writer.stop()
    }
    expect(await readdir(join(data, 'temporary'))).toEqual([])
  })

  it('makes a SQLite file with the same schema, of a part with all that belongs to it or that it points at, and nothing else', async () => {
    makeEarlyexit(path('t.db'), 200)
    const schema = `SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)`
    const rows = (table: string): string =>
      `SELECT group_concat(quote(rowid) || quote(execution_id)) FROM ${table}`
    expect(await exported('t.db', 'events.csv')).toContain('Not in it: match_events.')
    expect(await exported('t.db', 'all.db')).not.toContain('Not in it')
    await exported('t.db', 'part.db', '--where', 'exit reason=stuck')
    for (const name of ['all.db', 'part.db']) {
      if (process.platform !== 'win32') expect((await stat(path(name))).mode & 0o777).toBe(0o600)
      expect(ask(path(name), schema)).toBe(ask(path('t.db'), schema))
      expect(ask(path(name), 'PRAGMA integrity_check')).toBe('ok')
    }
    for (const table of ['executions', 'match_events']) {
      expect(ask(path('all.db'), rows(table))).toBe(ask(path('t.db'), rows(table)))
      const stuck = `WHERE execution_id IN (SELECT execution_id FROM executions WHERE exit_reason = 'stuck')`
      expect(ask(path('part.db'), rows(table))).toBe(ask(path('t.db'), `${rows(table)} ${stuck}`))
    }
    expect(ask(path('part.db'), 'SELECT count(*) FROM match_events')).toBe(
      2 * Number(ask(path('part.db'), 'SELECT count(*) FROM executions')),
    )
    makeTurns(path('turns.db'), 'UTF-16le')
    await exported('turns.db', 'turn.db', '--since', '2026-11-02', '--until', '2026-11-02', '--zone', 'UTC')
    const texts = `SELECT group_concat(text) FROM (SELECT id AS text FROM turns UNION ALL SELECT name FROM threads
      UNION ALL SELECT text FROM parts UNION ALL SELECT content FROM fragments)`
    expect(ask(path('turn.db'), texts)).toBe(
      't2,name of a,said in m1,said in m2,said in m3,said in m4,fragment of t2,shared fragment',
    )
    expect(ask(path('turn.db'), 'SELECT count(*) FROM pragma_foreign_key_check')).toBe(0)
    await exported('part.db', 'part.db.gz')
    expect(
      gunzipSync(await readFile(path('part.db.gz')))
        .subarray(0, 15)
        .toString(),
    ).toBe('SQLite format 3')
  })

  it('brings every table back by import, packed or not', async () => {
    makeEarlyexit(path('t.db'), 120)
    for (const end of ['json.gz', 'jsonl']) {
      await exported('t.db', `out.${end}`)
      expect(await at('import', `out.${end}`, `${end}.db`)).toMatchObject({ code: 0, err: '' })
      if (process.platform !== 'win32') expect((await stat(path(`${end}.db`))).mode & 0o777).toBe(0o600)
      for (const table of ['executions', 'match_events', 'user_sessions', 'learned_settings']) {
        const all = `SELECT count(*) || (SELECT sql FROM sqlite_schema WHERE name = '${table}') FROM ${table}`
        expect(ask(path(`${end}.db`), all)).toBe(ask(path('t.db'), all))
      }
      const sum =
        'SELECT group_concat(execution_id || hex(timestamp) || quote(exit_reason) || total_runtime) FROM executions'
      expect(ask(path(`${end}.db`), sum)).toBe(ask(path('t.db'), sum))
    }
    const before = (await readdir(folder)).length
    await writeFile(path('other.json'), '{"a":1}')
    const refused = await at('import', 'other.json', 'other.db')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(/line 1/)
    expect(await readdir(folder)).toHaveLength(before + 1)
  })

  it('never replaces a file unless told to, and the one that it reads never', async () => {
    makeSmartAgents(path('t.db'), 10)
    await writeFile(path('out.csv'), 'mine')
    expect((await at('export', 't.db', 'out.csv')).err).toContain('is there already')
    expect(await readFile(path('out.csv'), 'utf8')).toBe('mine')
    await exported('t.db', 'out.csv', '--force')
    await cp(path('t.db'), path('before.db'))
    for (const out of ['t.db', './t.db', 't.db-wal'])
      expect((await at('export', 't.db', out, '--as', 'sqlite', '--force')).code, out).toBe(1)
    expect((await readFile(path('t.db'))).equals(await readFile(path('before.db')))).toBe(true)
  })

  it('without a name goes to the folder of downloads, under a safe one', async () => {
    await mkdir(path('Downloads'))
    await cp(await made('odd'), path('=odd:name.db'))
    const ran = await sightglass(['export', '=odd:name.db'], { data, home: folder, folder })
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(await readdir(path('Downloads'))).toEqual(['=odd-name.db.json'])
  })
})

async function made(name: string): Promise<string> {
  makeSmartAgents(path(`${name}.made`), 10)
  return Promise.resolve(path(`${name}.made`))
}

describe('a name that a window gives', () => {
  let world: World
  beforeEach(async () => void (world = await makeWorld()))
  afterEach(() => world.remove())
  const wish: ExportWish = { which: { of: 'all' }, as: 'csv', formulas: 'safe', table: null }

  it('I4: leads nowhere but into the chosen folder', async () => {
    const file = await world.makeFile('t.db', 5)
    const into = join(world.folder, 'root')
    await mkdir(into)
    await mkdir(`${into}-evil`)
    await symlink(join(world.folder, 'elsewhere.csv'), join(into, 'link.csv'))
    const host = world.host('web')
    const listed = async (): Promise<string[]> => (await readdir(world.folder, { recursive: true })).sort()
    const before = await listed()
    const write = (name: string, overwrite = true) =>
      host.rpc.stream(
        'files.export',
        { path: file, wish, gzip: false, out: { folder: into, name }, overwrite },
        () => {},
        new AbortController().signal,
      )
    const names = [
      '..',
      '.',
      '../x.csv',
      '..\\x.csv',
      '/etc/x.csv',
      'C:\\x.csv',
      '../root-evil/x.csv',
      'a\0.csv',
      'CON',
      'nul.csv',
      'x\u202Evsc.exe',
      '',
      ' x.csv',
      'x.csv.',
      'a/b.csv',
      'link.csv',
    ]
    for (const name of names) expect(await write(name), name).toMatchObject({ ok: false })
    expect(await listed()).toEqual(before)
    expect(await write('fine name.csv')).toMatchObject({
      ok: true,
      value: { path: join(into, 'fine name.csv') },
    })
    expect(await readdir(into)).toEqual(['fine name.csv', 'link.csv'])
    await host.close()
  })
})

describe('rows that were picked', () => {
  it('may be as many as can be, with the longest numbers there are', async () => {
    const world = await makeWorld()
    const file = await world.makeFile('t.db', 30)
    const host = world.host('web')
    const addresses = Array.from({ length: mostAddresses }, (_, i) => ({
      rowid: i < 20 ? i + 1 : Number.MAX_SAFE_INTEGER - i,
      place: 9_000_000 + i,
    }))
    const wish = { which: { of: 'rows', addresses }, as: 'csv', formulas: 'safe', table: null }
    const out = join(world.folder, 'picked.csv')
    const args = { path: file, wish, gzip: false, out, overwrite: false }
    expect(JSON.stringify(args).length).toBeLessThan(mostArgumentBytes)
    const made = await host.rpc.stream('files.export', args, () => {}, new AbortController().signal)
    expect(made).toMatchObject({ ok: true, value: { tables: [{ name: 'telemetry_events', rows: 20 }] } })
    await host.close()
    await world.remove()
  })
})

describe('an export that can’t be finished', () => {
  it('leaves nothing when it is cancelled', async () => {
    makeSmartAgents(path('t.db'), 100_000)
    for (const out of ['out.csv', 'out.jsonl.gz']) {
      const child = startSightglass(['export', 't.db', out], { data, folder })
      const gone = ended(child)
      await eventually(async () => (await readdir(folder)).some((name) => name.endsWith('.part')))
      child.kill('SIGINT')
      expect(await gone).toMatchObject({ code: 130, out: '' })
      expect(await readdir(folder)).toEqual(['t.db'])
    }
  })

  it('leaves no half file under the name when it is killed outright, and cleans up the next time', async () => {
    makeSmartAgents(path('t.db'), 100_000)
    const child = startSightglass(['export', 't.db', 'out.csv'], { data, folder })
    await eventually(async () => (await readdir(folder)).some((name) => name.endsWith('.part')))
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    expect(await readdir(folder)).not.toContain('out.csv')
    await exported('t.db', 'out.csv', '--since', '2026-11-20', '--zone', 'UTC')
    await eventually(async () => (await readdir(folder)).length === 2)
    expect((await readdir(folder)).sort()).toEqual(['out.csv', 't.db'])
  })

  if (canMount())
    it.each(['csv', 'jsonl.gz', 'db', 'some.db'])(
      'F12: says that the disk is full, and leaves it as it was: %s',
      async (end) => {
        makeSmartAgents(path('t.db'), 20_000)
        const some = end === 'some.db' ? '--since 2020-01-01' : ''
        const entry = new URL('../../host/cli/main.ts', import.meta.url).pathname
        await mkdir(path('disk'))
        const script = `mount -t tmpfs -o size=300k none disk && echo mine > disk/mine && cp disk/mine disk/out.${end}
        SIGHTGLASS_HOME=${data} ${process.execPath} ${entry} export t.db disk/out.${end} --force ${some}
        echo "code $?"; cat disk/mine disk/out.${end}; ls disk | sort`
        const ran = spawnSync('unshare', ['-rm', 'sh', '-c', script], {
          cwd: folder,
          encoding: 'utf8',
          env: { ...process.env, LANG: 'en' },
        })
        expect(ran.stderr).toMatch(/^The disk is full: \S+ could not be written\. [^\n]*\n$/)
        expect(ran.stdout.split('\n')).toEqual(['code 1', 'mine', 'mine', 'mine', `out.${end}`, ''])
      },
    )
})

/** A disk of its own, as small as is wanted, where the system lets anybody make one. */
function canMount(): boolean {
  return spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /mnt']).status === 0
}
