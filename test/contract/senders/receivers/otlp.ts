// A collector's log endpoint. It takes the proto3 JSON mapping: 64-bit numbers as strings, enums as numbers. Records
// without a time it rejects, and says how many, while it keeps the others.
import { json, jsonOf } from '../receiver.ts'
import type { Kept, Receiver } from '../receiver.ts'

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> }
interface LogRecord {
  readonly timeUnixNano: string
  readonly severityNumber?: number
  readonly attributes?: readonly Attribute[]
}

interface ResourceLogs {
  readonly scopeLogs: readonly { readonly logRecords: readonly LogRecord[] }[]
}

const nanoseconds = /^\d{1,20}$/
const kinds = [
  'stringValue',
  'boolValue',
  'intValue',
  'doubleValue',
  'arrayValue',
  'kvlistValue',
  'bytesValue',
]

export function otlpReceiver(): Receiver {
  const records: LogRecord[] = []
  return {
    answer: (got) => {
      if (got.path !== '/v1/logs') return { status: 404 }
      if (got.method !== 'POST') return { status: 405 }
      if (got.headers['content-type'] !== 'application/json') return { status: 415 }
      const body = jsonOf(got)
      if (!Array.isArray(body?.['resourceLogs'])) return json(400, { code: 3, message: 'no resourceLogs' })
      const sent = (body['resourceLogs'] as readonly ResourceLogs[]).flatMap(({ scopeLogs }) =>
        scopeLogs.flatMap(({ logRecords }) => logRecords),
      )
      if (!sent.every(hasReadableAttributes))
        return json(400, { code: 3, message: 'an attribute has no value' })
      const kept = sent.filter(({ timeUnixNano }) => nanoseconds.test(timeUnixNano) && timeUnixNano !== '0')
      records.push(...kept)
      const rejected = sent.length - kept.length
      return json(200, rejected === 0 ? {} : partial(rejected))
    },
    rows: () => records.map(readRecord),
  }
}

const partial = (rejected: number) => ({
  partialSuccess: { rejectedLogRecords: String(rejected), errorMessage: 'records without a time' },
})

const hasReadableAttributes = ({ attributes = [] }: LogRecord): boolean =>
  attributes.every(({ key, value }) => typeof key === 'string' && kinds.some((kind) => kind in value))

function readRecord({ timeUnixNano, attributes = [] }: LogRecord): Kept {
  const said = attributes.filter(({ key }) => key !== 'event.id' && key !== 'anonymous_id')
  const fields = said.map(({ key, value }) => [key, Object.values(value)[0]])
  const day = new Date(Number(BigInt(timeUnixNano) / 1_000_000n)).toISOString().slice(0, 10)
  return { day, ...Object.fromEntries(fields) }
}
