// What a file is taken for, and what else it could be: for a person who wants to see the guess, or correct it.
import type { RecognisedFile } from '../../shared/bridge.ts'
import { schemaKey } from '../../shared/formats/generic.ts'
import { ok } from '../../shared/result.ts'
import type { Job } from '../jobs.ts'
import { openAs } from './read-as.ts'
import type { ReadOnlyInput } from './read-only.ts'

export interface RecogniseFile {
  input: ReadOnlyInput
  output: RecognisedFile
}

export const recogniseFile: Job<'recognise'> = async (input, port) => {
  const opened = await openAs(input, port.progress, 'briefly')
  if (!opened.ok) return opened
  const { schema, format, recognition, close } = opened.value
  await close()
  return ok({ key: schemaKey(schema), format: format.name, title: format.title, recognition })
}
