// Writes a believable telemetry file. It is built without a journal, since nobody reads it before it is whole: a
// run that fails or is killed leaves at most a draft, which whoever started it takes away, and never half a file
// under the name that was asked for.
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import type { SampleMade } from '../../shared/bridge.ts'
import type { AppError } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { sampleSmartAgents, smartAgentsInserts, smartAgentsTables } from '../../shared/sample/smart-agents.ts'
import type { Sample } from '../../shared/sample/smart-agents.ts'
import type { Job, JobPort } from '../jobs.ts'
import { publishDraft } from './draft.ts'
import { marks, sqliteCode } from './native.ts'

export interface MakeSample {
  input: {
    readonly format: 'smart-agents'
    readonly events: number
    readonly seed: number
    /** Milliseconds since 1970; every event lies before it. */
    readonly until: number
    readonly path: string
    /** The name it has until it is whole. */
    readonly draft: string
    readonly overwrite: boolean
  }
  output: SampleMade
}

const rowsAtOnce = 10_000

export const makeSample: Job<'sample'> = async ({ events, seed, until, path, draft, overwrite }, port) => {
  try {
    // Defensive mode, which is the default, quietly keeps the journal. Nothing hostile can be in our own draft.
    const db = new DatabaseSync(draft, { defensive: false })
    try {
      await fill(db, sampleSmartAgents({ events, seed, until }), events, port)
    } finally {
      db.close()
    }
  } catch (error) {
    return fail(explainWriting(error, path))
  }
  const published = await publishDraft(draft, path, overwrite)
  return published.ok ? ok({ path, events }) : published
}

async function fill(db: DatabaseSync, sample: Sample, events: number, port: JobPort): Promise<void> {
  db.exec(`PRAGMA page_size = 4096; PRAGMA application_id = ${marks.sample}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -${cacheKilobytes}`)
  for (const table of smartAgentsTables) db.exec(table)
  db.prepare(smartAgentsInserts.config).run(sample.config)
  const insert = db.prepare(smartAgentsInserts.event)
  let done = 0
  db.exec('BEGIN')
  for (const row of sample.rows) {
    insert.run(...row)
    done++
    if (done % rowsAtOnce !== 0) continue
    db.exec('COMMIT')
    port.progress({ phase: 'writing', done, total: events })
    await setImmediate() // so that the progress leaves, and the end of the parent is noticed
    db.exec('BEGIN')
  }
  db.exec('COMMIT')
  port.progress({ phase: 'writing', done, total: events })
}
/** The index of random ids is written all over: with less than its size in memory, a million rows take minutes. */
const cacheKilobytes = 64 * 1024

function explainWriting(error: unknown, path: string): AppError {
  const full = sqliteCode(error) === 13
  return { kind: full ? 'disk-full' : 'not-writable', path }
}
