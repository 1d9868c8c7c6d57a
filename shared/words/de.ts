// Every sentence and label in German; see en.ts.
import { cli } from './de-cli.ts'
import { desktop } from './de-desktop.ts'
import { formatWords } from './de-formats.ts'
import { page } from './de-page.ts'
import { report } from './de-report.ts'
import { web } from './de-web.ts'
import type { Words } from './en.ts'

export const de: Words = { ...page, formats: formatWords, report, web, desktop, cli }
