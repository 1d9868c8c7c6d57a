// Where reports go: what a person has set, and the variables that the tools' own documents name. Addresses and words
// lie in one file, keys in another that its owner alone can read; reports, previews and the log only know a mark.
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { isRecord } from '../../shared/plain.ts'
import { senders as overTheNet } from '../../senders/index.ts'
import { keyMark } from '../../senders/sender.ts'
import type { Sender, Told } from '../../senders/sender.ts'
import { JsonFile } from '../settings.ts'
import { checkAddress } from './address.ts'
import type { AddressFault } from './address.ts'
import type { Destination } from './freeze.ts'
import { reportFile } from './report-file.ts'

export type DestinationFault =
  | { readonly kind: 'destination-unknown'; readonly known: readonly string[] }
  | { readonly kind: 'need-unknown'; readonly need: string; readonly known: readonly string[] }
  | { readonly kind: 'need-missing'; readonly need: string }
  | { readonly kind: 'bad-address'; readonly need: string; readonly why: AddressFault }
  /** A header and JSON hold it: letters, digits and signs of ASCII, without spaces. */
  | { readonly kind: 'bad-key'; readonly need: string }

type Kept = Readonly<Record<string, Told>>
type Environment = Readonly<Record<string, string | undefined>>

/** Which variable tells which need of which destination. */
const table: readonly (readonly [variable: string, destination: string, need: string])[] = [
  ['POSTHOG_API_KEY', 'posthog', 'key'],
  ['POSTHOG_HOST', 'posthog', 'address'],
  ['TELEMETRY_ENDPOINT', 'smart-agents', 'address'],
  ['TELEMETRY_API_KEY', 'smart-agents', 'key'],
  ['EARLYEXIT_TELEMETRY_ENDPOINT', 'earlyexit', 'address'],
  ['EARLYEXIT_TELEMETRY_API_KEY', 'earlyexit', 'key'],
  ['VOICEMODE_TELEMETRY_ENDPOINT', 'voicemode', 'address'],
]

const senders = { ...overTheNet, file: reportFile } as const satisfies Readonly<Record<string, Sender>>

export class Destinations {
  readonly #told: JsonFile<Kept>
  readonly #keys: JsonFile<Kept>
  readonly #environment: Environment

  constructor(folder: string, environment: Environment) {
    this.#told = new JsonFile(folder, 'destinations.json', parseKept)
    this.#keys = new JsonFile(folder, 'keys.json', parseKept)
    this.#environment = environment
  }

  /** Those that have all they need; what a person has set wins over a variable. */
  async list(): Promise<readonly Destination[]> {
    const [told, keys] = await Promise.all([this.#told.read(), this.#keys.read()])
    const variables = this.#fromVariables()
    return Object.keys(senders).flatMap((name) => {
      const given = chosen(name, told, keys, variables)
      const sender = senderOf(name)
      if (sender === null || given === null || !check(sender, given).ok) return []
      const marked = sender.needs.flatMap(({ name: need, kind }) => {
        const value = given[need]
        return value === undefined ? [] : [[need, kind === 'key' ? keyMark(need) : value] as const]
      })
      return [{ name, sender, told: Object.fromEntries(marked) }]
    })
  }

  /** For as long as one request takes. */
  async keys(name: string): Promise<Told> {
    const [told, keys] = await Promise.all([this.#told.read(), this.#keys.read()])
    const all = chosen(name, told, keys, this.#fromVariables()) ?? {}
    const needs = senderOf(name)?.needs ?? []
    const wanted = needs.filter(({ kind, name: need }) => kind === 'key' && all[need] !== undefined)
    return Object.fromEntries(wanted.map(({ name: need }) => [need, all[need] ?? '']))
  }

  async set(name: string, given: Told): Promise<Result<null, DestinationFault | AppError>> {
    const sender = senderOf(name)
    if (sender === null) return fail({ kind: 'destination-unknown', known: Object.keys(senders) })
    const checked = check(sender, given)
    if (!checked.ok) return checked
    const isKey = (need: string): boolean =>
      sender.needs.some((one) => one.name === need && one.kind === 'key')
    const part = (keys: boolean): Told =>
      Object.fromEntries(Object.entries(given).filter(([need]) => isKey(need) === keys))
    const kept = await this.#keys.change((old) => ({ ...old, [name]: part(true) }))
    if (!kept.ok) return kept
    const written = await this.#told.change((old) => ({ ...old, [name]: part(false) }))
    return written.ok ? ok(null) : written
  }

  async remove(name: string): Promise<void> {
    const without = (old: Kept): Kept =>
      Object.fromEntries(Object.entries(old).filter(([one]) => one !== name))
    await this.#told.change(without)
    await this.#keys.change(without)
  }

  #fromVariables(): Kept {
    const found: Record<string, Told> = {}
    for (const [variable, destination, need] of table) {
      const value = this.#environment[variable]?.trim() ?? ''
      if (value !== '') found[destination] = { ...found[destination], [need]: value }
    }
    const backend = this.#environment['EARLYEXIT_TELEMETRY_BACKEND']?.trim()
    if (backend !== undefined && backend !== '' && backend !== 'http') delete found['earlyexit']
    return found
  }
}

/** All from one hand: a key from a variable never goes to an address that a person has set, nor the reverse. */
function chosen(name: string, told: Kept, keys: Kept, variables: Kept): Told | null {
  if (Object.hasOwn(told, name)) return { ...told[name], ...keys[name] }
  return Object.hasOwn(variables, name) ? (variables[name] ?? null) : null
}

function senderOf(name: string): Sender | null {
  const known: Readonly<Record<string, Sender>> = senders
  return Object.hasOwn(known, name) ? (known[name] ?? null) : null
}

function check({ needs }: Sender, given: Told): Result<null, DestinationFault> {
  const known = needs.map(({ name }) => name)
  const stranger = Object.keys(given).find((need) => !known.includes(need))
  if (stranger !== undefined) return fail({ kind: 'need-unknown', need: stranger, known })
  for (const { name: need, kind, optional } of needs) {
    const value = given[need]
    if (value === undefined || value === '') {
      if (optional === true) continue
      return fail({ kind: 'need-missing', need })
    }
    const address = kind === 'address' ? checkAddress(value) : null
    if (address?.ok === false) return fail({ kind: 'bad-address', need, why: address.error })
    if (kind === 'key' && !/^[\x21-\x7e]{1,4096}$/.test(value)) return fail({ kind: 'bad-key', need })
  }
  return ok(null)
}

function parseKept(stored: unknown): Kept {
  if (!isRecord(stored)) return {}
  const texts = (one: unknown): Told =>
    isRecord(one)
      ? Object.fromEntries(
          Object.entries(one).flatMap(([need, value]) =>
            typeof value === 'string' ? [[need, value] as const] : [],
          ),
        )
      : {}
  return Object.fromEntries(Object.entries(stored).map(([name, one]) => [name, texts(one)]))
}
