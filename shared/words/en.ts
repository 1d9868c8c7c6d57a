// Every sentence and label that a person reads, in English. Another language is another file of the same type.
// Words of a tool (its name, its agents, its error types) are data and stand as they are.
import { cli } from './en-cli.ts'
import { desktop } from './en-desktop.ts'
import { formatWords } from './en-formats.ts'
import { page } from './en-page.ts'
import { report } from './en-report.ts'
import { web } from './en-web.ts'
import type { Like } from './like.ts'

export const en = { ...page, formats: formatWords, report, web, desktop, cli }
export type Words = Like<typeof en>
