// The known formats, most telling first. To add one: one file beside this one, one line here.
import { hasAll } from '../viewer/events.ts'
import type { Schema } from '../viewer/sqlite.ts'
import { activityWatch } from './activitywatch.ts'
import { atuin } from './atuin.ts'
import { beacon } from './beacon.ts'
import { earlyexit, earlyexitExport } from './earlyexit.ts'
import type { Format } from './format.ts'
import { llm } from './llm.ts'
import { sharedReports } from './shared-reports.ts'
import { sharingLog } from './sharing-log.ts'
import { smartAgents } from './smart-agents.ts'
import { voiceModeLog, voiceModeWorker } from './voicemode.ts'

export const formats: readonly Format[] = [
  smartAgents,
  earlyexit,
  earlyexitExport,
  voiceModeWorker,
  voiceModeLog,
  ...activityWatch,
  atuin,
  ...llm,
  beacon,
  sharedReports,
  sharingLog,
]

/** The format whose tables and columns are all there; the file's name plays no part. */
export function recognise(schema: Schema): Format | null {
  return formats.find((format) => hasAll(schema, format.proof)) ?? null
}
