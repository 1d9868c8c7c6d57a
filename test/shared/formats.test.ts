import { describe, expect, it } from 'vitest'
import { formats, recognise } from '../../shared/formats/index.ts'
import type { Schema } from '../../shared/viewer/sqlite.ts'

const names = (list: readonly { readonly name: string }[] = []): string[] => list.map(({ name }) => name)

describe('every known format', () => {
  for (const [i, format] of formats.entries()) {
    const { events, also } = format
    it(`${i + 1}, ${format.name} by ${events.table}: is data that any thread and any settings file can hold`, () => {
      expect(structuredClone(format)).toEqual(format)
      expect(JSON.parse(JSON.stringify(format))).toEqual(format)
    })

    it(`${i + 1}, ${format.name} by ${events.table}: is proved by its own tables, and by no part of them`, () => {
      const tables: Schema = Object.entries(format.proof).map(([name, columns]) => ({
        name,
        kind: 'table',
        columns,
        withoutRowid: false,
      }))
      expect(recognise(tables)?.events.table).toBe(events.table)
      expect(tables.map(({ name }) => name)).toContain(events.table)
      for (const missing of tables) {
        expect(recognise(tables.filter((table) => table !== missing))).not.toBe(format)
        expect(
          recognise(tables.map((table) => (table === missing ? { ...table, kind: 'view' } : table))),
        ).not.toBe(format)
        const short = { ...missing, columns: missing.columns.slice(1) }
        expect(recognise(tables.map((table) => (table === missing ? short : table)))).not.toBe(format)
      }
    })

    it(`${i + 1}, ${format.name} by ${events.table}: has lanes of a dimension that it knows`, () =>
      expect(['kind', ...names(events.dimensions)]).toContain(events.lanes ?? 'kind'))

    it(`${i + 1}, ${format.name} by ${events.table}: names everything once, and both of its tables alike`, () => {
      for (const list of [names(events.dimensions), names(events.measures), names(events.tallies)])
        expect(new Set(list).size).toBe(list.length)
      if (also === undefined) return
      expect(names(also.dimensions)).toEqual(names(events.dimensions))
      expect(names(also.measures)).toEqual(names(events.measures))
      expect(names(also.tallies)).toEqual(names(events.tallies))
    })

    it(`${i + 1}, ${format.name} by ${events.table}: says which columns are sensitive, by table and column`, () => {
      for (const place of format.sensitive) expect(place).toMatch(/^\w+\.\w+$/)
      if (format.name !== 'shared-reports') expect(format.sensitive.length).toBeGreaterThan(0)
    })
  }
})
