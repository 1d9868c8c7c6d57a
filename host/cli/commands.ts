// All commands, in the order of the help. To add one: a file in commands/, and a line here.
import type { Command } from './command.ts'
import { remove } from './commands/delete.ts'
import { exportRows } from './commands/export.ts'
import { files } from './commands/files.ts'
import { follow } from './commands/follow.ts'
import { importRows } from './commands/import.ts'
import { keep } from './commands/keep.ts'
import { open } from './commands/open.ts'
import { recognise } from './commands/recognise.ts'
import { records } from './commands/records.ts'
import { report } from './commands/report.ts'
import { sample } from './commands/sample.ts'
import { settings } from './commands/settings.ts'
import { shareOff, shareOn, shareStatus } from './commands/share.ts'
import { shareHeld } from './commands/share-held.ts'
import { shareForget, shareLog } from './commands/share-log.ts'
import { shareFiles, shareNewId, shareNow, shareQueue } from './commands/share-now.ts'
import { sharePreview } from './commands/share-preview.ts'
import { shareTest, shareTo } from './commands/share-to.ts'
import { snapshot } from './commands/snapshot.ts'
import { trends } from './commands/trends.ts'
import { updates } from './commands/updates.ts'
import { verifyErased } from './commands/verify-erased.ts'
import { version } from './commands/version.ts'

export const commands: readonly Command[] = [
  open,
  report,
  records,
  exportRows,
  importRows,
  follow,
  remove,
  verifyErased,
  keep,
  recognise,
  files,
  snapshot,
  sample,
  settings,
  shareStatus,
  shareTo,
  shareTest,
  shareFiles,
  sharePreview,
  shareOn,
  shareNow,
  shareQueue,
  shareLog,
  shareNewId,
  shareOff,
  shareForget,
  shareHeld,
  trends,
  updates,
  version,
]
