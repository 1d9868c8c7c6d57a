// Opens the person's own browser, where there is a screen to show it on.
import { spawn } from 'node:child_process'

type Environment = Readonly<Record<string, string | undefined>>

export function hasScreen(platform: NodeJS.Platform, environment: Environment): boolean {
  if (platform === 'darwin' || platform === 'win32') return environment['SSH_CONNECTION'] === undefined
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
}

/** Never waits and never fails: the address stands in the terminal as well. */
export function openBrowser(platform: NodeJS.Platform, address: string): void {
  const [command, ...args] = opener(platform, address)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

function opener(platform: NodeJS.Platform, address: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', address]
  // `start` belongs to the shell, which would take the & in an address for its own
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', address]
  return ['xdg-open', address]
}
