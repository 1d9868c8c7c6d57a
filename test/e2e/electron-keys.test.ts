// Keys that a person sets in the desktop window: sealed by the system's key store where there is one. The built shell in
// the stand-in for Electron's runtime.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { channel } from '../../shared/shell.ts'
import { useShells } from './shells.ts'

const shells = useShells({ share: false })
const ours = { url: 'app://local/', top: true, token: 'top' }
const secret = 'phc_0123456789abcdef'
const told = { address: 'https://there.example', key: secret }

const set = (shell: Awaited<ReturnType<typeof shells.begin>>): Promise<unknown> =>
  shell.ask('invokeAs', ours, channel.call, ['share.setDestination', { name: 'posthog', told, level: null }])
const list = (shell: Awaited<ReturnType<typeof shells.begin>>): Promise<unknown> =>
  shell.ask('invokeAs', ours, channel.call, ['share.destinations', {}])

/** The program's own files, not those of its browser. */
const holding = (home: string): string[] =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(secret))
    .map((path) => path.slice(home.length + 1))

it('a key is sealed with the system’s keyring, opens after a restart, and not with another keyring', async () => {
  const home = join(shells.folder, 'sealed')
  const first = await shells.start({ home, keyring: 'mine' })
  expect(await set(first.shell)).toMatchObject({ ok: true, value: { set: [{ name: 'posthog' }] } })
  await first.shell.close()
  expect(holding(home)).toEqual([])
  const again = await shells.start({ home, keyring: 'mine' })
  expect(await list(again.shell)).toMatchObject({ value: { set: [{ name: 'posthog' }], sealed: [] } })
  await again.shell.close()
  const other = await shells.start({ home, keyring: 'another' })
  expect(await list(other.shell)).toMatchObject({ value: { set: [], sealed: [{ why: 'not opened' }] } })
  await other.page.keyboard.press('4')
  await other.page.getByText('sealed by a key store that can’t open it any more').waitFor()
})

it('where the desktop has no keyring, the key lies in a file that only its owner can read', async () => {
  const home = join(shells.folder, 'plain')
  const { shell } = await shells.start({ home })
  expect(await set(shell)).toMatchObject({ ok: true, value: { set: [{ name: 'posthog' }] } })
  await shell.close()
  expect(holding(home)).toEqual(['keys.json'])
  expect(statSync(join(home, 'keys.json')).mode & 0o777).toBe(0o600)
})
