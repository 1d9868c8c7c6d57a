import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../electron/menu.ts'
import { en } from '../../shared/words/en.ts'

const items = (platform: NodeJS.Platform, open = (): void => {}): MenuItemConstructorOptions[] => {
  const flat = (list: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    list.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
  return flat(menuTemplate(platform, en.desktop, { open }))
}
const roles = (platform: NodeJS.Platform): unknown[] => items(platform).flatMap(({ role }) => role ?? [])

describe('the menus', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const)
    it(`have what every program has, on ${platform}`, () => {
      const usual = [
        'close',
        'undo',
        'redo',
        'cut',
        'copy',
        'paste',
        'selectAll',
        'zoomIn',
        'zoomOut',
        'resetZoom',
      ]
      for (const role of [...usual, 'togglefullscreen', 'windowMenu', 'help', 'about'])
        expect(roles(platform)).toContain(role)
    })

  it('offer to quit where the platform puts it: in the program’s own menu on macOS, under File elsewhere', () => {
    expect(roles('linux')).toContain('quit')
    expect(roles('win32')).toContain('quit')
    expect(roles('darwin')).not.toContain('quit')
    expect(roles('darwin')[0]).toBe('appMenu')
  })

  it('open a file with the key people know', () => {
    let opened = 0
    const [item] = items('linux', () => opened++).filter(({ accelerator }) => accelerator === 'CmdOrCtrl+O')
    expect(item).toMatchObject({ label: 'Open…' })
    Reflect.apply(item?.click ?? (() => {}), undefined, [])
    expect(opened).toBe(1)
  })

  it('have neither a reload nor the developer tools, which a person would only meet by mistake', () => {
    for (const role of ['reload', 'forceReload', 'toggleDevTools', 'viewMenu'])
      expect(roles('linux')).not.toContain(role)
  })
})
