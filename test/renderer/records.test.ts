// The parts of the Records screen that need no page.
import { describe, expect, it } from 'vitest'
import { parseTree } from '../../renderer/json-tree.ts'
import { columnsOf, shownColumns } from '../../renderer/record-columns.ts'
import { momentOf } from '../../renderer/record-times.ts'
import { ScrollSpace, rowHeight } from '../../renderer/scroll-space.ts'
import { atuin } from '../../shared/formats/atuin.ts'
import { earlyexit } from '../../shared/formats/earlyexit.ts'
import { sensitiveDimensions } from '../../shared/formats/sensitive.ts'
import { smartAgents } from '../../shared/formats/smart-agents.ts'
import type { Value } from '../../shared/viewer/values.ts'

describe('a scroll bar for any number of rows', () => {
  const view = 600
  it.each([0, 3, 100, 1_000_000, 80_000_000])('reaches the first and the last of %i rows', (count) => {
    const space = new ScrollSpace(count, view)
    expect(space.height).toBeLessThan(33_000_000)
    expect(space.topAt(0)).toBe(0)
    const end = Math.max(0, space.height - view)
    expect(space.topAt(end)).toBe(Math.max(0, count * rowHeight - view))
    expect(space.scrollAt(space.last)).toBe(end)
  })

  it('moves pixel by pixel under a wheel, and far under a drawn bar, also where it stands for more rows', () => {
    const space = new ScrollSpace(80_000_000, view)
    const top = space.topAt(15_000_000)
    expect(space.moved(top, 15_000_000, 15_000_100, 1200)).toBe(top + 100)
    expect(space.moved(top, 15_000_000, 20_000_000, 1200)).toBeCloseTo(space.topAt(20_000_000))
    expect(space.moved(300, 200, 0, 1200)).toBe(0)
    expect(space.topAt(space.scrollAt(top))).toBeCloseTo(top, 0)
  })
})

describe('the columns of the table', () => {
  const recognised = {
    title: '',
    key: '',
    recognition: null,
    unreadableLines: 0,
    format: smartAgents,
    rawColumns: ['id', 'event_data'],
  }
  const all = columnsOf(recognised)
  const names = (columns: readonly { readonly id: string }[]): string[] => columns.map(({ id }) => id)

  it('are those that tell rows apart, until a person chooses', () => {
    const none = smartAgents.events.dimensions.map(() => 0)
    const values = { kinds: 1, dimensions: none.with(0, 4).with(2, 1) }
    expect(names(shownColumns(all, null, values))).toEqual(['time', 'outcome', 'duration', 'dimension:agent'])
    const choice = [
      { column: 'raw:id', width: 99 },
      { column: 'raw:gone', width: 99 },
    ]
    expect(shownColumns(all, choice, values)).toMatchObject([{ id: 'raw:id', width: 99 }])
    expect(names(shownColumns(all, [{ column: 'raw:gone', width: 99 }], values))).toContain('time')
  })

  it('know what may be private: marked columns, and dimensions that are made of them', () => {
    expect(all.filter(({ sensitive }) => sensitive).map(({ id }) => id)).toEqual(['raw:event_data'])
    expect([...sensitiveDimensions(atuin)]).toEqual(['program', 'author', 'computer', 'folder'])
  })
})

describe('JSON as a tree', () => {
  it('keeps digits as they were written, and the order of keys', () => {
    const tree = parseTree('{"z":12345678901234567890,"a":[1.50,null,{"b":"x"}],"e":1e400}')
    expect(tree).toEqual({
      is: 'object',
      entries: [
        { key: 'z', node: { is: 'leaf', type: 'number', text: '12345678901234567890' } },
        {
          key: 'a',
          node: {
            is: 'list',
            entries: [
              { key: '0', node: { is: 'leaf', type: 'number', text: '1.50' } },
              { key: '1', node: { is: 'leaf', type: 'word', text: 'null' } },
              {
                key: '2',
                node: {
                  is: 'object',
                  entries: [{ key: 'b', node: { is: 'leaf', type: 'text', text: 'x' } }],
                },
              },
            ],
          },
        },
        { key: 'e', node: { is: 'leaf', type: 'number', text: '1e400' } },
      ],
    })
  })
  it.each(['12', '"text"', '{broken', ' ', 'true'])('is none for %s', (text) =>
    expect(parseTree(text)).toBe(null),
  )
})

describe('moments among the fields', () => {
  const text = (of: string): Value => ({ is: 'text', text: of, bytes: of.length, cut: false, hex: null })
  it.each<[string, string, Value, number | null]>([
    ['executions', 'timestamp', { is: 'real', text: '1795190548.76761' }, 1_795_190_548_767],
    ['user_sessions', 'created_at', { is: 'integer', text: '1795190548' }, 1_795_190_548_000],
    ['executions', 'exit_code', { is: 'integer', text: '1795190548' }, null],
    ['executions', 'command', text('2026-11-20 12:00:00'), Date.UTC(2026, 10, 20, 12)],
    ['executions', 'command', text('2026-11-20'), null],
    ['executions', 'started_at', { is: 'integer', text: '3' }, null],
    ['executions', 'started_at', { is: 'null' }, null],
  ])('%s.%s %#', (table, column, value, expected) =>
    expect(momentOf({ table, column, value }, earlyexit)).toBe(expected),
  )
})
