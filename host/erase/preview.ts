// Counts what would go, and keeps which rows those are: their keys, and a digest of what stands in them. Nothing is
// written; the file is read as everything else reads it.
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { EraseNote, ErasePreview, ErasedTable } from '../../shared/erase.ts'
import type { Format } from '../../shared/formats/format.ts'
import { recogniseAny } from '../../shared/formats/recognise.ts'
import type { Progress } from '../../shared/bridge.ts'
import type { AppError, Failure, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { findDamage } from '../../shared/viewer/damage.ts'
import { partsOf } from '../../shared/viewer/parts.ts'
import type { Part } from '../../shared/viewer/parts.ts'
import { readSchema } from '../../shared/viewer/sqlite.ts'
import type { Schema } from '../../shared/viewer/sqlite.ts'
import { chosenKeys } from '../../shared/viewer/chosen-keys.ts'
import { unknownDimension } from '../../shared/viewer/filter-schema.ts'
import { conditionsOf } from '../../shared/viewer/which.ts'
import type { Which } from '../../shared/viewer/which.ts'
import { look, mayBeText } from '../file/look.ts'
import type { Look } from '../file/look.ts'
import { explainSqlite, nativeSqlite } from '../file/native.ts'
import { beginsLikeText } from '../file/text.ts'
import { ofOneMoment, openReadOnly } from '../file/read-only.ts'
import type { ReadOnlyInput } from '../file/read-only.ts'
import type { Job } from '../jobs.ts'
import { readContents } from './contents.ts'
import { bindDependents } from './dependents.ts'
import { holdersOf } from './holders.ts'
import { countLosses, sampleOf } from './losses.ts'
import { identify } from './identity.ts'
import { Picks, hasKey } from './picks.ts'
import type { ErasePlan } from './plan.ts'
import { roomToRewrite } from './rewrite.ts'
import { fullTextIn, numbersPointedAt, triggeredBy } from './triggers.ts'

export interface PreviewErase {
  input: ReadOnlyInput & { readonly which: Which; readonly zone: string; readonly backup: string | null }
  output: { readonly preview: Omit<ErasePreview, 'token'>; readonly plan: ErasePlan }
}

export const previewErase: Job<'erase-preview'> = async (input, port) => {
  const seen = await lookToWrite(input)
  if (!seen.ok) return seen
  const opened = await openReadOnly(input, port.progress)
  if (!opened.ok) return opened
  const held = await ofOneMoment(opened.value)
  if (!held.ok) return held
  try {
    const { db } = held.value
    db.exec('PRAGMA temp_store = MEMORY')
    const sqlite = nativeSqlite(db)
    if (findDamage(sqlite).length > 0) return refuse(input.path, 'damaged')
    const schema = readSchema(sqlite)
    const recognised = recogniseAny(sqlite, schema, input.path, input.choices)
    if (!recognised.ok) return recognised
    const { format } = recognised.value
    const unknown = unknownDimension(conditionsOf(input.which), format.events.dimensions)
    if (unknown !== null) return fail(unknown)
    return await preview({ db, schema, format, seen: seen.value }, input, port.progress)
  } catch (error) {
    return fail(explainSqlite(error, input.path))
  } finally {
    await held.value.close()
  }
}

const refuse = (
  path: string,
  why: Extract<AppError, { kind: 'not-erasable' }>['why'],
  detail = '',
): Failure => fail({ kind: 'not-erasable', path, why, detail })

/** Refused before anything is counted: a log of text, a file that may not be written, one with a second name. */
async function lookToWrite({ path, now }: ReadOnlyInput): Promise<Result<Look>> {
  const seen = await look(path, now)
  if (!seen.ok) return mayBeText(seen.error) && (await beginsLikeText(path)) ? refuse(path, 'text') : seen
  if (seen.value.otherNames) return refuse(path, 'other-names')
  const { mode } = await stat(seen.value.place)
  const may = (what: string): Promise<boolean> =>
    access(what, constants.W_OK).then(
      () => true,
      () => false,
    )
  const writable = (await may(seen.value.place)) && (await may(dirname(seen.value.place)))
  return writable && (mode & 0o222) !== 0 ? seen : refuse(path, 'read-only')
}

interface Here {
  readonly db: DatabaseSync
  readonly schema: Schema
  readonly format: Format
  readonly seen: Look
}

async function preview(
  here: Here,
  input: PreviewErase['input'],
  progress: (item: Progress) => void,
): Promise<Result<PreviewErase['output']>> {
  const { db, schema, format, seen } = here
  const { path } = input
  const sqlite = nativeSqlite(db)
  const parts = partsOf(sqlite, format, schema)
  if (parts.length === 0) return refuse(path, 'view', format.events.table)
  const virtual = parts.find(({ table }) => table.kind !== 'table')
  if (virtual !== undefined) return refuse(path, 'virtual', virtual.table.name)
  const keyless = parts.find(({ table }) => !hasKey(db, table))
  if (keyless !== undefined) return refuse(path, 'no-key', keyless.table.name)
  const chosen = choose(here, parts, input.which, progress)
  const lost = chosen.find((pick) => pick.lost)
  if (lost !== undefined) return refuse(path, 'no-key', lost.table.name)
  const { picks, wantsChange } = bindDependents(db, schema, format, chosen)
  if (wantsChange !== null) return refuse(path, 'points-back', wantsChange)
  const indexes = fullTextIn(db)
  // of a table that loses nothing no trigger runs, and no index changes
  const names = picks.filter((pick) => pick.count() > 0).map(({ table }) => table.name)
  const { blocking, fullText } = triggeredBy(db, names, indexes)
  if (blocking !== null) return refuse(path, 'trigger', blocking)
  const rebuilt = indexes.filter(({ name, content }) => fullText.has(name) || names.includes(content ?? ''))
  const loose = schema.filter(({ kind, withoutRowid }) => kind === 'table' && !withoutRowid)
  const pointedAt = numbersPointedAt(
    db,
    loose.map(({ name }) => name),
    indexes,
  )

  const tick = (done: number): void => progress({ phase: 'reading', done, total: 0 })
  tick(0)
  const tables = picks.map((pick) => ({ pick, contents: readContents(db, pick, undefined, tick) }))
  const told: ErasedTable[] = tables.map(({ pick, contents: { rows } }) => ({
    table: pick.table.name,
    rows,
    left: pick.countTable() - rows,
    because: pick.because,
  }))
  const losses = countLosses(here, chosen, input.zone, tick)
  const notes = [
    ...rebuilt.map(({ name }): EraseNote => ({ note: 'full-text', table: name })),
    ...(pointedAt === null ? [] : [{ note: 'row-numbers', table: pointedAt } as const]),
    ...(await notesOfPlace(seen, pointedAt === null)),
    ...(losses.withoutTime > 0 ? [{ note: 'no-time', rows: losses.withoutTime } as const] : []),
  ]
  const sum = (rows: readonly ErasedTable[], what: 'rows' | 'left'): number =>
    rows.reduce((all, one) => all + one[what], 0)
  const events = told.filter(({ because }) => because === 'chosen')
  const { withoutTime: _, ...charts } = losses
  return ok({
    preview: {
      path,
      format: format.name,
      events: sum(events, 'rows'),
      eventsLeft: sum(events, 'left'),
      rows: sum(told, 'rows'),
      tables: told
        .toReversed()
        .filter(({ rows, left, because }) => rows > 0 || (because === 'chosen' && left > 0)),
      sample: sampleOf(here, chosen),
      ...charts,
      bytes: tables.reduce((all, { contents }) => all + contents.bytes, 0),
      notes,
      backup: input.backup,
    },
    plan: {
      path,
      identity: await identify(db, seen.place),
      tables: tables.map(({ pick, contents }) => ({ ...pick.taken(), digest: contents.digest })),
      format,
      eventTables: chosen.map(({ table }) => table.name),
      fullText: rebuilt.map(({ name }) => name),
      mayRewrite: pointedAt === null,
    },
  })
}

function choose(
  { db, schema, format }: Here,
  parts: readonly Part[],
  which: Which,
  progress: (item: Progress) => void,
): Picks[] {
  const picks = parts.map(({ table }, i) => new Picks(db, table, 'chosen', i))
  const total = parts.reduce((all, part) => all + part.count(), 0)
  for (const { part, keys, looked } of chosenKeys(nativeSqlite(db), schema, format, which)) {
    picks.find(({ table }) => table.name === part.table.name)?.addKeys(part, keys)
    progress({ phase: 'reading', done: Math.min(looked, total), total })
  }
  return picks
}

async function notesOfPlace(seen: Look, rewrite: boolean): Promise<EraseNote[]> {
  const programs = holdersOf(seen.place, 'strangers')
  const { needed, free } = await roomToRewrite(seen.place)
  return [
    ...(programs.length > 0 ? [{ note: 'held', programs } as const] : []),
    ...(rewrite && free < needed ? [{ note: 'no-room', needed, free } as const] : []),
  ]
}
