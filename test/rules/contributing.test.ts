// What CONTRIBUTING shows is true: the format there is taken out of the page and put to use as it stands.
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { nativeSqlite } from '../../host/file/native.ts'
import type { Format } from '../../shared/formats/format.ts'
import { Charts } from '../../shared/viewer/charts.ts'
import { ChunkBuilder, Columns } from '../../shared/viewer/columns.ts'
import { compileReader, hasAll } from '../../shared/viewer/events.ts'
import { everything } from '../../shared/viewer/filter.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import { createZone } from '../../shared/viewer/zone.ts'

it('the format that CONTRIBUTING shows reads a file of its tool, whole as it is printed there', async () => {
  const page = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8')
  const [file = '', line = ''] = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code)
  const code = stripTypeScriptTypes(file)
  const url = `data:text/javascript,${encodeURIComponent(code)}`
  const loaded = (await import(/* @vite-ignore */ url)) as Readonly<Record<string, Format>> // a door: the page's code
  const format = loaded[line.trim().replace(',', '')]
  if (format === undefined) throw new Error('the line names another format')

  const raw = new DatabaseSync(':memory:')
  raw.exec(`CREATE TABLE commands (id integer primary key, argv text);
    CREATE TABLE places (id integer primary key, host text, dir text);
    CREATE TABLE history (id integer primary key, session int, command_id int, place_id int, exit_status int,
      start_time int, duration int);
    INSERT INTO commands VALUES (1, 'git status'), (2, 'make');
    INSERT INTO places VALUES (1, 'ada', '/w');
    INSERT INTO history VALUES (1, 1, 1, 1, 0, 1795178096, 2), (2, 1, 1, 1, 0, 1795178100, NULL),
      (3, 1, 2, 1, 2, 1795178200, 9)`)
  const db = nativeSqlite(raw)
  const schema = readSchema(db)
  expect(hasAll(schema, format.proof)).toBe(true)
  const columns = new Columns(format)
  for (const chunk of new ChunkBuilder(format).chunks(compileReader(format, schema).read(db)))
    columns.append(chunk)
  const view = { filter: everything, zone: createZone('UTC'), now: 0, firstDayOfWeek: 1 }
  const { overview, details } = new Charts(columns).complete(view)
  expect(overview.figures).toMatchObject({ events: 3, failed: 1, withDuration: 2, first: 1_795_178_096_000 })
  expect(details.figures.median).toBe(2000)
  const programs = overview.dimensions.find(({ name }) => name === 'program')?.bars
  expect(programs?.map(({ label, count }) => [label, count])).toEqual([
    ['git', 2],
    ['make', 1],
  ])
})
