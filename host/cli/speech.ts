// A command line is one process that speaks one language from its first word to its last. It is settled here, before
// the commands are loaded, whose summaries and options are words as well.
import { speakAsSet } from '../speech.ts'

export const speech = await speakAsSet(process.env)
export const { cli } = speech.words
/** English as most of the world writes it: the day before the month. */
export const locale = speech.language === 'en' ? 'en-GB' : speech.locale
