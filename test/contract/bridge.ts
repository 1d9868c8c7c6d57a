// What every way to the host must do, whatever carries it. Each transport runs this suite: the direct call, the
// local web host over HTTP, the shell's channel. Every method is called once for real, and everything that a
// window out of its mind could send is refused with an error that says what is wrong.
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parse } from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bridge, FollowItem, EarlyFile, Progress } from '../../shared/bridge.ts'
import { bridge as table } from '../../shared/bridge.ts'
import type { EraseItem, ErasePreview, EraseToken } from '../../shared/erase.ts'
import { Day } from '../../shared/ids.ts'
import type { BytesId } from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'
import type { Batch } from '../../shared/viewer/asks.ts'
import { addEvent, eventually, imageOf, makeUnknownFile, makeWorld } from '../world.ts'
import type { World } from '../world.ts'
import { malformed, unknownNames } from './malformed.ts'
import { everything } from '../../shared/viewer/filter.ts'
import type { Which } from '../../shared/viewer/which.ts'

export interface Opened {
  /** As the page sees it. */
  readonly bridge: Bridge
  /** The same way, but without the types: any name, any value. */
  raw(kind: 'call' | 'stream', name: string, args: unknown): Promise<Result<unknown>>
  bytes(id: BytesId, range?: { readonly start: number; readonly end: number }): Promise<Uint8Array>
  /** How many children are kept ready for the next work. */
  readonly waiting?: number
  close(): Promise<void>
}

/** Hosts are made from the world's `deps`, so that their folders are the world's and their children counted. */
export function bridgeContract(name: string, open: (world: World) => Promise<Opened>): void {
  describe(`the bridge, ${name}`, () => {
    let world: World
    let opened: Opened
    const called = new Set<string>()
    const noted: Bridge = {
      call: (method, args) => (called.add(method), opened.bridge.call(method, args)),
      stream: (method, ...rest) => (called.add(method), opened.bridge.stream(method, ...rest)),
    }
    beforeAll(async () => {
      world = await makeWorld()
      opened = await open(world)
    })
    afterAll(async () => {
      await opened.close()
      await world.remove()
    })

    it('tells what the program is', async () => {
      expect(good(await noted.call('app.info', {}))).toMatchObject({ name: 'Sightglass', version: '0.0.0' })
    })

    it('keeps a setting that was changed, and the others as they were', async () => {
      const before = good(await noted.call('settings.get', {}))
      const change = { theme: 'dark', timeZone: 'Asia/Kathmandu' } as const
      expect(good(await noted.call('settings.set', { change }))).toEqual({ ...before, ...change })
      expect(good(await noted.call('settings.get', {}))).toEqual({ ...before, ...change })
      await noted.call('settings.set', { change: { timeZone: null } })
    })

    it('finds the telemetry of a known tool', async () => {
      const path = await world.makeFile('home/.smart-agents/telemetry/telemetry.db', 3)
      const found = good(await noted.call('files.discover', {}))
      expect(found).toMatchObject([{ path, name: 'telemetry.db', tool: 'Smart Agents', missing: false }])
    })

    it('lists a folder for the path field', async () => {
      const path = await world.makeFile('shelf/one.db', 1)
      const listing = good(await noted.call('files.browse', { path: join(world.folder, 'shelf', 'o') }))
      expect(listing).toMatchObject({ folder: join(world.folder, 'shelf'), parent: world.folder, cut: false })
      expect(listing.entries).toEqual([{ name: 'one.db', path, folder: false }])
    })

    for (const journal of ['delete', 'wal'] as const)
      it(`opens a file (journal: ${journal}) and gives the bytes that SQLite gives, whole and in part`, async () => {
        const path = await world.makeFile(`open-${journal}.db`, 5000, journal)
        const progress: unknown[] = []
        const file = good(await noted.stream('files.open', { path }, (item) => progress.push(item)))
        expect(file).toMatchObject({ path, name: `open-${journal}.db`, readFrom: 'place' })
        expect(progress.length).toBeGreaterThan(0)
        const image = imageOf(path)
        expect(file.imageSize).toBe(image.length)
        expect(Buffer.compare(await opened.bytes(file.id), image)).toBe(0)
        const part = await opened.bytes(file.id, { start: 4000, end: 90_001 })
        expect(Buffer.compare(part, image.subarray(4000, 90_001))).toBe(0)
        expect(good(await noted.call('files.close', { id: file.id }))).toBe(null)
        await expect(opened.bytes(file.id)).rejects.toThrow()
        await eventually(() => world.living() <= (opened.waiting ?? 0))
      })

    it('tells of a file while it is still being taken in, and gives its bytes already', async () => {
      const path = await world.makeFile('early.db', 50_000)
      const image = imageOf(path)
      let early: { readonly id: string; readonly bytes: Promise<Uint8Array> } | null = null
      const hear = (item: Progress | EarlyFile): void => {
        if (item.phase !== 'early') return
        early = { id: item.file.id, bytes: opened.bytes(item.file.id, { start: 4000, end: image.length }) }
      }
      const file = good(await noted.stream('files.open', { path, early: true }, hear))
      expect(early).toMatchObject({ id: file.id })
      const { bytes } = early as unknown as { readonly bytes: Promise<Uint8Array> }
      expect(Buffer.compare(await bytes, image.subarray(4000))).toBe(0)
      expect(Buffer.compare(await opened.bytes(file.id), image)).toBe(0)
      expect(good(await noted.call('files.close', { id: file.id }))).toBe(null)
      await expect(opened.bytes(file.id)).rejects.toThrow()
      await eventually(() => world.living() <= (opened.waiting ?? 0))
    })

    it('remembers what was opened until it is told to forget, and leaves the file alone', async () => {
      const path = await world.makeFile('recent.db', 2)
      const before = await readFile(path)
      const file = good(await noted.stream('files.open', { path }, () => {}))
      await noted.call('files.close', { id: file.id })
      const recent = good(await noted.call('files.recent', {}))
      expect(recent.map((entry) => entry.path)).toContain(path)
      const left = good(await noted.call('files.forget', { path }))
      expect(left.map((entry) => entry.path)).not.toContain(path)
      expect(await readFile(path)).toEqual(before)
    })

    it('sums a file up, with progress before the answer', async () => {
      const path = await world.makeFile('summary.db', 66)
      const order: string[] = []
      const answer = noted.stream('files.summary', { path, zone: 'UTC' }, (item) => order.push(item.phase))
      const summary = good(await answer.finally(() => order.push('answer')))
      expect(summary).toMatchObject({ format: 'smart-agents', events: 66, kinds: { agent_execution: 66 } })
      expect(order.length).toBeGreaterThan(1)
      expect(order.indexOf('answer')).toBe(order.length - 1)
    })

    it('follows a file: what a tool adds arrives, and nothing else', async () => {
      const path = await world.makeFile('follow.db', 66, 'wal')
      const cancel = new AbortController()
      const kinds: string[] = []
      const after = { rows: 66, rowid: 66 }
      const hear = (item: FollowItem): void => {
        if (item.type === 'added') kinds.push(...item.events.map((event) => event.kind))
        if (item.type === 'writing') addEvent(path, 'skill_execution')
        if (kinds.length > 0) cancel.abort()
      }
      const answer = await noted.stream('files.follow', { path, after }, hear, cancel.signal)
      expect(answer).toEqual({ ok: false, error: { kind: 'cancelled' } })
      expect(kinds).toEqual(['skill_execution'])
      await eventually(() => world.living() <= (opened.waiting ?? 0))
    })

    it('looks through a file for damage', async () => {
      const path = await world.makeFile('sound.db', 500)
      const sound = { sound: true, problems: [], otherNames: false }
      expect(good(await noted.stream('files.check', { path }, () => {}))).toEqual(sound)
      const bytes = await readFile(path)
      bytes.fill(0x55, 4096 * 2, 4096 * 3)
      await writeFile(path, bytes)
      const damaged = good(await noted.stream('files.check', { path }, () => {}))
      expect(damaged.sound).toBe(false)
      expect(damaged.problems.join()).toMatch(/page 3/)
    })

    it('says what a file is taken for, and keeps a correction for every file of the same schema', async () => {
      const [one, two] = ['one.db', 'two.db'].map((name) => makeUnknownFile(join(world.folder, name)))
      const known = good(
        await noted.stream('files.recognise', { path: await world.makeFile('known.db', 3) }, () => {}),
      )
      expect(known).toMatchObject({ format: 'smart-agents', recognition: null })
      const guess = good(await noted.stream('files.recognise', { path: one ?? '' }, () => {}))
      expect(guess).toMatchObject({ format: 'generic', recognition: { choice: { time: 'started' } } })
      const choice = { ...(guess.recognition?.choice ?? fallback), time: 'ended' }
      expect(good(await noted.call('choices.set', { key: guess.key, choice }))).toEqual({
        [guess.key]: choice,
      })
      const corrected = good(await noted.stream('files.recognise', { path: two ?? '' }, () => {}))
      expect(corrected.recognition).toMatchObject({ confidence: 'sure', choice: { time: 'ended' } })
      const summary = good(await noted.stream('files.summary', { path: two ?? '', zone: 'UTC' }, () => {}))
      expect(summary).toMatchObject({ format: 'generic', events: 40, first: '2026-11-02T00:00:00Z' })
      expect(good(await noted.call('choices.set', { key: guess.key, choice: null }))).toEqual({})
      expect(good(await noted.call('choices.get', {}))).toEqual({})
    })

    it('counts all charts of what a filter chooses, and names what the file can’t tell', async () => {
      const path = await world.makeFile('charts.db', 30)
      const asked = { path, zone: 'UTC', firstDayOfWeek: 1 }
      const whole = good(await noted.stream('files.overview', { ...asked, filter: everything }, () => {}))
      expect(whole).toMatchObject({ file: 'charts.db', overview: { figures: { events: 30 } } })
      const filter = { ...everything, failed: true }
      const some = good(await noted.stream('files.overview', { ...asked, filter }, () => {}))
      expect(some.overview.figures.events).toBe(whole.overview.figures.failed)
      const where = [{ dimension: 'colour', values: ['red'], not: false }]
      const wrong = await noted.stream(
        'files.overview',
        { ...asked, filter: { ...everything, where } },
        () => {},
      )
      expect(wrong).toMatchObject({ ok: false, error: { kind: 'dimension-unknown', dimension: 'colour' } })
    })

    it('makes a sample', async () => {
      const path = join(world.folder, 'sample.db')
      const items: Progress[] = []
      const wanted = { ...sampleWanted, events: 2000, out: path }
      const made = good(await noted.stream('files.sample', wanted, (item) => items.push(item)))
      expect(made).toEqual({ path, events: 2000 })
      expect(items.length).toBeGreaterThan(0)
      expect((await stat(path)).size).toBeGreaterThan(100_000)
    })

    it('takes rows out to a folder, with progress, brings them back, and leaves the file alone', async () => {
      const path = await world.makeFile('take-out.db', 66)
      const before = await readFile(path)
      const { folder } = good(await noted.call('files.exportFolder', {}))
      expect(folder).toBe(join(world.folder, 'home'))
      const wish = { which: { of: 'all' }, as: 'jsonl', formulas: 'safe', table: null } as const
      const out = { folder: world.folder, name: 'out.jsonl.gz' }
      const items: Progress[] = []
      const wanted = { path, wish, gzip: true, out, overwrite: false }
      const made = good(await noted.stream('files.export', wanted, (item) => items.push(item)))
      expect(made).toMatchObject({
        path: join(world.folder, out.name),
        tables: [{ name: 'telemetry_events', rows: 66 }],
      })
      expect(made.bytes).toBe((await stat(made.path)).size)
      expect(items).toContainEqual({ phase: 'writing', done: 66, total: 66 })
      const again = { path: made.path, out: join(world.folder, 'again.db'), overwrite: false }
      const back = good(await noted.stream('files.import', again, () => {}))
      expect(back).toEqual({ path: again.out, tables: made.tables })
      expect(await noted.stream('files.export', wanted, () => {})).toEqual({
        ok: false,
        error: { kind: 'file-exists', path: made.path },
      })
      expect(await readFile(path)).toEqual(before)
      await eventually(() => world.living() <= (opened.waiting ?? 0))
    })

    it('gives work up within a second of being told to, and ends its process', async () => {
      const path = join(world.folder, 'never.db')
      const cancel = new AbortController()
      let cancelledAt = 0
      const wanted = { ...sampleWanted, events: 100_000_000, out: path }
      const answer = noted.stream(
        'files.sample',
        wanted,
        () => {
          cancelledAt ||= Date.now()
          cancel.abort()
        },
        cancel.signal,
      )
      expect(await answer).toEqual({ ok: false, error: { kind: 'cancelled' } })
      await eventually(() => world.living() <= (opened.waiting ?? 0))
      expect(Date.now() - cancelledAt).toBeLessThan(1000)
      await expect(stat(path)).rejects.toThrow('ENOENT')
    })

    it('does nothing at all when it was cancelled before it was asked', async () => {
      const path = join(world.folder, 'unbegun.db')
      const wanted = { ...sampleWanted, events: 100_000_000, out: path }
      const answer = await noted.stream('files.sample', wanted, () => {}, AbortSignal.abort())
      expect(answer).toEqual({ ok: false, error: { kind: 'cancelled' } })
      await eventually(() => world.living() <= (opened.waiting ?? 0))
    })

    it('tells of a file that is missing, as an answer and not as a broken call', async () => {
      const path = join(world.folder, 'nowhere.db')
      const answer = await noted.stream('files.open', { path }, () => {})
      expect(answer).toEqual({ ok: false, error: { kind: 'file-missing', path } })
    })

    it('previews a deletion without writing, holds it back, lets it be taken back, and carries it out', async () => {
      const path = await world.makeFile('erase.db', 66)
      const before = await readFile(path)
      const which = { of: 'rows', addresses: [1, 2, 3].map((rowid) => ({ rowid, place: 0 })) } as const
      const look = async () =>
        good(await noted.stream('erase.preview', { path, which, zone: 'UTC' }, () => {}))
      const first = await look()
      expect(first).toMatchObject({ events: 3, eventsLeft: 63, rows: 3, kinds: [{ erased: 3, left: 63 }] })
      const items: EraseItem[] = []
      const cancel = new AbortController()
      const hear = (item: EraseItem): void => {
        items.push(item)
        cancel.abort()
      }
      const held = { token: token(first), now: false }
      expect(await noted.stream('erase.run', held, hear, cancel.signal)).toEqual(cancelled)
      expect(items).toEqual([{ type: 'held', seconds: 10 }])
      expect(await readFile(path)).toEqual(before)
      const again = await noted.stream('erase.run', { ...held, now: true }, () => {})
      expect(again).toEqual({ ok: false, error: { kind: 'erase-unknown' } })
      const steps: string[] = []
      const wanted = { token: token(await look()), now: true }
      const done = good(await noted.stream('erase.run', wanted, (item) => steps.push(item.type)))
      expect(done).toMatchObject({ events: 3, rows: 3, remains: null, proof: { rows: 3, found: 0 } })
      expect(new Set(steps)).toEqual(new Set(['step']))
      const left = new DatabaseSync(path, { readOnly: true })
      expect(left.prepare('SELECT min(rowid) AS first, count(*) AS n FROM telemetry_events').get()).toEqual({
        first: 4,
        n: 63,
      })
      left.close()
    })

    it('keeps a receipt that proves a deletion again, and finishes one that something held up', async () => {
      const path = await world.makeFile('held.db', 40, 'wal') // its writer stays
      const which: Which = { of: 'rows', addresses: [{ rowid: 7, place: 0 }] }
      const look = good(await noted.stream('erase.preview', { path, which, zone: 'UTC' }, () => {}))
      const run = { token: token(look), now: true }
      const done = good(await noted.stream('erase.run', run, () => {}))
      expect(done.remains).toMatchObject({ why: 'held' })
      const pending = good(await noted.call('erase.pending', {}))
      expect(pending).toMatchObject([{ path, receipt: done.receipt, remains: { why: 'held' } }])
      const [newest] = good(await noted.call('erase.receipts', {}))
      expect(newest).toMatchObject({ receipt: done.receipt, path, rows: 1 })
      await world.letGo()
      const finished = good(await noted.stream('erase.finish', { path }, () => {}))
      expect(finished).toMatchObject({ path, remains: null, proof: { found: 0 } })
      expect(good(await noted.call('erase.pending', {}))).toEqual([])
      const again = { receipt: done.receipt, path: null }
      const verified = good(await noted.stream('erase.verify', again, () => {}))
      expect(verified).toMatchObject({ path, proof: { rows: 1, traceable: 1, found: 0 } })
    })

    it('keeps the last days of a file only once a person has seen what that deletes', async () => {
      const path = await world.makeFile('kept.db', 30)
      const seen = good(await noted.stream('keep.preview', { path, days: 36_000 }, () => {}))
      expect(seen.preview).toMatchObject({ path, events: 0, token: null })
      const unseen = await noted.call('keep.set', { path, rule: { days: 1, consent: seen.consent } })
      expect(unseen).toEqual({ ok: false, error: { kind: 'erase-unknown' } })
      expect(good(await noted.call('keep.get', {}))).toEqual({ rules: [], log: [] })
      const rule = { days: 36_000, consent: seen.consent }
      expect(good(await noted.call('keep.set', { path, rule })).rules).toMatchObject([{ path, days: 36_000 }])
      expect(good(await noted.stream('keep.run', { path }, () => {}))).toMatchObject({
        rows: 0,
        failed: null,
      })
      const off = good(await noted.call('keep.set', { path, rule: null }))
      expect(off).toMatchObject({ rules: [], log: [{ path, days: 36_000, rows: 0 }] })
    })

    it('says that sharing is off where nobody switched it on', async () => {
      expect(good(await noted.call('share.status', {}))).toMatchObject({ level: 'off', destinations: [] })
    })

    it('shares only what was ticked and seen, waits with it, and takes it back', async () => {
      const day = 86_400_000
      const yesterday = Math.floor(Date.now() / day) * day - day
      const from = parse(Day, new Date(yesterday).toISOString().slice(0, 10))
      const path = await world.makeFile('shared.db', 66, 'delete', yesterday)
      const to = join(world.folder, 'shared.jsonl')
      const told = { path: to }
      const set = good(await noted.call('share.setDestination', { name: 'file', told, level: 'basic' }))
      expect(set.set).toMatchObject([{ name: 'file', told, level: 'basic', state: 'idle' }])
      expect(good(await noted.call('share.destinations', {}))).toEqual(set)
      const plan = good(await noted.call('share.test', { name: 'file', address: null }))
      const tested = good(await noted.call('share.test', { name: 'file', address: plan.address }))
      expect(tested).toMatchObject({ how: 'file', result: { is: 'writable' } })
      expect(good(await noted.call('share.files', {})).filter(({ ticked }) => ticked)).toEqual([])
      const ticked = good(await noted.stream('share.tick', { path, ticked: true }, () => {}))
      expect(ticked.filter((file) => file.ticked)).toMatchObject([{ path }])
      const asked = { path: null, day: null, level: 'detailed', to: null } as const
      const seen = good(await noted.stream('share.plan', asked, () => {}))
      expect(seen).toMatchObject({ day: from, sent: false, requests: [{ to: 'file', level: 'basic' }] })
      expect(seen.requests[0]?.body).toContain('"kind":"agent_execution","count":"50-99"')
      const unseen = { level: 'detailed', day: null, seen: 'f'.repeat(64) } as const
      expect(await noted.stream('share.on', unseen, () => {})).toMatchObject({
        error: { kind: 'preview-unseen' },
      })
      const on = { level: 'detailed', day: null, seen: seen.seen } as const
      expect(good(await noted.stream('share.on', on, () => {}))).toMatchObject({ level: 'detailed' })
      const none = good(await noted.stream('share.now', { to: null }, () => {}))
      expect(none).toMatchObject({ made: 0, delivered: 0 })
      const made = good(await noted.stream('share.earlier', { from }, () => {}))
      expect(made).toMatchObject({ made: 1, delivered: 0, waiting: 1 })
      const [item] = good(await noted.call('share.queue', {}))
      expect(item).toMatchObject({ to: 'file', held: true, about: [`smart-agents ${from}`] })
      const batch = item?.batch ?? ''
      const [request] = good(await noted.call('share.item', { batch }))
      expect(request?.body).toBe(seen.requests[0]?.body)
      expect(good(await noted.call('share.drop', { batch }))).toEqual([])
      expect(good(await noted.call('share.newId', {})).id).not.toBe(null)
      const log = good(await noted.call('share.log', { words: '', before: null, most: 10 }))
      expect(log.lines.map(({ entry }) => entry.what)).toEqual(['new id', 'dropped', 'earlier', 'on'])
      expect(good(await noted.call('share.verifyLog', {}))).toEqual({
        ...{ entries: 4, broken: null, receipts: [], keys: [] },
      })
      const out = join(world.folder, 'log.jsonl')
      expect(good(await noted.call('share.exportLog', { out, overwrite: false })).entries).toBe(4)
      expect((await readFile(out, 'utf8')).split('\n')).toHaveLength(5)
      const all = { through: null, sure: true } as const
      expect(good(await noted.call('share.eraseLog', all))).toMatchObject({ entries: 4, erased: true })
      expect(good(await noted.call('share.off', {}))).toEqual([])
      expect(good(await noted.call('share.sent', {}))).toEqual([])
      expect(good(await noted.call('share.forget', { to: null }))).toEqual([])
      expect(good(await noted.call('share.held', { address: null }))).toEqual([])
      expect(good(await noted.call('share.removeDestination', { name: 'file' })).set).toEqual([])
      await expect(stat(to)).rejects.toThrow('ENOENT')
    })

    it('reads saved trends, and works one’s own values of their weeks out', async () => {
      const path = await world.makeFile('own.db', 100, 'delete', Date.UTC(2026, 10, 10))
      const saved = join(world.folder, 'trends.json')
      const made = '2026-11-18T02:00:00.000Z'
      const rules = { threshold: 20, per_network_and_day: 3, rounded_to: 10 }
      await writeFile(saved, JSON.stringify({ version: 1, made, ...rules, weeks: [] }))
      const read = good(await noted.call('community.trends', { from: { path: saved } }))
      expect(read).toEqual({ version: 1, made, ...rules, weeks: [] })
      const [from, to] = [parse(Day, '2026-11-09'), parse(Day, '2026-11-15')]
      const asked = { path, weeks: [{ name: '2026-W46', from, to }] }
      const own = good(await noted.stream('community.own', asked, () => {}))
      const agents = own.weeks[0]?.tables.find(({ subject }) => subject === 'agent')
      expect(agents?.cells).toMatchObject([{ word: 'planner', share: 100, error_rate: '10-20%' }])
    })

    it('says where releases are, and that nobody answered there', async () => {
      const { releases } = good(await noted.call('app.info', {}))
      const error = { kind: 'release-unreached', address: releases, why: 'refused', detail: 'ECONNREFUSED' }
      expect(await noted.call('updates.check', {})).toEqual({ ok: false, error })
    })

    it('answers what is asked of rows: words in any text, an order, a record in full', async () => {
      const path = await world.makeFile('rows.db', 500)
      const found: number[] = []
      const hear = ({ rows }: Batch): number => found.push(...rows)
      const words = ['EVENT-49', 'planner']
      const search = noted.stream('files.ask', { path, ask: { ask: 'search', words, after: null } }, hear)
      expect(good(await search)).toEqual({ ask: 'done' })
      expect(found).toEqual([500, 499, 498, 497, 496, 495, 494, 493, 492, 491, 50])
      const sorted: number[] = []
      const order = { ask: 'sort', column: 'id', descending: false } as const
      good(await noted.stream('files.ask', { path, ask: order }, ({ rows }) => sorted.push(...rows)))
      expect(sorted.slice(0, 4)).toEqual([1, 2, 11, 101])
      const of = { rowid: 7, place: 0 }
      const record = good(
        await noted.stream('files.ask', { path, ask: { ask: 'record', of, whole: false } }, () => {}),
      )
      expect(record).toMatchObject({
        fields: [{ column: 'id', value: { is: 'text', text: 'event-6' } }, {}, {}, {}],
      })
    })

    it('keeps which columns are shown, by schema', async () => {
      const key = '0123456789abcdef'
      const columns = [{ column: 'time', width: 200 }]
      expect(good(await noted.call('columns.set', { key, columns }))).toEqual({ [key]: columns })
      expect(good(await noted.call('columns.get', {}))).toEqual({ [key]: columns })
      expect(good(await noted.call('columns.set', { key, columns: null }))).toEqual({})
    })

    it('says of a file what a list tells of it, without remembering it as opened', async () => {
      const path = await world.makeFile('listed.db', 3)
      const about = good(await noted.stream('files.about', { path }, () => {}))
      expect(about.title).toBe('Smart Agents')
      expect(about.last).toBeGreaterThan(about.first ?? Infinity)
      const recent = good(await noted.call('files.recent', {}))
      expect(recent.map((entry) => entry.path)).not.toContain(path)
    })

    it('called every method of the bridge above, for real', () => {
      expect([...called].sort()).toEqual(Object.keys(table).sort())
    })

    for (const kind of ['call', 'stream'] as const)
      for (const method of unknownNames(kind))
        it(`refuses a ${kind} of ${JSON.stringify(method)}: there is no such method`, async () => {
          expect(await opened.raw(kind, method, {})).toMatchObject({
            ok: false,
            error: { kind: 'unknown-method' },
          })
        })

    for (const { what, kind, method, args, says } of malformed)
      it(`refuses ${what}, and says why`, async () => {
        const refused = await opened.raw(kind, method, args())
        expect(refused).toMatchObject({ ok: false, error: { kind: 'bad-call' } })
        expect(JSON.stringify(refused)).toMatch(says)
        expect(JSON.stringify(refused).length).toBeLessThan(1000)
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
        expect(good(await opened.bridge.call('app.info', {})).name).toBe('Sightglass')
      })
  })
}

const fallback = { table: '', time: '', encoding: 'iso', categories: null, measures: null } as const

const cancelled = { ok: false, error: { kind: 'cancelled' } }

function token(preview: ErasePreview): EraseToken {
  if (preview.token === null) throw new Error('nothing to delete')
  return preview.token
}

const sampleWanted = {
  format: 'smart-agents',
  seed: 7,
  until: Date.UTC(2026, 10, 20),
  overwrite: false,
} as const

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`a failure: ${JSON.stringify(result.error)}`)
  return result.value
}
