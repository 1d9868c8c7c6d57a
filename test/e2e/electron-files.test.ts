// The ways that a file comes to the desktop window, in the stand-in for Electron's runtime.
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { showsFile, useShells } from './shells.ts'

const shells = useShells({ share: true })
const { shared, start, telemetry } = shells

describe('files come to the desktop window', () => {
  it('from the command line', async () => {
    const { page } = await start({ args: ['--some-switch', telemetry('line.db')] })
    await showsFile(page, 'line.db')
  })

  it('from a name that looks like a switch, after --', async () => {
    const { page } = await start({ args: ['--', telemetry('-dash.db')] })
    await showsFile(page, '-dash.db')
  })

  it('from the system before the program is ready, as macOS does', async () => {
    const { page } = await start({ platform: 'darwin', openBeforeReady: [telemetry('early.db')] })
    await showsFile(page, 'early.db')
  })

  it('from the system while it runs', async () => {
    const { shell, page } = shared()
    await shell.ask('emitApp', 'open-file', [telemetry('late.db')])
    await showsFile(page, 'late.db')
  })

  it('from the menu, by the system’s dialog', async () => {
    const { shell, page } = shared()
    shell.dialogs.push([telemetry('menu.db')])
    await shell.ask('clickMenu', ['File', 'Open…'])
    await showsFile(page, 'menu.db')
    const before = page.url()
    await shell.ask('clickMenu', ['File', 'Open…']) // closed without a choice
    await page.waitForTimeout(200)
    expect(page.url()).toBe(before)
  })

  it('from the page’s own button', async () => {
    const { shell, page } = shared()
    shell.dialogs.push(['/chosen.db'])
    expect(await page.evaluate(() => window.sightglass?.chooseFile())).toBe('/chosen.db')
    expect(await page.evaluate(() => window.sightglass?.chooseFile())).toBe(null)
  })

  it('are saved where the person says, under a name that leads nowhere else', async () => {
    const { shell, page } = shared()
    const save = (name: string): Promise<unknown> =>
      page.evaluate((one) => window.sightglass?.saveFile(one, new Uint8Array([104, 105])), name)
    const place = join(shells.folder, 'kept.svg')
    shell.dialogs.push([place])
    expect(await save('../../etc/CON: \u202etelemetry.svg')).toEqual({ ok: true, value: true })
    expect(await readFile(place, 'utf8')).toBe('hi')
    expect(shell.suggestions).toEqual(['etc-CON- telemetry.svg'])
    expect(await save('closed.csv')).toEqual({ ok: true, value: false }) // closed without a choice
    shell.dialogs.push([join(shells.folder, 'nowhere', 'a.svg')])
    expect(await save('a.svg')).toMatchObject({ ok: false, error: { kind: 'folder-missing' } })
  })

  it('dropped, with their path; a file that the page made up has none', async () => {
    const { shell, page } = shared()
    const path = telemetry('dropped.db')
    await shell.knowFile({ name: basename(path), size: (await stat(path)).size, path })
    const cdp = await page.context().newCDPSession(page)
    const data = { items: [], files: [path], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await cdp.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
    await showsFile(page, 'dropped.db')
    expect(decodeURIComponent(page.url())).toContain(path)
    expect(await page.evaluate(() => window.sightglass?.pathOf(new File(['x'], 'x.db')))).toBe('')
    expect(await page.evaluate(() => window.sightglass?.pathOf('/etc/passwd'))).toBe('')
  })

  it('from a second start, which then ends and says that there is a window', async () => {
    const { shell, page } = shared()
    const second = await shells.begin({ first: shell, args: [telemetry('second.db')] })
    expect(await second.exited).toBe(0)
    expect(second.output()).toBe('sightglass: window shown\n')
    await showsFile(page, 'second.db')
    expect((await shell.ask('window'))?.focused).toBe(true)
  })

  it('and a file that is missing is explained, not swallowed', async () => {
    const { page } = await start({ args: [join(shells.folder, 'nowhere.db')] })
    await page.getByText('There is no file at').first().waitFor()
  })
})
