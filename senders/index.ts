// All destinations. To add one: one file beside this one, one line here, one receiver in test/contract/senders/, one
// section in docs/destinations.md. A file on this machine is a destination of the host's own (host/sharing/).
import { beacon } from './beacon.ts'
import { clickhouse } from './clickhouse.ts'
import { community } from './community.ts'
import { console } from './console.ts'
import { earlyexit } from './earlyexit.ts'
import { otlp } from './otlp.ts'
import { plausible } from './plausible.ts'
import { posthog, posthogHeartbeat } from './posthog.ts'
import { s3 } from './s3.ts'
import type { Sender } from './sender.ts'
import { smartAgents } from './smart-agents.ts'
import { voicemode } from './voicemode.ts'
import { webHook } from './web-hook.ts'

export const senders = {
  community,
  console,
  posthog,
  'posthog-heartbeat': posthogHeartbeat,
  'smart-agents': smartAgents,
  earlyexit,
  voicemode,
  beacon,
  otlp,
  'web-hook': webHook,
  plausible,
  clickhouse,
  s3,
} as const satisfies Readonly<Record<string, Sender>>
