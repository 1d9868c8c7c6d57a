// What a report is about, as the host writes it ("smart-agents 2026-11-20"), in a person's own way.
import { formats } from '../../shared/formats/index.ts'
import type { SentReport } from '../../shared/share.ts'
import type { Program } from '../program.svelte.ts'

export const titleOf = (format: string): string =>
  formats.find(({ name }) => name === format)?.title ?? format

export const dayOf = ({ utc }: Program, day: string): string => utc.day(Date.parse(`${day}T00:00:00Z`))

export const aboutIn = (program: Program, about: readonly string[]): string =>
  about
    .map((one) => {
      const [format = '', day] = one.split(' ')
      const { deletion, question } = program.words.sharing.sent.log
      if (day === undefined) return format === 'question' ? question : deletion
      return `${titleOf(format)}, ${dayOf(program, day)}`
    })
    .join('; ')

/** Whether a report is still there, and what became of the wish to delete it. */
export function stateOf({ words }: Program, { deletion, arrived, lastError }: SentReport): string {
  const { sent, destinations } = words.sharing
  const { states } = sent.back
  if (deletion === 'refused') return states.refused(destinations.trouble(lastError ?? ''))
  return deletion === 'none' && !arrived ? states.perhaps : states[deletion]
}
