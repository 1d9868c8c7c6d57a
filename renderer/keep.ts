// Takes a chart or the whole Overview along. What it needs to draw is loaded at the first use, since most people look
// and don't save.
import type { Result } from '../shared/result.ts'
import type { Kind, Wanted } from './pictures.ts'
import type { Program } from './program.svelte.ts'

/** True where it was saved; what went wrong is told as the program's trouble. */
export async function keepChart(program: Program, wanted: Wanted, as: Kind): Promise<boolean> {
  const { saveChart } = await import('./pictures.ts')
  return told(program, await saveChart(program, wanted, as))
}

export async function keepReport(program: Program): Promise<boolean> {
  const { saveReport } = await import('./pictures.ts')
  return told(program, await saveReport(program))
}

function told(program: Program, saved: Result<boolean> | null): boolean {
  program.trouble = saved === null || saved.ok ? null : { about: 'picture', error: saved.error }
  return saved?.ok === true && saved.value
}
