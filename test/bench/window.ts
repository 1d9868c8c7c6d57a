// The program in a real window, with a clock inside the page: it starts at the person's click and stops when the
// right figures have been painted.
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openProgram } from '../e2e/program.ts'
import type { Program } from '../e2e/options.ts'

export interface Opening {
  /** Milliseconds from the click to the first painted chart with events in it. */
  readonly first: number
  /** To the last: every row counted, and its percentiles there. */
  readonly all: number
  /** The longest time between two frames meanwhile. */
  readonly longestFrame: number
  readonly events: number
}

/** Milliseconds from a choice on. */
export interface Answer {
  /** Until its counts had come back to the window. */
  readonly counts: number
  /** Until its percentiles had. */
  readonly percentiles: number
  /** Until all charts were painted with its counts. */
  readonly painted: number
}

export interface BenchWindow {
  readonly program: Program
  readonly page: Page
  /** Clicks the file on the Files screen. */
  open(events: number): Promise<Opening>
  /** Clicks what the selector names, and waits for that many events to be painted. */
  click(selector: string, events: number): Promise<number>
  /** Goes to an address of the page, and waits for that many events to be painted. */
  go(address: string, events: number): Promise<Answer>
  /** From now until that many events are painted. */
  until(events: number): Promise<number>
  /** The largest memory that a process of the browser's pages ever held, in bytes. */
  peak(): Promise<number>
  close(): Promise<void>
}

/** Nobody clicks in the very moment in which the window stands there. */
const looking = 2500

export async function openWindow(folder: string, path: string): Promise<BenchWindow> {
  const tools = join(folder, `tools-${crypto.randomUUID()}`)
  const place = join(tools, '.smart-agents', 'telemetry')
  await mkdir(place, { recursive: true })
  for (const end of ['', '-wal', '-shm']) await symlink(path + end, join(place, `telemetry.db${end}`))
  const program = await openProgram({ home: join(tools, 'data'), toolsHome: tools, kind: 'web' })
  const { page } = program
  await page.locator('main a.row').first().waitFor()
  await page.waitForTimeout(looking)
  return {
    program,
    page,
    open: (events) => page.evaluate(clockOpening, events),
    click: (selector, events) => page.evaluate(clockClick, { selector, events }),
    go: (address, events) => page.evaluate(clockChoice, { address, events }),
    until: (events) => page.evaluate(clockClick, { selector: null, events }),
    peak: () => peakOfPages(page),
    close: () => program.close(),
  }
}

/** Runs in the page. */
function clockOpening(events: number): Promise<Opening> {
  const row = document.querySelector<HTMLElement>('main a.row')
  if (row === null) throw new Error('no file is listed')
  const shown = (): number => {
    const exact = document.querySelector('main dl div')?.getAttribute('title')
    return Number(exact?.replace(/\D/g, '') ?? 0)
  }
  const painted = (): boolean => {
    const canvas = document.querySelector('canvas')
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
    return pixels?.some((value) => value !== 0) ?? false
  }
  const hasPercentilesOfAll = (): boolean =>
    performance
      .getEntriesByName('sightglass percentiles')
      .some((entry) => JSON.stringify('detail' in entry && entry.detail) === '{"complete":true}')
  return new Promise((resolve, reject) => {
    const started = performance.now()
    let last = started
    let longestFrame = 0
    let first = 0
    const frame = (): void => {
      const now = performance.now()
      if (now - started > 120_000) return reject(new Error(`${shown()} of ${events} are shown`))
      longestFrame = Math.max(longestFrame, now - last)
      if (first === 0 && shown() > 0 && painted()) first = performance.now() - started
      if (
        first !== 0 &&
        shown() === events &&
        document.querySelector('progress, [role=progressbar]') === null &&
        hasPercentilesOfAll()
      )
        return resolve({ first, all: performance.now() - started, longestFrame, events: shown() })
      last = performance.now() // reading the canvas is the clock's own work
      requestAnimationFrame(frame)
    }
    row.click()
    requestAnimationFrame(frame)
  })
}

/** Runs in the page: ends in the frame after the one in which the figure stands there. */
function clockClick({ selector, events }: { selector: string | null; events: number }): Promise<number> {
  const target = selector === null ? null : document.querySelector<HTMLElement>(selector)
  if (selector !== null && target === null) throw new Error(`nothing is at ${selector}`)
  const shown = (): number =>
    Number(document.querySelector('main dl div')?.getAttribute('title')?.replace(/\D/g, '') ?? 0)
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const frame = (): void => {
      if (performance.now() - started > 30_000) reject(new Error(`${shown()} are shown, not ${events}`))
      else if (shown() !== events) requestAnimationFrame(frame)
      else requestAnimationFrame(() => resolve(performance.now() - started))
    }
    target?.click()
    requestAnimationFrame(frame)
  })
}

/** Runs in the page. */
function clockChoice({ address, events }: { address: string; events: number }): Promise<Answer> {
  const shown = (): number =>
    Number(document.querySelector('main dl div')?.getAttribute('title')?.replace(/\D/g, '') ?? 0)
  const took = (what: string): number | null => {
    const [entry] = performance.getEntriesByName(`sightglass ${what}`)
    return entry !== undefined && entry.startTime >= started ? entry.duration : null
  }
  const started = performance.now()
  const deadline = started + 30_000
  return new Promise((resolve, reject) => {
    let painted = 0
    const frame = (): void => {
      if (performance.now() > deadline) return reject(new Error(`${shown()} are shown, not ${events}`))
      if (painted === 0 && took('counts') !== null && shown() === events) {
        requestAnimationFrame(() => (painted = performance.now() - started))
      }
      const [counts, percentiles] = [took('counts'), took('percentiles')]
      if (painted !== 0 && counts !== null && percentiles !== null) resolve({ counts, percentiles, painted })
      else requestAnimationFrame(frame)
    }
    location.hash = address
    requestAnimationFrame(frame)
  })
}

async function peakOfPages(page: Page): Promise<number> {
  const browser = page.context().browser()
  if (browser === null) return NaN
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  const peaks = await Promise.all(
    pages.map(async ({ id }) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8')
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024
    }),
  )
  return Math.max(...peaks)
}
