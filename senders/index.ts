// All destinations. To add one: one file beside this one, one line here.
import { community } from './community.ts'
import { console } from './console.ts'
import type { Sender } from './sender.ts'

export const senders = { community, console } as const satisfies Readonly<Record<string, Sender>>
