import type { TrendsWeek } from '../../shared/community/trends.ts'
import type { Program } from '../program.svelte.ts'

/** A subject of a newer server is called by its own name. */
export function subjectName({ words }: Program, subject: string): string {
  const labels: Readonly<Record<string, string>> = words.sharing.fields.labels
  return labels[subject] ?? subject
}

/** 2026-W46 (9 – 15 Nov 2026) */
export const weekName = ({ words, utc }: Program, { name, from, to }: TrendsWeek): string =>
  words.community.weekName(name, utc.range(Date.parse(from), Date.parse(to)))
