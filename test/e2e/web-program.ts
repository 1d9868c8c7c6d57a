// The local web host in its own process, and its page in the machine's Chromium.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { fragment } from '../../shared/web.ts'
import { launchChromium, listenForComplaints } from './chromium.ts'
import { programEnvironment, root } from './options.ts'
import type { Program, ProgramOptions } from './options.ts'

export interface WebHost {
  /** A fresh address that works once; it opens the file, if one is named. */
  address(file?: string): Promise<string>
  readonly pid: number | undefined
  close(): Promise<void>
}

export async function startWebHost(options: ProgramOptions): Promise<WebHost> {
  const host = spawn(process.execPath, [join(root, 'host/web-main.ts'), '--port', '0', '--no-open'], {
    env: programEnvironment(options),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let next = printedAddress(host)
  await next
  return {
    pid: host.pid,
    address: async (file) => {
      const address = await next
      next = printedAddress(host)
      next.catch(() => {}) // a host that ends has no more addresses to give
      host.stdin.write('\n')
      return file === undefined
        ? address
        : `${address}&${new URLSearchParams({ [fragment.open]: file }).toString()}`
    },
    close: async () => {
      if (host.exitCode !== null) return
      host.kill('SIGTERM')
      await once(host, 'exit')
    },
  }
}

/** A page of its own: nothing is shared with other pages of the browser but the process. */
export async function showPage(browser: Browser, host: WebHost, options: ProgramOptions): Promise<Program> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'reduce',
  })
  const page = await context.newPage()
  const complaints = listenForComplaints(page)
  await page.goto(await host.address(options.file))
  return { kind: 'web', page, complaints, close: () => context.close() }
}

export async function openWeb(options: ProgramOptions): Promise<Program> {
  const [host, browser] = await Promise.all([startWebHost(options), options.browser ?? launchChromium()])
  const program = await showPage(browser, host, options)
  return {
    ...program,
    close: async () => {
      await program.close()
      if (options.browser === undefined) await browser.close()
      await host.close()
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
      if (address === undefined) return
      host.stdout?.off('data', hear)
      host.stderr?.off('data', hear)
      host.off('exit', end)
      resolve(address)
    }
    const end = (): void => reject(new Error(`the web host ended before it printed an address:\n${said}`))
    host.stdout?.on('data', hear)
    host.stderr?.on('data', hear)
    host.once('exit', end)
  })
}
