// The path field of the web host, where a page has no file dialog: what is typed before the last separator is a
// folder, whose listing comes from the host; what follows narrows the list. The first fitting entry is offered
// while typing, so that Enter completes it, as a shell would.
import type { Bridge, FolderListing } from '../shared/bridge.ts'
import type { AppError } from '../shared/result.ts'

export interface Choice {
  readonly name: string
  readonly path: string
  readonly folder: boolean
  readonly up: boolean
}

const most = 200

export class PathField {
  readonly #bridge: Bridge
  readonly #open: (path: string) => void
  readonly #upName: () => string

  text = $state('')
  expanded = $state(false)
  listing = $state.raw<FolderListing | null>(null)
  error = $state.raw<AppError | null>(null)
  /** What stood before the last separator when the listing was asked for, and when it came. */
  #asked: string | null = null
  #listed = $state<string | null>(null)
  /** Where the arrow keys went; null while the first fitting entry is offered. */
  #moved = $state<number | null>(null)

  readonly #head = $derived(this.text.slice(0, headLength(this.text)))
  readonly #tail = $derived(this.text.slice(this.#head.length))
  /** The list fits what stands in the field now. */
  readonly listed = $derived(this.listing !== null && this.#listed === this.#head)
  /** Hidden folders too: that is where tools keep their telemetry. */
  readonly choices = $derived.by<readonly Choice[]>(() => {
    if (this.listing === null || !this.listed) return []
    const tail = this.#tail.toLowerCase()
    const shown = this.listing.entries.filter(({ name }) => name.toLowerCase().startsWith(tail))
    const wanted = shown.map((entry) => ({ ...entry, up: false }))
    const { parent } = this.listing
    if (tail !== '' || parent === null) return wanted.slice(0, most)
    return [{ name: this.#upName(), path: parent, folder: true, up: true }, ...wanted.slice(0, most)]
  })
  readonly active = $derived(this.#moved ?? (this.#tail !== '' && this.choices.length > 0 ? 0 : -1))
  readonly cut = $derived(this.listing !== null && (this.listing.cut || this.listing.entries.length > most))

  constructor(bridge: Bridge, upName: () => string, open: (path: string) => void) {
    this.#bridge = bridge
    this.#upName = upName
    this.#open = open
  }

  async typed(text: string): Promise<void> {
    this.text = text
    this.expanded = true
    this.#moved = null
    await this.#list()
  }

  async show(): Promise<void> {
    this.expanded = true
    this.#moved = null
    await this.#list()
  }

  hide(): void {
    this.expanded = false
    this.#moved = null
  }

  async step(by: 1 | -1): Promise<void> {
    if (!this.expanded) return this.show()
    const count = this.choices.length
    if (count > 0) this.#moved = (this.active + by + (this.active < 0 && by < 0 ? 1 : 0) + count) % count
  }

  /** A folder is entered, a file is opened. */
  async choose(choice: Choice): Promise<void> {
    if (choice.folder) return this.typed(withSeparator(choice.path))
    this.text = choice.path
    this.hide()
    this.#open(choice.path)
  }

  async enter(): Promise<void> {
    const choice = this.choices[this.active]
    if (this.expanded && choice !== undefined) return this.choose(choice)
    await this.submit()
  }

  /** Opens what stands in the field as it stands; `~` and paths from the home folder are made whole. */
  async submit(): Promise<void> {
    const text = this.text.trim()
    if (text === '') return this.show()
    this.hide()
    const whole = isWhole(text) ? text : await this.#whole(text)
    this.#open(whole)
  }

  async #whole(text: string): Promise<string> {
    const listed = await this.#bridge.call('files.browse', { path: text })
    return listed.ok ? withSeparator(listed.value.folder) + text.slice(headLength(text)) : text
  }

  async #list(): Promise<void> {
    const head = this.#head
    if (head === this.#asked) return
    this.#asked = head
    const listed = await this.#bridge.call('files.browse', { path: head })
    if (this.#asked !== head) return
    this.#listed = head
    this.listing = listed.ok ? listed.value : null
    this.error = listed.ok ? null : listed.error
  }
}

const headLength = (text: string): number => Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1
const isWhole = (text: string): boolean => /^([\\/]|[A-Za-z]:[\\/])/.test(text)
const withSeparator = (folder: string): string =>
  /[\\/]$/.test(folder) ? folder : folder + (folder.includes('\\') ? '\\' : '/')
