// What Electron draws or reaches by the system itself: dialogs, menus, displays, the theme, the key store. The test
// answers and clicks.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type {
  Dialog,
  Display,
  Menu,
  MenuItemConstructorOptions,
  NativeTheme,
  SafeStorage,
  SaveDialogOptions,
  Screen,
} from 'electron'
import type { MenuLook } from './wire.ts'
import { needReady } from './world.ts'
import type { World } from './world.ts'

export function createDialog(world: World): Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'> {
  return {
    showOpenDialog: async () => {
      needReady(world, 'dialog module can only be used')
      const filePaths = await world.ask('chooseFile')
      return { canceled: filePaths.length === 0, filePaths }
    },
    showSaveDialog: async (...given: readonly unknown[]) => {
      needReady(world, 'dialog module can only be used')
      const options = given.at(-1) as SaveDialogOptions // with or without the window before it
      const filePath = await world.ask('saveFile', options.defaultPath ?? '')
      return { canceled: filePath === '', filePath }
    },
  }
}

export function createScreen(world: World): Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'> {
  const display = (at: number): Display => {
    needReady(world, "The 'screen' module can't be used")
    const workArea = world.start.workAreas[at] ?? { x: 0, y: 0, width: 1920, height: 1080 }
    const known: Partial<Display> = { id: at + 1, workArea, bounds: workArea, scaleFactor: 1 }
    return known as Display // a part of one
  }
  return {
    getPrimaryDisplay: () => display(0),
    getAllDisplays: () => world.start.workAreas.map((_, at) => display(at)),
  }
}

type Seals = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>

/** Sealed with the keyring's own password, so that another keyring can't open it; none before the program is ready. */
export function createSafeStorage(world: World): Seals {
  const { keyring } = world.start
  const key = (): Buffer => {
    needReady(world, 'safeStorage cannot be used')
    return createHash('sha256')
      .update(keyring ?? 'peanuts')
      .digest()
  }
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(world.ready),
    getSelectedStorageBackend: () => {
      if (!world.ready) return 'unknown'
      return keyring === null ? 'basic_text' : 'gnome_libsecret'
    },
    encryptStringAsync: (text) => {
      const start = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key(), start)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Promise.resolve(Buffer.concat([Buffer.from('v11'), start, cipher.getAuthTag(), sealed]))
    },
    decryptStringAsync: async (sealed) => {
      const cipher = createDecipheriv('aes-256-gcm', key(), sealed.subarray(3, 15))
      cipher.setAuthTag(sealed.subarray(15, 31))
      const opened = Buffer.concat([cipher.update(sealed.subarray(31)), cipher.final()])
      return Promise.resolve({ shouldReEncrypt: false, result: opened.toString('utf8') })
    },
  }
}

export class StandInTheme
  extends EventEmitter
  implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
{
  readonly #world: World
  #source: NativeTheme['themeSource'] = 'system'

  constructor(world: World) {
    super()
    this.#world = world
  }
  get themeSource(): NativeTheme['themeSource'] {
    return this.#source
  }
  set themeSource(source: NativeTheme['themeSource']) {
    this.#source = source
    void this.#world.ask('theme', source)
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#world.start.dark : this.#source === 'dark'
  }
}

type Item = MenuItemConstructorOptions

/** The menus as the program built them, checked as Electron checks a template. */
export class Menus {
  #current: StandInMenu | null = null

  readonly module: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'> = {
    buildFromTemplate: (template) => new StandInMenu(template as Item[]) as unknown as Menu, // a part of one
    setApplicationMenu: (menu) => (this.#current = menu as unknown as StandInMenu | null),
  }
  look(): MenuLook[] {
    return (this.#current?.items ?? []).map(lookOf)
  }
  click(labels: readonly string[]): void {
    let items = this.#current?.items ?? []
    for (const [at, label] of labels.entries()) {
      const item = items.find((one) => one.label === label)
      if (item === undefined) throw new Error(`no menu item ${labels.join(' > ')}`)
      if (at < labels.length - 1) items = submenuOf(item)
      else if (item.click === undefined)
        throw new Error(`${label} does something of the system's own: ${item.role}`)
      else Reflect.apply(item.click, undefined, [item, undefined, {}])
    }
  }
}

class StandInMenu {
  readonly items: readonly Item[]
  constructor(template: readonly Item[]) {
    template.forEach(check)
    this.items = template
  }
}

function check(item: Item): void {
  if (item.label === undefined && item.role === undefined && item.type === undefined)
    throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
  submenuOf(item).forEach(check)
}
const submenuOf = (item: Item): Item[] => (Array.isArray(item.submenu) ? item.submenu : [])
const lookOf = (item: Item): MenuLook => ({
  label: item.label ?? (item.type === 'separator' ? '-' : ''),
  role: item.role ?? null,
  accelerator: item.accelerator ?? null,
  items: submenuOf(item).map(lookOf),
})
