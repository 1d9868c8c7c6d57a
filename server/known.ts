// What the list of fields knows of an event in somebody else's envelope. Names are those of the list, or of the tools
// whose words stand in it; a word that isn't in the list becomes `other`, as on its way out of a machine.
import { Day } from '../shared/ids.ts'
import { closedWord, other, reportFields, rowFields } from '../shared/sharing/fields.ts'
import type { Field } from '../shared/sharing/fields.ts'
import { isSharedFormat, sharedFormats, lists } from '../shared/sharing/lists/index.ts'
import type { SharedFormat } from '../shared/sharing/lists/index.ts'
import * as v from 'valibot'
import { isRecord } from '../shared/plain.ts'
import { osOf, several } from './kept.ts'
import type { Rule } from './kept.ts'

export interface Known {
  readonly kept: Readonly<Record<string, string>>
  /** How many of what was sent the list does not know. */
  readonly dropped: number
}

const fields = new Map<string, Field>([...reportFields, ...rowFields].map((field) => [field.name, field]))

/** As the tools themselves and PostHog's libraries name them. */
const elsewhere: Readonly<Record<string, string>> = {
  agent_type: 'agent',
  skill_name: 'skill',
  tool_name: 'tool',
  model: 'model_family',
  task_type: 'task',
  sdk_version: 'tool_version',
  os_platform: 'os',
  $os: 'os',
}

export function knownOf(sent: Readonly<Record<string, unknown>>): Known {
  const named = sent['format']
  const format = typeof named === 'string' && isSharedFormat(named) ? named : null
  const known: Record<string, string> = {}
  const names = Object.keys(sent)
  for (const name of names) {
    const field = fields.get(elsewhere[name] ?? name)
    const value = sent[name]
    if (field === undefined || typeof value !== 'string') continue
    const kept = field.name === 'os' ? osOf(value) : valueOf(field, format, value)
    if (kept !== null) known[field.name] = kept
  }
  return { kept: known, dropped: names.length - Object.keys(known).length }
}

function valueOf({ type }: Field, format: SharedFormat | null, value: string): string | null {
  if (type.kind === 'day') return v.is(Day, value) ? value : null
  if (type.kind === 'version') return /^\d{1,3}\.\d{1,3}$/.test(value) ? value : null
  if (type.kind === 'ranges') return type.ranges.some(({ word }) => word === value) ? value : null
  const possible = (format === null ? sharedFormats : [format]).flatMap((one) => type.list(one) ?? [])
  const words = possible.map((list) => closedWord(list, value))
  return words.find((word) => word !== other) ?? (type.other && words.length > 0 ? other : null)
}

/** One row of a daily report, on any wire but ours. */
export const dailyUsage = 'daily_usage'

const kinds: readonly string[] = [
  ...sharedFormats.flatMap((format) => lists[format].kinds.words),
  dailyUsage,
  'installation_heartbeat',
]

/** The kind of an event by its name. */
export const kindOf = (name: unknown): string =>
  typeof name === 'string' && kinds.includes(name) ? name : other

/** The rows of a daily report, in the envelope of a protocol that takes summaries. */
export const reportRows: Rule = several((row) => (isRecord(row) ? knownOf(row).kept : undefined))
