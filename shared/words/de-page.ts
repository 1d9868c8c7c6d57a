// The words of the page in German; see en-page.ts.
import { errors } from './de-errors.ts'
import { window } from './de-window.ts'
import type { PageWords } from './en-page.ts'

export const page: PageWords = { window, errors }
