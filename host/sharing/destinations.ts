// Where reports go: what a person has set, and the variables that the tools' own documents name. Addresses and words
// lie in one file, keys in another (key-file.ts); reports, previews and the log only know a mark.
import { isAbsolute } from 'node:path'
import type { AppError, Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { isRecord, without } from '../../shared/plain.ts'
import type { SealedKey } from '../../shared/share-destinations.ts'
import type { Level } from '../../shared/sharing/consent.ts'
import { senders as overTheNet } from '../../senders/index.ts'
import { keyMark } from '../../senders/sender.ts'
import type { Need, Sender, Told } from '../../senders/sender.ts'
import { JsonFile } from '../settings.ts'
import { checkAddress } from './address.ts'
import type { Destination } from './freeze.ts'
import { KeyFile, nothingHeld } from './key-file.ts'
import type { Held, KeyStore } from './key-file.ts'
import { reportFile } from './report-file.ts'

export interface SetDestination extends Destination {
  /** Null: the level that is on. */
  readonly level: Level | null
  /** When it was first set; days before are not sent to it unless they are asked for. */
  readonly since: string | null
  readonly from: 'person' | 'environment'
}

type Variables = Readonly<Record<string, Told>>
interface Entry {
  readonly told: Told
  readonly level: Level | null
  readonly since: string | null
}
type Kept = Readonly<Record<string, Entry>>
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
export const allSenders: readonly Sender[] = Object.values(senders)

/** Whoever speaks HTTP can be told whom to believe: an authority of one's own, one key alone. */
const trustNeeds: readonly Need[] = [
  { name: 'authority', kind: 'path', optional: true },
  { name: 'pin', kind: 'word', optional: true },
]
export const needsOf = ({ needs }: Sender): readonly Need[] =>
  needs.some(({ kind }) => kind === 'address') ? [...needs, ...trustNeeds] : needs

export class Destinations {
  readonly #told: JsonFile<Kept>
  #changing: Promise<unknown> = Promise.resolve()
  readonly #keys: KeyFile
  readonly #environment: Environment

  constructor(folder: string, environment: Environment, keyStore: KeyStore | null = null) {
    this.#told = new JsonFile(folder, 'destinations.json', parseKept)
    this.#keys = new KeyFile(folder, keyStore)
    this.#environment = environment
  }

  /** Those that have all they need; what a person has set wins over a variable. */
  async list(): Promise<readonly SetDestination[]> {
    const [told, keys] = await Promise.all([this.#told.read(), this.#keys.read()])
    const variables = this.#fromVariables()
    return Object.keys(senders).flatMap((name) => {
      const given = chosen(name, told, keys, variables)
      const sender = senderNamed(name)
      if (sender === null || given === null || !check(sender, given).ok) return []
      const marked = needsOf(sender).flatMap(({ name: need, kind }) => {
        const value = given[need]
        return value === undefined ? [] : [[need, kind === 'key' ? keyMark(need) : value] as const]
      })
      const { level = null, since = null } = told[name] ?? {}
      const from = Object.hasOwn(told, name) ? 'person' : 'environment'
      return [{ name, sender, told: Object.fromEntries(marked), level, since, from }]
    })
  }

  /** Those that are set but for a key that can't be opened here: nothing is made for them or sent to them. */
  async sealed(): Promise<readonly SealedKey[]> {
    const [told, keys] = await Promise.all([this.#told.read(), this.#keys.read()])
    const variables = this.#fromVariables()
    return Object.keys(told)
      .filter((name) => senderNamed(name) !== null && chosen(name, told, keys, variables) === null)
      .map((name) => this.#sealedKey(name))
  }

  #sealedKey(name: string): SealedKey {
    const [variable = null] = table.find(([, one, need]) => one === name && need === 'key') ?? []
    return { kind: 'key-sealed', name, why: this.#keys.hasStore ? 'not opened' : 'elsewhere', variable }
  }

  /** Why there is no destination of that name. */
  async whyNot(name: string): Promise<AppError> {
    const sealed = (await this.sealed()).find((one) => one.name === name)
    return sealed ?? { kind: 'destination-unset', name }
  }

  /** For as long as one request takes. */
  async keys(name: string): Promise<Told> {
    const [told, keys] = await Promise.all([this.#told.read(), this.#keys.read()])
    const all = chosen(name, told, keys, this.#fromVariables()) ?? {}
    const needs = senderNamed(name)?.needs ?? []
    const wanted = needs.filter(({ kind, name: need }) => kind === 'key' && all[need] !== undefined)
    return Object.fromEntries(wanted.map(({ name: need }) => [need, all[need] ?? '']))
  }

  /** A key that isn't given stays, but for another address it must be given anew. */
  set(
    name: string,
    given: Told,
    level: Level | null = null,
    since: string | null = null,
  ): Promise<Result<null>> {
    return this.#after(() => this.#set(name, given, level, since))
  }

  remove(name: string): Promise<void> {
    return this.#after(async () => {
      await this.#told.change((old) => without(old, name))
      await this.#keys.remove(name)
    })
  }

  /** The address and the keys lie in two files: a change waits until the one before is done with both. */
  #after<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#changing.then(change)
    this.#changing = changed.catch(() => {})
    return changed
  }

  async #set(name: string, given: Told, level: Level | null, since: string | null): Promise<Result<null>> {
    const sender = senderNamed(name)
    if (sender === null) return fail({ kind: 'destination-unknown', known: Object.keys(senders) })
    const isKey = (need: string): boolean =>
      sender.needs.some((one) => one.name === need && one.kind === 'key')
    const part = (keys: boolean): Told =>
      Object.fromEntries(Object.entries(given).filter(([need]) => isKey(need) === keys))
    const before = (await this.#told.read())[name]
    const isSame = before !== undefined && before.told['address'] === given['address']
    const { open, closed } = (await this.#keys.read())[name] ?? nothingHeld
    if (!isSame && closed.some((need) => given[need] === undefined)) return fail(this.#sealedKey(name))
    // What is sealed was fit when it was.
    const held = { ...open, ...Object.fromEntries(closed.map((need) => [need, 'sealed'])) }
    const checked = check(sender, { ...(isSame ? held : {}), ...given })
    if (!checked.ok) return checked
    const kept = await this.#keys.set(name, part(true), isSame)
    if (!kept.ok) return kept
    const entry = { told: part(false), level, since: isSame ? before.since : since }
    const written = await this.#told.change((old) => ({ ...old, [name]: entry }))
    return written.ok ? ok(null) : written
  }

  #fromVariables(): Variables {
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

/**
 * All from one hand: a key from a variable never goes to an address that a person has set, nor the reverse, unless both
 * name the same address. Null where a key of it is sealed and no variable has it.
 */
function chosen(
  name: string,
  kept: Kept,
  keys: Readonly<Record<string, Held>>,
  variables: Variables,
): Told | null {
  const variable = Object.hasOwn(variables, name) ? (variables[name] ?? null) : null
  if (!Object.hasOwn(kept, name)) return variable
  const { told = {} } = kept[name] ?? {}
  const { open, closed } = keys[name] ?? nothingHeld
  if (closed.length === 0) return { ...told, ...open }
  const isSame = variable !== null && variable['address'] === told['address']
  return isSame && closed.every((need) => variable[need] !== undefined)
    ? { ...told, ...open, ...variable }
    : null
}

/** Null where there is none of that name. */
export function senderNamed(name: string): Sender | null {
  const known: Readonly<Record<string, Sender>> = senders
  return Object.hasOwn(known, name) ? (known[name] ?? null) : null
}

/** A kind of destination that nobody has set, with its own name and nothing told. */
export const bare = (sender: Sender): SetDestination => ({
  ...{ name: sender.name, sender, told: {}, level: null, since: null, from: 'person' },
})

/** As it is set, or bare where it was taken off the list; null for what no version of this program knows. */
export function setOrBare(set: readonly SetDestination[], name: string): SetDestination | null {
  const sender = senderNamed(name)
  return set.find((one) => one.name === name) ?? (sender === null ? null : bare(sender))
}

function check(sender: Sender, given: Told): Result<null> {
  const needs = needsOf(sender)
  const known = needs.map(({ name }) => name)
  const stranger = Object.keys(given).find((need) => !known.includes(need))
  if (stranger !== undefined) return fail({ kind: 'need-unknown', need: stranger, known })
  for (const { name: need, kind, optional } of needs) {
    const value = given[need]
    if (value === undefined || value === '') {
      if (optional === true) continue
      return fail({ kind: 'need-missing', need })
    }
    const fault = faultOf(kind, need, value)
    if (fault !== null) return fail(fault)
  }
  return ok(null)
}

function faultOf(kind: Need['kind'], need: string, value: string): AppError | null {
  const address = kind === 'address' ? checkAddress(value) : null
  if (address?.ok === false) return { kind: 'bad-address', need, why: address.error }
  if (kind === 'key' && !/^[\x21-\x7e]{1,4096}$/.test(value)) return { kind: 'bad-key', need }
  return kind === 'path' && !isAbsolute(value) ? { kind: 'path-not-whole', need } : null
}

const textsIn = (one: unknown): Told =>
  isRecord(one)
    ? Object.fromEntries(
        Object.entries(one).flatMap(([need, value]) =>
          typeof value === 'string' ? [[need, value] as const] : [],
        ),
      )
    : {}

function parseKept(stored: unknown): Kept {
  if (!isRecord(stored)) return {}
  const entries = Object.entries(stored).flatMap(([name, one]) => {
    if (!isRecord(one)) return []
    const { level, since } = one
    const entry: Entry = {
      told: textsIn(one['told']),
      // What isn't plainly more is the least.
      level: level === null || level === 'detailed' ? level : 'basic',
      since: typeof since === 'string' ? since : null,
    }
    return [[name, entry] as const]
  })
  return Object.fromEntries(entries)
}
