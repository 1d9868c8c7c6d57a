// Every way in and out. To add a protocol: one file beside this one, one line here.
import type { Door } from '../door.ts'
import { agents, errors, performances, stats } from './analytics.ts'
import { beacon } from './beacon.ts'
import { deleteBatch, exportBatch, listBatches } from './batches.ts'
import { earlyexit } from './earlyexit.ts'
import { forgetId } from './forget-id.ts'
import { health } from './health.ts'
import { keys } from './keys.ts'
import { admin, adminAnswers, adminStyles, metricsDoor } from './operator.ts'
import { otlp } from './otlp.ts'
import { plausible } from './plausible.ts'
import { posthog } from './posthog.ts'
import { reports } from './reports.ts'
import { simpleEvent } from './simple.ts'
import { smartAgents } from './smart-agents.ts'
import { transparency } from './transparency.ts'
import { trends } from './trends.ts'
import { voicemode } from './voicemode.ts'

export const doors: readonly Door[] = [
  reports,
  deleteBatch,
  exportBatch,
  listBatches,
  voicemode,
  simpleEvent,
  smartAgents,
  forgetId,
  stats,
  agents,
  errors,
  performances,
  earlyexit,
  beacon,
  posthog,
  otlp,
  plausible,
  keys,
  trends,
  transparency,
  health,
  admin,
  adminStyles,
  adminAnswers,
  metricsDoor,
]
