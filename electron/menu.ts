// The native menus: what every desktop program has, with the keys people already know.
import type { MenuItemConstructorOptions } from 'electron'
import type { Words } from '../shared/words/en.ts'

export interface MenuActions {
  open(): void
}

export function menuTemplate(
  platform: NodeJS.Platform,
  words: Words['desktop'],
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const open: MenuItemConstructorOptions = {
    label: words.open,
    accelerator: 'CmdOrCtrl+O',
    click: () => actions.open(),
  }
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: words.file,
      submenu: [open, line, { role: 'close' }, ...(mac ? [] : [{ role: 'quit' } as const])],
    },
    {
      label: words.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'delete' },
        { role: 'selectAll' },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false }, // the same key without Shift
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', label: words.help, submenu: [{ role: 'about', label: words.about }] },
  ]
}
