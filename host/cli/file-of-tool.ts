// The npm names act on the file of one tool, wherever that tool keeps it.
import type { AppError, Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { cli } from './speech.ts'
import { told } from './arguments.ts'
import type { Told } from './arguments.ts'
import type { BridgeWith } from './command.ts'

/** The one written to last, where the tool has moved house and left files at older places. */
export async function fileOfTool(
  bridge: BridgeWith<'files.discover'>,
  tool: string,
): Promise<Result<string, AppError | Told>> {
  const found = await bridge.call('files.discover', {})
  if (!found.ok) return found
  const [newest] = found.value.filter((file) => file.tool === tool).sort((a, b) => b.modified - a.modified)
  if (newest === undefined) return told(cli.mistakes.noToolFile(tool))
  return ok(newest.path)
}
