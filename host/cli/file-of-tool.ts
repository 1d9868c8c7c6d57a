// The npm names act on the file of one tool, wherever that tool keeps it.
import { formats } from '../../shared/formats/index.ts'
import type { AppError, Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { cli } from './speech.ts'
import { misused, told } from './arguments.ts'
import type { Told } from './arguments.ts'
import type { BridgeWith } from './command.ts'

/** By the name of its format, as it stands on a command line. */
export async function fileOfNamed(
  bridge: BridgeWith<'files.discover'>,
  tool: string,
): Promise<Result<string, AppError | Told>> {
  const format = formats.find(({ name }) => name === tool)
  const names = formats.map(({ name }) => name)
  return format === undefined
    ? misused(cli.mistakes.oneOf('--tool', names))
    : fileOfTool(bridge, format.title)
}

/** The one written to last, where the tool has moved house and left files at older places. */
async function fileOfTool(
  bridge: BridgeWith<'files.discover'>,
  tool: string,
): Promise<Result<string, AppError | Told>> {
  const found = await bridge.call('files.discover', {})
  if (!found.ok) return found
  const [newest] = found.value.filter((file) => file.tool === tool).sort((a, b) => b.modified - a.modified)
  if (newest === undefined) return told(cli.mistakes.noToolFile(tool))
  return ok(newest.path)
}
