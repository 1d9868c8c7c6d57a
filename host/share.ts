// The host's door to sharing. Whoever doesn't share never has its rooms in memory: as long as it is off, all that is
// loaded is what tells so. The rest comes when a person asks for it, when sharing is on, or when a deletion that was
// asked for isn't confirmed yet.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Handlers } from '../shared/bridge.ts'
import { ok } from '../shared/result.ts'
import type { Sharing as Whether } from '../shared/sharing/consent.ts'
import type { Around, ShareName } from './sharing/handlers.ts'
import type { Sharing, SharingDeps } from './sharing/run.ts'

export interface ShareDeps extends Around, Omit<SharingDeps, 'carry' | 'ask'> {
  /** Where the console destination prints to. */
  readonly print: (text: string) => void
  /** Tests carry otherwise. */
  readonly roads?: Pick<SharingDeps, 'carry' | 'ask'>
}

export class Share {
  readonly #deps: ShareDeps
  #sharing: Promise<Sharing> | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #look: Promise<void> = Promise.resolve()
  #closed = false

  constructor(deps: ShareDeps) {
    this.#deps = deps
  }

  async whether(): Promise<Whether> {
    const { readSharing } = await import('./sharing/consent-file.ts')
    return readSharing(this.#deps.paths, this.#deps.environment)
  }

  #load(): Promise<Sharing> {
    this.#sharing ??= this.#make()
    return this.#sharing
  }

  async #make(): Promise<Sharing> {
    const [{ Sharing }, { makeRoads }] = await Promise.all([
      import('./sharing/run.ts'),
      import('./sharing/roads.ts'),
    ])
    return new Sharing({ ...this.#deps, ...(this.#deps.roads ?? makeRoads(this.#deps.print)) })
  }

  async #handlers(): Promise<Pick<Handlers, ShareName>> {
    const [{ shareHandlers }, sharing] = await Promise.all([import('./sharing/handlers.ts'), this.#load()])
    return shareHandlers(sharing, this.#deps)
  }

  /** Each is loaded when it is called. */
  handlers(): Pick<Handlers, ShareName> {
    const all = () => this.#handlers()
    return {
      'share.status': async () => {
        const { consent, forcedOffBy, inCI } = await this.whether()
        if (consent !== null || this.wasOn()) return (await all())['share.status']({})
        return ok({ ...off, forcedOffBy, inCI })
      },
      'share.plan': async (...given) => (await all())['share.plan'](...given),
      'share.on': async (...given) => (await all())['share.on'](...given),
      'share.off': async (args) => (await all())['share.off'](args),
      'share.destinations': async (args) => (await all())['share.destinations'](args),
      'share.setDestination': async (args) => (await all())['share.setDestination'](args),
      'share.removeDestination': async (args) => (await all())['share.removeDestination'](args),
      'share.test': async (args) => (await all())['share.test'](args),
      'share.files': async (args) => (await all())['share.files'](args),
      'share.tick': async (...given) => (await all())['share.tick'](...given),
      'share.queue': async (args) => (await all())['share.queue'](args),
      'share.item': async (args) => (await all())['share.item'](args),
      'share.drop': async (args) => (await all())['share.drop'](args),
      'share.now': async (...given) => (await all())['share.now'](...given),
      'share.earlier': async (...given) => (await all())['share.earlier'](...given),
      'share.newId': async (args) => (await all())['share.newId'](args),
      'share.log': async (args) => (await all())['share.log'](args),
      'share.verifyLog': async (args) => (await all())['share.verifyLog'](args),
      'share.exportLog': async (args) => (await all())['share.exportLog'](args),
      'share.eraseLog': async (args) => (await all())['share.eraseLog'](args),
      'share.sent': async (args) => (this.wasOn() ? (await all())['share.sent'](args) : ok([])),
      'share.forget': async (args) => (await all())['share.forget'](args),
      'share.held': async (args) => (await all())['share.held'](args),
      'community.trends': async (args) => (await all())['community.trends'](args),
      'community.own': async (...given) => (await all())['community.own'](...given),
    }
  }

  /** From now on looks every hour for what is due. */
  tend(): void {
    this.#later(firstAfter)
    // Whoever switches it off waits for no module.
    void this.whether().then(({ consent }) => (consent === null ? null : this.#load()))
  }

  #later(after: number): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      this.#look = this.#lookOnce()
        .catch(() => hour)
        .then((wait) => this.#later(wait))
    }, after)
    this.#timer.unref()
  }

  /** Gives when to look again. */
  async #lookOnce(): Promise<number> {
    const { consent } = await this.whether()
    if (consent === null && !this.wasOn()) return hour
    const sharing = await this.#load()
    if (consent === null) {
      await sharing.forget()
      return hour
    }
    const looked = await sharing.look()
    const next = looked.ok && looked.value.next !== null ? Date.parse(looked.value.next) : Infinity
    return Math.min(hour, Math.max(shortest, next - this.#deps.clock.now()))
  }

  /** Sharing's own database is made when it is switched on, and kept for its log. */
  wasOn(): boolean {
    return existsSync(join(this.#deps.paths.data, 'sharing.db'))
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const sharing = await this.#sharing
    sharing?.stop()
    await this.#look
    sharing?.close()
  }
}

const hour = 3_600_000
const shortest = 5000
/** A program that has just started has better to do. */
const firstAfter = 10_000

const off = {
  level: 'off',
  since: null,
  destinations: [],
  next: null,
  id: null,
  deletionsPending: 0,
} as const
