// Retention: for how many days a file keeps its records. Off until a person has seen, once, what it would delete; then
// carried out at each start and once a day while the program runs, by the same preview and the same deletion.
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import * as v from 'valibot'
import type { CancelSignal, Progress } from '../../shared/bridge.ts'
import { EraseToken, KeepDays, Remains } from '../../shared/erase.ts'
import type { EraseItem, KeepEntry, KeepPreview, KeepRule, Keeping } from '../../shared/erase.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import { everything } from '../../shared/viewer/filter.ts'
import type { Which } from '../../shared/viewer/which.ts'
import { createZone, dayLength } from '../../shared/viewer/zone.ts'
import { JsonFile } from '../settings.ts'
import type { Erasing } from './erasing.ts'

const Rule = v.object({ path: v.string(), days: KeepDays, since: v.number(), last: v.number() })
const Entry = v.object({
  at: v.number(),
  path: v.string(),
  days: v.number(),
  rows: v.number(),
  remains: v.nullable(Remains),
  failed: v.nullable(v.string()),
})
const Stored = v.object({ rules: v.array(Rule), log: v.array(Entry) })
type Stored = v.InferOutput<typeof Stored>

const mostLogged = 300
const mostConsents = 50

export interface KeepDeps {
  readonly folder: string
  readonly now: () => number
  zone(): Promise<string>
}

export class Keeper {
  readonly #deps: KeepDeps
  readonly #erasing: Erasing
  readonly #file: JsonFile<Stored>
  readonly #consents = new Map<EraseToken, { readonly path: string; readonly days: number }>()

  constructor(deps: KeepDeps, erasing: Erasing) {
    this.#deps = deps
    this.#erasing = erasing
    this.#file = new JsonFile(deps.folder, 'keep.json', (stored) => {
      const parsed = v.safeParse(Stored, stored)
      return parsed.success ? parsed.output : { rules: [], log: [] }
    })
  }

  async read(): Promise<Keeping> {
    return told(await this.#file.read())
  }

  async preview(
    given: string,
    days: number,
    send: (item: Progress) => void,
    signal: CancelSignal,
  ): Promise<Result<KeepPreview>> {
    const path = resolve(given)
    const { which, zone } = await this.#older(days)
    const preview = await this.#erasing.preview(path, which, zone, send, signal, 'without backup')
    if (!preview.ok) return preview
    const consent = v.parse(EraseToken, randomBytes(16).toString('hex'))
    const [oldest] = this.#consents.keys()
    if (this.#consents.size >= mostConsents && oldest !== undefined) this.#consents.delete(oldest)
    this.#consents.set(consent, { path, days })
    return ok({ preview: preview.value, consent })
  }

  async set(
    given: string,
    rule: { readonly days: number; readonly consent: EraseToken } | null,
  ): Promise<Result<Keeping>> {
    const path = resolve(given)
    if (rule !== null) {
      const seen = this.#consents.get(rule.consent)
      if (seen?.path !== path || seen.days !== rule.days) return fail({ kind: 'erase-unknown' })
      this.#consents.delete(rule.consent)
    }
    const changed = await this.#file.change(({ rules, log }) => {
      const others = rules.filter((old) => old.path !== path)
      if (rule === null) return { rules: others, log }
      return { rules: [...others, { path, days: rule.days, since: this.#deps.now(), last: 0 }], log }
    })
    return changed.ok ? ok(told(changed.value)) : changed
  }

  async run(
    given: string,
    send: (item: EraseItem) => void,
    signal: CancelSignal,
  ): Promise<Result<KeepEntry>> {
    const path = resolve(given)
    const rule = (await this.#file.read()).rules.find((one) => one.path === path)
    return rule === undefined
      ? fail({ kind: 'keep-unset', path })
      : ok(await this.#carryOut(rule, send, signal))
  }

  /** All that are due: those of which a day has passed since they were carried out, or at a start every one. */
  async runDue(when: 'start' | 'day', signal: CancelSignal): Promise<void> {
    const { rules } = await this.#file.read()
    for (const rule of rules)
      if (!signal.aborted && (when === 'start' || this.#deps.now() - rule.last >= dayLength))
        await this.#carryOut(rule, () => {}, signal)
  }

  async #carryOut(rule: KeepRule, send: (item: EraseItem) => void, signal: CancelSignal): Promise<KeepEntry> {
    const { path, days } = rule
    const entry = { at: this.#deps.now(), path, days, ...(await this.#deleteOlder(path, days, send, signal)) }
    await this.#file.change(({ rules, log }) => ({
      rules: rules.map((one) => (one.path === path ? { ...one, last: entry.at } : one)),
      log: [entry, ...log].slice(0, mostLogged),
    }))
    return entry
  }

  async #deleteOlder(
    path: string,
    days: number,
    send: (item: EraseItem) => void,
    signal: CancelSignal,
  ): Promise<Pick<KeepEntry, 'rows' | 'remains' | 'failed'>> {
    const nothing = { rows: 0, remains: null, failed: null }
    for (let attempt = 1; ; attempt++) {
      const { which, zone } = await this.#older(days)
      const seen = await this.#erasing.preview(path, which, zone, () => {}, signal, 'without backup')
      if (!seen.ok) return { ...nothing, failed: seen.error.kind }
      if (seen.value.token === null) return nothing
      const done = await this.#erasing.run(seen.value.token, true, send, signal)
      if (done.ok) return { ...nothing, rows: done.value.rows, remains: done.value.remains }
      if (done.error.kind !== 'erase-stale' || attempt === 3) return { ...nothing, failed: done.error.kind }
    }
  }

  /** Days are whole days of the person's zone, with today: what `--until 30d` means. */
  async #older(days: number): Promise<{ which: Which; zone: string }> {
    const name = await this.#deps.zone()
    const zone = createZone(name)
    const until = zone.startOf(zone.dayOf(this.#deps.now()) - days + 1)
    return { zone: name, which: { of: 'matching', filter: { ...everything, until }, zone: name, words: [] } }
  }
}

const told = ({ rules, log }: Stored): Keeping => ({
  rules: rules.map(({ path, days, since }) => ({ path, days, since })),
  log,
})
