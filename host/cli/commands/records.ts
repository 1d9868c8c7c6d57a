import { resolve } from 'node:path'
import type { ColumnChoice } from '../../../shared/bridge.ts'
import { ok } from '../../../shared/result.ts'
import type { Result } from '../../../shared/result.ts'
import { wordsOf } from '../../../shared/viewer/asks.ts'
import type { Address, Ask, Batch } from '../../../shared/viewer/asks.ts'
import { toJson } from '../../../shared/viewer/values.ts'
import { cli } from '../speech.ts'
import { flag, misused, needed, value } from '../arguments.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../command.ts'
import { cleanJson, escapeJson } from '../terminal.ts'

const words = cli.commands.records
const most = 100_000
const usual = 20
const usualWidth = 140

export const records = defineCommand({
  operands: [needed('FILE')],
  options: {
    search: value('WORDS', words.search),
    sort: value('COLUMN', words.sort),
    descending: flag(words.descending),
    limit: value('N', words.limit),
    columns: value('A,B,…', words.columns),
  },
  examples: [
    'sightglass records telemetry.db --search "timeout planner" --limit 5',
    'sightglass records history.db --columns time,raw:command',
  ],
  calls: ['files.ask', 'files.recognise', 'columns.get', 'columns.set'],
  async run(context, given) {
    const path = resolve(context.folder, given.needed('FILE'))
    const limit = given.value('limit') === null ? usual : Number(given.value('limit'))
    if (!Number.isInteger(limit) || limit < 1 || limit > most)
      return misused(cli.mistakes.number('--limit', 1, most))
    const columns = given.value('columns')
    if (columns !== null) return choose(context, path, columns)
    const column = given.value('sort')
    const ask: Ask =
      column === null
        ? { ask: 'search', words: wordsOf(given.value('search') ?? ''), after: null }
        : { ask: 'sort', column, descending: given.flag('descending') }
    const found = await firstOf(context, path, ask, limit)
    if (!found.ok) return found
    for (const of of found.value) {
      const record = await context.bridge.stream(
        'files.ask',
        { path, ask: { ask: 'record', of, whole: true } },
        () => {},
      )
      if (!record.ok) return record
      if (record.value.ask !== 'record' || record.value.fields === null) continue
      const { fields } = record.value
      const names = fields.map(({ column: name }) => name)
      const values = fields.map((field) => field.value)
      context.out.write(`${escapeJson(toJson(names, values, 'one line'))}\n`)
    }
    return ok(0)
  },
})

type Asking = Context<'files.ask' | 'files.recognise' | 'columns.get' | 'columns.set'>

async function firstOf(
  { bridge, signal }: Asking,
  path: string,
  ask: Ask,
  limit: number,
): Promise<Result<Address[]>> {
  const found: Address[] = []
  const enough = new AbortController()
  const stop = (): void => enough.abort()
  signal.addEventListener('abort', stop)
  const hear = ({ by, rows }: Batch): void => {
    for (const row of rows.slice(0, limit - found.length))
      found.push(by === 'rowid' ? { rowid: row, place: 0 } : { rowid: null, place: row })
    if (found.length === limit) stop()
  }
  const answer = await bridge.stream('files.ask', { path, ask }, hear, enough.signal)
  signal.removeEventListener('abort', stop)
  return answer.ok || (found.length === limit && !signal.aborted) ? ok(found) : answer
}

/** Which columns the window shows for files of this schema. */
async function choose({ bridge, out, signal }: Asking, path: string, given: string) {
  const recognised = await bridge.stream('files.recognise', { path }, () => {}, signal)
  if (!recognised.ok) return recognised
  const { key } = recognised.value
  const names = given.split(',').filter((name) => name !== '')
  const columns: ColumnChoice | null =
    names.length === 0 ? null : names.map((column) => ({ column, width: usualWidth }))
  const kept = await bridge.call('columns.set', { key, columns })
  if (!kept.ok) return kept
  const known = await bridge.call('columns.get', {})
  if (!known.ok) return known
  out.write(`${cleanJson(known.value[key] ?? null)}\n`)
  return ok(0)
}
