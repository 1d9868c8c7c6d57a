// What a JSON object of a log is a record of, told by its keys alone; the file's name plays no part.
import { isRecord } from '../plain.ts'
import type { TextTable } from './text-tables.ts'

export interface TextRecord {
  readonly table: TextTable
  /** What kind of record, in the tool's own word. */
  readonly record: string
  readonly data: string
  /** The same in two files is one record: a payload stands in the log, and in the queue as long as it isn't sent. */
  readonly identity: string | null
}

type Json = Readonly<Record<string, unknown>>
type Found = Omit<TextRecord, 'data'>

const has = (value: Json, ...keys: string[]): boolean => keys.every((key) => Object.hasOwn(value, key))
const isText = (value: unknown): value is string => typeof value === 'string'

/** A tool's word for its kind of event, not a sentence. */
const isWord = (value: unknown): value is string => isText(value) && /^[A-Za-z][\w.-]{0,63}$/.test(value)

const kinds: readonly ((value: Json) => Found | null)[] = [
  function payload(value) {
    if (!has(value, 'telemetry_id', 'timestamp') || !isRecord(value['usage'])) return null
    const identity = `${String(value['telemetry_id'])} ${String(value['timestamp'])}`
    return { table: 'voicemode_log', record: 'payload', identity }
  },
  function exchange(value) {
    const { type } = value
    if (!has(value, 'timestamp', 'conversation_id') || (type !== 'tts' && type !== 'stt')) return null
    return { table: 'voicemode_log', record: type, identity: null }
  },
  function voiceEvent(value) {
    const { event_type: type } = value
    if (!has(value, 'timestamp', 'session_id') || !isText(type) || !/^[A-Z][A-Z_]+$/.test(type)) return null
    return { table: 'voicemode_log', record: type, identity: null }
  },
  function execution(value) {
    if (!has(value, 'execution_id', 'timestamp')) return null
    if (!has(value, 'exit_reason') && !has(value, 'total_runtime')) return null
    return { table: 'earlyexit_export', record: 'execution', identity: null }
  },
  function heartbeat(value) {
    if (!isText(value['installation_id']) || !isText(value['version'])) return null
    return { table: 'beacon_heartbeats', record: 'heartbeat', identity: null }
  },
  function report(value) {
    const { format, day, level } = value
    if (!isWord(format) || !isText(day) || !/^\d{4}-\d\d-\d\d$/.test(day) || !isText(level)) return null
    return { table: 'shared_reports', record: format, identity: null }
  },
  function logEntry(value) {
    const { what, hash } = value
    if (!has(value, 'seq', 'at') || !isText(what) || !isText(hash) || !/^[0-9a-f]{64}$/.test(hash))
      return null
    return { table: 'sharing_log', record: what, identity: null }
  },
]

/** Envelopes that carry several records. */
const lists = ['reports', 'events', 'executions', 'heartbeats'] as const

/** The records of one JSON value: none where it is of no known kind. `text` is the value as it was written. */
export function recordsOf(value: unknown, text: string, depth = 0): TextRecord[] {
  if (!isRecord(value)) return []
  for (const kind of kinds) {
    const found = kind(value)
    if (found !== null) return [{ ...found, data: text }]
  }
  if (depth > 1) return []
  const list = lists.map((name) => value[name]).find((one) => Array.isArray(one))
  if (list !== undefined)
    return list.flatMap((one: unknown) => recordsOf(one, JSON.stringify(one), depth + 1))
  const { data } = value // {"type": "execution", "data": {…}}
  return isText(value['type']) && isRecord(data) ? recordsOf(data, JSON.stringify(data), depth + 1) : []
}
