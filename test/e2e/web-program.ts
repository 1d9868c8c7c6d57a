// The local web host in its own process, and its page in the machine's Chromium.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { launchChromium, listenForComplaints } from './chromium.ts'
import { programEnvironment, root } from './options.ts'
import type { Program, ProgramOptions } from './options.ts'

export async function openWeb(options: ProgramOptions): Promise<Program> {
  const host = spawn(
    process.execPath,
    [
      join(root, 'host/web-main.ts'),
      '--port',
      '0',
      '--no-open',
      ...(options.file === undefined ? [] : [options.file]),
    ],
    { env: programEnvironment(options), stdio: ['pipe', 'pipe', 'pipe'] },
  )
  const address = await printedAddress(host)
  const browser = await launchChromium()
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'reduce',
  })
  const page = await context.newPage()
  const complaints = listenForComplaints(page)
  await page.goto(address)
  return {
    kind: 'web',
    page,
    complaints,
    close: async () => {
      await browser.close()
      if (host.exitCode === null) {
        host.kill('SIGTERM')
        await once(host, 'exit')
      }
    },
  }
}

/** The address with its one-time code, as the host prints it. */
async function printedAddress(host: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const [address] = /http:\/\/127\.0\.0\.1:\d+\/\S*(?=\s)/.exec(said) ?? []
      if (address !== undefined) resolve(address)
    }
    host.stdout?.on('data', hear)
    host.stderr?.on('data', hear)
    host.once('exit', () => reject(new Error(`the web host ended before it printed an address:\n${said}`)))
  })
}
