// The formats that can be shared. To add one: one file beside this one, one line here.
import { earlyexit } from './earlyexit.ts'
import type { FormatLists } from './list.ts'
import { smartAgents } from './smart-agents.ts'

export const lists = {
  'smart-agents': smartAgents,
  earlyexit,
} as const satisfies Readonly<Record<string, FormatLists>>

export type SharedFormat = keyof typeof lists
export const isSharedFormat = (name: string): name is SharedFormat => Object.hasOwn(lists, name)
export const sharedFormats: readonly SharedFormat[] = Object.keys(lists).filter(isSharedFormat)
