// Every kind of file that the program knows, and two that it has to guess.
import * as agents from './cases-agents.ts'
import * as others from './cases-others.ts'
import * as text from './cases-text.ts'
import type { OracleCase } from './case.ts'

export const cases: readonly OracleCase[] = [
  agents.smartAgents,
  agents.earlyexit,
  agents.earlyexitInWal,
  agents.earlyexitOld,
  agents.llmOld,
  agents.llmNew,
  others.activityWatch,
  others.activityWatchSqlite,
  others.activityWatchRust,
  others.atuin,
  others.atuinWithAuthors,
  others.unknown,
  others.fossil,
  others.voiceModeWorker,
  text.voiceModePayloads,
  text.voiceModeExchanges,
  text.earlyexitExport,
  text.beacon,
  text.sharedReports,
  text.sharingLog,
]
