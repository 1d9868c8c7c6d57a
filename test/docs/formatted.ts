import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { root } from './markdown.ts'

/** As the formatter would leave it, so that a page can be written without it finding something to mend. */
export async function formatted(path: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(join(root, path))), parser: 'markdown' })
}
