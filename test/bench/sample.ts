// Files of made-up events for the bench, made by the program's own `sample` once and kept.
import { execFileSync } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../e2e/options.ts'
import type { BenchPlace } from './row.ts'

export async function sampleFile({ kept, note }: BenchPlace, events: number): Promise<string> {
  await mkdir(kept, { recursive: true })
  const path = join(kept, `smart-agents-${events}.db`)
  if (existsSync(path)) return path
  note(`making a file of ${events.toLocaleString('en')} events`)
  const draft = `${path}.draft`
  const args = [
    'sample',
    '--format',
    'smart-agents',
    '--events',
    String(events),
    '--until',
    '2026-11-20',
    '--force',
  ]
  execFileSync(process.execPath, [join(root, 'host/cli/main.ts'), ...args, draft], { stdio: 'ignore' })
  renameSync(draft, path)
  return path
}
