// What a test measured, beside that it passed. A long run keeps these lines in docs/long-run.md.
import { appendFileSync } from 'node:fs'

export function tell(line: string): void {
  console.log(line)
  const kept = process.env['SIGHTGLASS_FIGURES']
  if (kept !== undefined) appendFileSync(kept, `${line}\n`)
}
