// A failure in the window: its sentence names the file shortly, and where that leaves something out the whole path
// stands below it, instead of three times within it.
import type { AppError } from '../shared/result.ts'

export interface Refusal {
  readonly text: string
  readonly path: string | null
}

const longest = 32

/** `file` is the path of what failed, for failures that don't name it themselves. */
export function refusalOf(
  error: AppError,
  explain: (error: AppError) => string,
  file: string | null = null,
): Refusal {
  if (!('path' in error)) return { text: explain(error), path: file }
  const whole = { text: explain(error), path: null }
  if (error.path.length <= longest || error.kind === 'file-missing') return whole
  const { path } = error
  const name = path.split(/[\\/]/).at(-1) ?? ''
  return name === '' || name === path ? whole : { text: explain({ ...error, path: name }), path }
}
