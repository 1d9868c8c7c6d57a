// Every way in and out. To add a protocol: one file beside this one, one line here.
import type { Door } from '../door.ts'
import { deleteBatch, exportBatch, listBatches } from './batches.ts'
import { health } from './health.ts'
import { keys } from './keys.ts'
import { admin, adminAnswers, adminStyles, metricsDoor } from './operator.ts'
import { reports } from './reports.ts'
import { transparency } from './transparency.ts'
import { trends } from './trends.ts'

export const doors: readonly Door[] = [
  reports,
  deleteBatch,
  exportBatch,
  listBatches,
  keys,
  trends,
  transparency,
  health,
  admin,
  adminStyles,
  adminAnswers,
  metricsDoor,
]
