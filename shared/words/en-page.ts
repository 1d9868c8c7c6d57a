// What the page of the window needs of the words, so that it loads nothing else. Another language is a set of files
// of the same types: a type error names what is missing in it.
import { errors } from './en-errors.ts'
import { window } from './en-window.ts'
import type { Like } from './like.ts'

export const page = { window, errors }
export type PageWords = Like<typeof page>
