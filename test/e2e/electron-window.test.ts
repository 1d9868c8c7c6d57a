// How the desktop window looks, is remembered, and ends, in the stand-in for Electron's runtime.
import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventually } from '../world.ts'
import { showsFile, useShells } from './shells.ts'

const shells = useShells({ share: false })
const { start, telemetry } = shells

describe('the desktop window', () => {
  it('is shown when there is something to see, and says so to who started it', async () => {
    const { shell } = await start()
    expect(await shell.ask('window')).toMatchObject({ shown: true, options: { show: false } })
    await expect.poll(() => shell.output()).toBe('sightglass: window shown\n')
  })

  it('has the paper’s colour before the page has painted, in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { shell, page } = await start({ colorScheme })
      const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
      const [red = 0, green = 0, blue = 0] = [...paper.matchAll(/\d+/g)].map(Number)
      const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
      expect((await shell.ask('window'))?.options['backgroundColor']).toBe(hex)
    }
  })

  it('follows the theme of the settings, at once and at the next start', async () => {
    const home = join(shells.folder, 'themed')
    const { shell, page } = await start({ home })
    await page.evaluate(() => window.sightglass?.call('settings.set', { change: { theme: 'dark' } }))
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches)
    await shell.close()
    const again = await start({ home })
    expect((await again.shell.ask('window'))?.options['backgroundColor']).toBe('#14171a')
  })

  it('opens where it was left, and where it can be reached when a display is gone', async () => {
    const home = join(shells.folder, 'moved')
    const here = { x: 0, y: 0, width: 1920, height: 1080 }
    const beside = { x: 1920, y: 0, width: 1600, height: 900 }
    const there = { x: 2000, y: 50, width: 900, height: 640 }
    const { shell } = await start({ home, workAreas: [here, beside] })
    await shell.ask('setBounds', there, false)
    await shell.close()
    const again = await start({ home, workAreas: [here, beside] })
    expect((await again.shell.ask('window'))?.bounds).toEqual(there)
    await again.shell.close()
    const without = await start({ home, workAreas: [here] })
    expect((await without.shell.ask('window'))?.options).not.toHaveProperty('x')
  })

  it('opens maximized when it was, and as ever when what was written down is broken', async () => {
    const home = join(shells.folder, 'large')
    const { shell } = await start({ home })
    await shell.ask('setBounds', { x: 10, y: 10, width: 900, height: 640 }, true)
    await eventually(async () =>
      (await readFile(join(home, 'window.json'), 'utf8').catch(() => '')).includes('true'),
    )
    await shell.close()
    const again = await start({ home })
    expect(await again.shell.ask('window')).toMatchObject({
      maximized: true,
      bounds: { width: 900, height: 640 },
    })
    await again.shell.close()
    await writeFile(join(home, 'window.json'), '{"bounds":{"x":1e999')
    expect(await (await start({ home })).shell.ask('window')).toMatchObject({ maximized: false })
  })

  it('ends the program when it is closed, but on macOS only the window', async () => {
    const { shell } = await start()
    await shell.ask('closeWindow').catch(() => {})
    expect(await shell.exited).toBe(0)

    const mac = await start({ platform: 'darwin' })
    await mac.shell.ask('closeWindow')
    expect(await mac.shell.ask('window')).toBe(null)
    await mac.shell.ask('emitApp', 'open-file', [telemetry('reopened.db')])
    await showsFile(await mac.shell.page(), 'reopened.db')
    await mac.shell.ask('closeWindow')
    await mac.shell.ask('emitApp', 'activate', [])
    expect((await mac.shell.ask('window'))?.shown).toBeDefined()
    await mac.shell.ask('quit').catch(() => {})
    expect(await mac.shell.exited).toBe(0)
  })

  it('has the menus of its platform', async () => {
    const { shell } = await start({ platform: 'darwin' })
    const menu = await shell.ask('menu')
    expect(menu.map(({ role, label }) => role ?? label)).toEqual([
      'appMenu',
      'File',
      'Edit',
      'View',
      'windowMenu',
      'help',
    ])
    expect(menu[1]?.items[0]).toMatchObject({ label: 'Open…', accelerator: 'CmdOrCtrl+O' })
  })

  it('comes back by itself when the page’s process ended, once, and says so', async () => {
    const { shell, page } = await start()
    const reloaded = page.waitForEvent('load')
    await shell.ask('emitContents', 'render-process-gone', [{ reason: 'oom', exitCode: 5 }])
    await reloaded
    await page.locator('nav').first().waitFor()
    expect(await page.evaluate(() => window.sightglass?.call('app.info', {}))).toMatchObject({ ok: true })
    await expect.poll(() => shell.output()).toContain('The page’s process ended (oom)')
  })
})

describe('work for the desktop window', () => {
  const endless = { format: 'smart-agents', events: 100_000_000, seed: 1, until: 0, overwrite: true }

  it('ends with the window: no process goes on', async () => {
    let living = 0
    const onUtility = (onExit: (listener: () => void) => void): void => {
      living++
      onExit(() => living--)
    }
    const { shell, page } = await start({ platform: 'darwin', onUtility })
    await page.evaluate(
      (args) => {
        const hear = (): void => void (document.body.dataset['began'] = 'yes')
        window.sightglass?.stream('files.sample', args, hear, () => {})
      },
      { ...endless, out: join(shells.folder, 'endless.db') },
    )
    // The work, and a process that waits for the next: it stays, since on macOS the program does.
    await page.locator('body[data-began]').waitFor()
    await eventually(() => living === 2)
    await shell.ask('closeWindow')
    await eventually(() => living === 1)
    await expect.poll(() => readdirSync(shells.folder).filter((name) => name.includes('endless'))).toEqual([])
  })

  it('that dies by itself is told to the page and said aloud', async () => {
    const pids: number[] = []
    const { shell, page } = await start({ onUtility: (_onExit, pid) => pids.push(pid) })
    const answer = page.evaluate(
      (args) =>
        new Promise((resolve) => {
          const hear = (): void => void (document.body.dataset['began'] = 'yes')
          window.sightglass?.stream('files.sample', args, hear, resolve)
        }),
      { ...endless, out: join(shells.folder, 'killed.db') },
    )
    await page.locator('body[data-began]').waitFor()
    for (const pid of pids) process.kill(pid, 'SIGKILL') // one of them does the work, one waits for the next
    expect(await answer).toEqual({ ok: false, error: { kind: 'stopped', what: 'sample' } })
    await expect.poll(() => shell.output()).toContain('A reading process ended by itself')
  })
})
