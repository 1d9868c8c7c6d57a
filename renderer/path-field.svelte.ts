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
  readonly #upName: string

  text = $state('')
  expanded = $state(false)
  active = $state(-1)
  listing = $state.raw<FolderListing | null>(null)
  error = $state.raw<AppError | null>(null)
  #listed: string | null = null

  readonly #tail = $derived(this.text.slice(headLength(this.text)))
  /** Hidden folders too: that is where tools keep their telemetry. */
  readonly choices = $derived.by<readonly Choice[]>(() => {
    if (this.listing === null) return []
    const tail = this.#tail.toLowerCase()
    const shown = this.listing.entries.filter(({ name }) => name.toLowerCase().startsWith(tail))
    const wanted = shown.map((entry) => ({ ...entry, up: false }))
    const { parent } = this.listing
    if (tail !== '' || parent === null) return wanted.slice(0, most)
    return [{ name: this.#upName, path: parent, folder: true, up: true }, ...wanted.slice(0, most)]
  })
  readonly cut = $derived(this.listing !== null && (this.listing.cut || this.listing.entries.length > most))

  constructor(bridge: Bridge, upName: string, open: (path: string) => void) {
    this.#bridge = bridge
    this.#upName = upName
    this.#open = open
  }

  async typed(text: string): Promise<void> {
    this.text = text
    this.expanded = true
    await this.#list()
    if (this.text === text) this.active = this.#tail === '' ? -1 : this.choices.findIndex(({ up }) => !up)
  }

  async show(): Promise<void> {
    this.expanded = true
    this.active = -1
    await this.#list()
  }

  hide(): void {
    this.expanded = false
    this.active = -1
  }

  async step(by: 1 | -1): Promise<void> {
    if (!this.expanded) return this.show()
    const count = this.choices.length
    if (count > 0) this.active = (this.active + by + (this.active < 0 && by < 0 ? 1 : 0) + count) % count
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
    const head = this.text.slice(0, headLength(this.text))
    if (head === this.#listed) return
    this.#listed = head
    const listed = await this.#bridge.call('files.browse', { path: head })
    if (this.#listed !== head) return
    this.listing = listed.ok ? listed.value : null
    this.error = listed.ok ? null : listed.error
  }
}

const headLength = (text: string): number => Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1
const isWhole = (text: string): boolean => /^([\\/]|[A-Za-z]:[\\/])/.test(text)
const withSeparator = (folder: string): string =>
  /[\\/]$/.test(folder) ? folder : folder + (folder.includes('\\') ? '\\' : '/')
