import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { recogniseAny } from '../../shared/formats/recognise.ts'
import { Choice, schemaKey } from '../../shared/formats/generic.ts'
import type { Recognised } from '../../shared/formats/generic.ts'
import { compileReader } from '../../shared/viewer/events.ts'
import * as files from './generic-files.ts'
import { at, small } from './generic-files.ts'
import type { Small } from './generic-files.ts'

function recognised({ db, schema }: Small): Recognised {
  const found = recogniseAny(db, schema, 'a file')
  if (!found.ok) throw new Error(`not recognised: ${JSON.stringify(found.error)}`)
  return found.value
}

function eventsOf(file: Small) {
  const { format } = recognised(file)
  const { dimensions, measures } = format.events
  const events = []
  // the reader gives one and the same object for each row
  for (const event of compileReader(format, file.schema).read(file.db))
    events.push({
      ...event,
      dimensions: Object.fromEntries(dimensions.map(({ name }, i) => [name, event.dimensions[i] ?? null])),
      measures: Object.fromEntries(measures.map(({ name }, i) => [name, event.measures[i] ?? NaN])),
    })
  return events.sort((a, b) => a.time - b.time)
}

interface Expected {
  readonly file: () => Small
  readonly table: string
  readonly time: string
  readonly encoding: string
  readonly rows: number
  /** Milliseconds of the first and last event. */
  readonly span: readonly [number, number]
  readonly categories: readonly string[]
  readonly duration?: number
  readonly failed?: number
  readonly kinds?: readonly string[]
}

const cut = (time: number): number => Math.floor(time / 1000) * 1000
const programs: Readonly<Record<string, Expected>> = {
  Firefox: {
    file: files.firefox,
    table: 'moz_historyvisits',
    time: 'visit_date',
    encoding: 'microseconds',
    rows: 60,
    span: [at(0), at(59)],
    categories: ['visit_type', 'moz_places.url', 'moz_places.title'],
  },
  Chrome: {
    file: files.chrome,
    table: 'visits',
    time: 'visit_time',
    encoding: 'webkit',
    rows: 65,
    span: [at(0), at(64)],
    categories: ['transition', 'urls.url', 'urls.title'],
    duration: 1500.001,
  },
  'Home Assistant': {
    file: files.homeAssistant,
    table: 'states',
    time: 'last_updated_ts',
    encoding: 'seconds',
    rows: 300,
    span: [at(0), Math.floor(at(299 / 4))],
    categories: ['state', 'states_meta.entity_id'],
  },
  goose: {
    file: files.goose,
    table: 'messages',
    time: 'created_timestamp',
    encoding: 'seconds',
    rows: 80,
    span: [cut(at(0)), cut(at(79))],
    categories: ['role'],
  },
  opencode: {
    file: files.opencode,
    table: 'message',
    time: 'time_created',
    encoding: 'milliseconds',
    rows: 72,
    span: [at(0), at(71)],
    categories: ['data.role', 'data.modelID'],
  },
  'codex, its threads': {
    file: files.codexState,
    table: 'threads',
    time: 'created_at_ms',
    encoding: 'milliseconds',
    rows: 40,
    span: [at(0), at(39)],
    categories: ['source', 'model_provider', 'approval_mode'],
  },
  'codex, its logs': {
    file: files.codexLogs,
    table: 'logs',
    time: 'ts',
    encoding: 'seconds',
    rows: 100,
    span: [at(0), at(99)],
    categories: ['level', 'target'],
    failed: 20,
  },
  'zsh-histdb': {
    file: files.histdb,
    table: 'history',
    time: 'start_time',
    encoding: 'seconds',
    rows: 70,
    span: [cut(at(0)), cut(at(69))],
    categories: ['exit_status', 'commands.argv', 'places.dir', 'places.host'],
    duration: 1000,
    failed: 10,
  },
  GoatCounter: {
    file: files.goatCounter,
    table: 'hits',
    time: 'created_at',
    encoding: 'iso',
    rows: 75,
    span: [cut(at(0)), cut(at(74))],
    categories: ['language', 'location', 'paths.path', 'browsers.name', 'systems.name'],
  },
  wakapi: {
    file: files.wakapi,
    table: 'heartbeats',
    time: 'time',
    encoding: 'iso',
    rows: 85,
    span: [at(0), at(84)],
    categories: ['project', 'language', 'editor'],
  },
  Fossil: {
    file: files.fossil,
    table: 'event',
    time: 'mtime',
    encoding: 'julian',
    rows: 50,
    span: [at(0), at(49)],
    categories: ['type', 'user'],
    kinds: ['ci', 't', 'w'],
  },
  knowledgeC: {
    file: files.knowledgeC,
    table: 'ZOBJECT',
    time: 'ZSTARTDATE',
    encoding: 'cocoa',
    rows: 66,
    span: [at(0), at(65)],
    categories: ['ZSTREAMNAME', 'ZVALUESTRING'],
    duration: 120_500,
    kinds: ['/app/inFocus', '/app/usage', '/display/isBacklit'],
  },
  'VoiceMode’s conversations': {
    file: files.conversations,
    table: 'exchanges',
    time: 'timestamp',
    encoding: 'iso',
    rows: 64,
    span: [at(0), at(63)],
    categories: ['type', 'metadata.provider', 'metadata.model'],
    kinds: ['stt', 'tts'],
  },
}

describe('files of programs that no format knows', () => {
  for (const [name, expected] of Object.entries(programs)) {
    it(`${name}: the right table, the right time, and what one would group by`, () => {
      const file = expected.file()
      const { format, recognition } = recognised(file)
      expect(format.name).toBe('generic')
      expect({
        table: recognition?.choice.table,
        time: recognition?.choice.time,
        encoding: recognition?.choice.encoding,
      }).toEqual({ table: expected.table, time: expected.time, encoding: expected.encoding })
      expect(recognition?.confidence).not.toBe('unsure')
      const events = eventsOf(file)
      expect(events).toHaveLength(expected.rows)
      expect(events.filter(({ time }) => Number.isNaN(time))).toEqual([])
      expect([events[0]?.time, events.at(-1)?.time]).toEqual(expected.span)
      expect(format.events.dimensions.map((one) => one.name)).toEqual(
        expect.arrayContaining([...expected.categories]),
      )
      for (const category of expected.categories)
        expect(
          events.some(({ dimensions }) => dimensions[category] !== null),
          `${category} is empty`,
        ).toBe(true)
      if (expected.duration !== undefined)
        expect(
          events.find(({ duration }) => duration > 0 && Math.abs(duration - (expected.duration ?? 0)) < 0.01),
        ).toBeDefined()
      if (expected.failed !== undefined)
        expect(events.filter(({ outcome }) => outcome === 1)).toHaveLength(expected.failed)
      if (expected.kinds !== undefined)
        expect([...new Set(events.map(({ kind }) => kind))].sort()).toEqual(expected.kinds)
    })
  }

  it('add up what is measured, also inside JSON', () => {
    const events = eventsOf(files.opencode())
    const sum = (name: string): number =>
      events.reduce((total, { measures }) => total + (measures[name] ?? NaN), 0)
    expect(sum('data.tokens.input')).toBe(
      Array.from({ length: 72 }, (_, i) => 100 + i).reduce((a, b) => a + b),
    )
    expect(sum('data.cost')).toBeCloseTo((71 * 72) / 2 / 1000, 9)
  })

  it('say that a JSON key or a name of another table is counted once for each event', () => {
    expect(
      eventsOf(files.firefox()).filter(({ dimensions }) => dimensions['moz_places.url'] !== null),
    ).toHaveLength(60)
  })
})

describe('a doubtful file', () => {
  const table = (columns: string, rows: readonly (readonly (string | number | null)[])[]): Small =>
    small(`CREATE TABLE readings (${columns})`, (insert) => {
      for (const row of rows) insert('readings', ...row)
    })

  it('whose numbers are no times is refused, and named', () => {
    const file = table('order_no INTEGER, phone INTEGER, size_bytes INTEGER', [
      [1_700_000_000, 31_612_345_678, 1_600_000_000_000],
      [1_700_000_001, 31_612_345_679, 1_600_000_000_001],
    ])
    expect(recogniseAny(file.db, file.schema, 'x.db')).toEqual({
      ok: false,
      error: { kind: 'file-unknown', path: 'x.db', tables: ['readings'] },
    })
  })

  it('with random numbers, some of them moments by chance, is refused where no name speaks of time', () => {
    const numbers = Array.from({ length: 24 }, (_, i) => [i + 20_001, ((i * 2_654_435_761) % 9e9) - 4.5e9])
    const unnamed = table('member INTEGER, alpha FLOAT', numbers)
    expect(recogniseAny(unnamed.db, unnamed.schema, 'x.db')).toMatchObject({
      ok: false,
      error: { kind: 'file-unknown' },
    })
    const moments = table(
      'member INTEGER, alpha FLOAT',
      numbers.map(([member = 0], i) => [member, 1_700_000_000.5 + i * 60]),
    )
    expect(recogniseAny(moments.db, moments.schema, 'x.db').ok).toBe(true)
  })

  it('without tables is refused', () => {
    const file = small('', () => {})
    expect(recogniseAny(file.db, file.schema, 'x.db')).toMatchObject({
      ok: false,
      error: { kind: 'file-unknown' },
    })
  })

  it('with two units in one column is read by size, and says that it is unsure', () => {
    const file = table(
      'ts INTEGER, v TEXT',
      Array.from({ length: 20 }, (_, i) => [i % 2 === 0 ? at(i) : Math.floor(at(i) / 1000), 'x']),
    )
    const { recognition } = recognised(file)
    expect(recognition).toMatchObject({ confidence: 'unsure', choice: { encoding: 'mixed' } })
    expect(recognition?.reasons).toContainEqual({ kind: 'time-mixed' })
    expect(eventsOf(file).map(({ time }) => time)).toEqual(
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? at(i) : cut(at(i)))),
    )
  })

  it('whose durations have no unit in their name says where it was taken from, and no other does', () => {
    const said = (column: string) =>
      recognised(
        table(
          `ts INTEGER, ${column} INTEGER`,
          Array.from({ length: 20 }, (_, i) => [at(i), 10 + i]),
        ),
      ).recognition?.reasons.some(({ kind }) => kind === 'duration-unit-guessed')
    expect([said('duration'), said('duration_ms'), said('calls')]).toEqual([true, false, false])
  })

  it('with 0 or -1 for no time does not begin in 1970', () => {
    const file = table('ts INTEGER, v TEXT', [
      ...Array.from({ length: 20 }, (_, i) => [at(i), 'x']),
      [0, 'x'],
      [-1, 'x'],
      [null, 'x'],
    ])
    const times = eventsOf(file).map(({ time }) => time)
    expect(times.filter(Number.isNaN)).toHaveLength(3)
    expect(Math.min(...times.filter((time) => !Number.isNaN(time)))).toBe(at(0))
  })

  it('whose days come before its months, or not, is not decided silently', () => {
    const open = table('day TEXT', [['03/04/2026'], ['05/06/2026'], ['07/08/2026']])
    expect(recognised(open).recognition?.reasons).toContainEqual(
      expect.objectContaining({ kind: 'time-ambiguous' }),
    )
    const told = table('day TEXT', [['03/04/2026'], ['25/06/2026'], ['07/08/2026']])
    expect(recognised(told).recognition).toMatchObject({
      confidence: 'sure',
      choice: { encoding: 'day-first' },
    })
  })

  it('with hostile names is only ever quoted', () => {
    const name = 'x"; DROP TABLE y; --'
    const quoted = `"${name.replaceAll('"', '""')}"`
    const file = small(
      `CREATE TABLE ${quoted} (${quoted} INTEGER, "created_at" INTEGER, "from" TEXT); CREATE TABLE y (a)`,
      (insert) => {
        for (let i = 0; i < 30; i++) insert(name.replaceAll('"', '""'), i, at(i), i % 2 === 0 ? 'a' : 'b')
      },
    )
    expect(eventsOf(file)).toHaveLength(30)
    expect(recognised(file).recognition?.choice.table).toBe(name)
    expect(file.raw.prepare('SELECT count(*) AS n FROM y').get()).toEqual({ n: 0 })
  })

  it('with a view that never ends is read without running it', () => {
    const file = small(
      `CREATE TABLE log (ts INTEGER, level TEXT);
       CREATE VIEW events AS WITH RECURSIVE c(ts) AS (SELECT 1700000000 UNION ALL SELECT ts + 1 FROM c) SELECT ts FROM c`,
      (insert) => {
        for (let i = 0; i < 30; i++) insert('log', at(i), i % 2 === 0 ? 'INFO' : 'ERROR')
      },
    )
    expect(recognised(file).recognition?.choice.table).toBe('log')
  })
})

describe('a monstrous file', () => {
  it('with 2,000 columns is recognised within a second', () => {
    const columns = Array.from({ length: 1999 }, (_, i) => `c${i}`)
    const file = small(`CREATE TABLE wide (ts INTEGER, ${columns.join(', ')})`, (insert) => {
      for (let i = 0; i < 20; i++)
        insert('wide', at(i), ...columns.map((_, n) => (n % 3 === 0 ? 'x'.repeat(500) : n)))
    })
    const started = process.cpuUsage().user
    expect(recognised(file).recognition?.choice).toMatchObject({ table: 'wide', time: 'ts' })
    expect((process.cpuUsage().user - started) / 1000).toBeLessThan(1000)
  })

  it('with more than 8,000 columns is refused, with the limit', () => {
    const many = Array.from(
      { length: 10 },
      (_, t) =>
        `CREATE TABLE t${t} (ts INTEGER, ${Array.from({ length: 1000 }, (_, i) => `c${i}`).join(', ')})`,
    )
    const file = small(many.join(';'), () => {})
    expect(recogniseAny(file.db, file.schema, 'x.db')).toEqual({
      ok: false,
      error: { kind: 'schema-too-large', path: 'x.db', columns: 10_010, limit: 8000 },
    })
  })

  it('with cells of a megabyte and JSON 100,000 deep is recognised and read', () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    const file = small('CREATE TABLE events (ts INTEGER, kind TEXT, data TEXT)', (insert) => {
      for (let i = 0; i < 30; i++)
        insert(
          'events',
          at(i),
          i % 2 === 0 ? 'a' : 'b',
          i === 3 ? deep : i === 4 ? 'x'.repeat(1_000_000) : '{"n": 1}',
        )
    })
    const started = performance.now()
    expect(eventsOf(file)).toHaveLength(30)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('a person’s correction', () => {
  const correct = (file: Small, choice: Choice): Recognised => {
    const found = recogniseAny(file.db, file.schema, 'x.db', { [schemaKey(file.schema)]: choice })
    if (!found.ok) throw new Error('not recognised')
    return found.value
  }

  it('takes another table, time, encoding, categories and measures', () => {
    const file = files.homeAssistant()
    const choice: Choice = {
      table: 'statistics_short_term',
      time: 'start_ts',
      encoding: 'seconds',
      categories: ['statistics_meta.statistic_id'],
      measures: ['max'],
    }
    const { format, recognition } = correct(file, choice)
    expect(recognition).toMatchObject({ confidence: 'sure', reasons: [{ kind: 'chosen' }] })
    expect(format.events.table).toBe('statistics_short_term')
    expect(format.events.measures.map(({ name }) => name)).toEqual(['max'])
    expect([...compileReader(format, file.schema).read(file.db)]).toHaveLength(400)
    const [event] = compileReader(format, file.schema).read(file.db)
    expect(event?.measures).toEqual([21])
  })

  it('begins with what was guessed, and changes nothing where nothing is changed', () => {
    for (const make of [files.chrome, files.fossil, files.opencode, files.codexLogs]) {
      const file = make()
      const { format, recognition } = recognised(file)
      if (recognition === null) throw new Error('known')
      const stored: unknown = JSON.parse(JSON.stringify(recognition.choice))
      expect(correct(file, v.parse(Choice, stored)).format).toEqual(format)
    }
  })

  it('that fits the file no longer leaves the guess', () => {
    const choice: Choice = {
      table: 'gone',
      time: 'ts',
      encoding: 'seconds',
      categories: null,
      measures: null,
    }
    expect(correct(files.chrome(), choice).recognition?.choice.table).toBe('visits')
  })

  it('is remembered by the tables and columns, whatever the file holds', () => {
    expect(schemaKey(files.chrome().schema)).toBe(schemaKey(files.chrome().schema))
    expect(new Set(Object.values(programs).map(({ file }) => schemaKey(file().schema))).size).toBe(
      Object.keys(programs).length,
    )
  })

  it('and the guess are data: they pass to another thread as they are', () => {
    const { format } = recognised(files.homeAssistant())
    expect(structuredClone(format)).toEqual(format)
    expect(JSON.parse(JSON.stringify(format))).toEqual(format)
  })
})

describe('heartbeats in a database', () => {
  it('are found by their columns, whatever the table and its time are called', () => {
    const file = small(
      'CREATE TABLE users (id INTEGER PRIMARY KEY, created_at INTEGER); CREATE TABLE pings (installation_id TEXT, version TEXT, user_count_range TEXT, inserted_at TEXT)',
      (insert) => {
        for (let i = 0; i < 200; i++) insert('users', i, at(i))
        for (let i = 0; i < 30; i++)
          insert(
            'pings',
            `inst-${i % 7}`,
            i % 2 === 0 ? '1.0.0' : '1.1.0',
            i % 3 === 0 ? '1-10' : '11-50',
            files.iso(at(i)),
          )
      },
    )
    const { format, recognition } = recognised(file)
    expect([format.name, recognition]).toEqual(['beacon', null])
    const events = eventsOf(file)
    expect(events).toHaveLength(30)
    expect([events[0]?.time, events.at(-1)?.time]).toEqual([at(0), at(29)])
    expect(events[0]).toMatchObject({
      kind: 'heartbeat',
      dimensions: { version: '1.0.0', user_count_range: '1-10' },
    })
  })
})
