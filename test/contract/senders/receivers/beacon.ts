// A beacon endpoint: an empty body is a bad request, anything but POST is not allowed.
import { dayOf, json, jsonOf } from '../receiver.ts'
import type { Json, Receiver } from '../receiver.ts'

interface Beat {
  readonly version: string
  readonly platform?: { readonly os: string }
  readonly timestamp?: string
  readonly format?: string
  readonly level?: string
  readonly program?: string
  readonly usage?: readonly Json[]
}

export function beaconReceiver(): Receiver {
  const beats: Beat[] = []
  return {
    answer: (got) => {
      if (got.path !== '/analytics/beacons') return json(404, {})
      if (got.method !== 'POST') return json(405, {})
      const beat = jsonOf(got)
      if (typeof beat?.['version'] !== 'string' || typeof beat['installation_id'] !== 'string')
        return json(400, {})
      beats.push(beat as unknown as Beat)
      return { status: 200 }
    },
    rows: () =>
      beats.flatMap(({ version, platform, timestamp, format, level, program, usage = [] }) =>
        usage.map((row) => ({
          day: dayOf(timestamp),
          tool_version: version,
          os: platform?.os,
          format,
          level,
          program,
          ...row,
        })),
      ),
  }
}
