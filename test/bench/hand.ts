// From a hand's move to the painted frame, on a million events: of the chart under the hand, and of all charts that
// are in sight. The pointer is the browser's own; the clocks run inside the page.
import type { Page } from 'playwright-core'
import { atMost, median, p95 } from './row.ts'
import type { Measurement, Row } from './row.ts'
import { sampleFile } from './sample.ts'
import { askShell, nineQuestions, timeShell } from './shell.ts'
import { openWindow } from './window.ts'

const moves = 40
const rounds = 4
const names = {
  underMedian: 'hand: the chart under it, median',
  under95: 'hand: the chart under it, p95',
  allMedian: 'hand: all charts in sight, median',
  all95: 'hand: all charts in sight, p95',
} as const

interface Felt {
  /** Milliseconds until the mark under the hand was painted. */
  readonly under: number
  /** Until the figures, and with them all charts, were. */
  readonly all: number
}

export const hand: Measurement = {
  rows: Object.values(names),
  async measure(place) {
    const path = await sampleFile(place, 1_000_000)
    const t = timeShell(path, nineQuestions)
    const window = await openWindow(place.folder, path)
    await window.open(1_000_000)
    const { page } = window
    await page.waitForTimeout(3000)
    const felt = [...(await drawStretches(page, path)), ...(await clickBars(page, path))]
    await window.close()
    const under = felt.map((one) => one.under)
    const all = felt.map((one) => one.all)
    const row = (name: string, value: number, limit: number): Row =>
      atMost(name, value, limit, 'ms', `${(t / value).toFixed(0)} of them in T = ${(t / 1000).toFixed(1)} s`)
    return [
      row(names.underMedian, median(under), 25),
      row(names.under95, p95(under), 50),
      row(names.allMedian, median(all), 100),
      row(names.all95, p95(all), 150),
    ]
  },
}

/** Draws a stretch on the timeline, move by move; what is chosen in the end is compared with what SQL counts. */
async function drawStretches(page: Page, path: string): Promise<Felt[]> {
  const field = page.locator('.plot .field').first()
  const box = await field.boundingBox()
  if (box === null) throw new Error('there is no timeline')
  const felt: Felt[] = []
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.3, y)
  await page.mouse.down()
  for (let i = 1; i <= moves; i++) {
    const next = page.evaluate(clockNext, { event: 'pointermove', mark: '.plot .stretch' })
    await page.mouse.move(box.x + box.width * (0.3 + (0.6 * i) / moves), y)
    const one = await next
    if (one !== null) felt.push(one) // within one column nothing moves
  }
  await page.mouse.up()
  await page.waitForTimeout(500)
  const [from, to] = await page.evaluate(() => {
    const range = new URLSearchParams(location.hash.split('?')[1]).get('range') ?? ''
    return range.split('~').map((time) => new Date(Number(time)).toISOString())
  })
  await compare(page, path, `timestamp >= '${from}' AND timestamp < '${to}'`)
  if (felt.length < moves / 4) throw new Error('the stretch hardly moved')
  return felt
}

/** The kinds of events, each chosen by a click on its bar. */
async function clickBars(page: Page, path: string): Promise<Felt[]> {
  await page.evaluate(() => (location.hash = location.hash.replace(/&?range=[^&]*/, '')))
  await page.waitForTimeout(1000)
  const bars = page.locator('.lists button.row')
  const kinds = await page.locator('.lists section').first().locator('button.row .label').allTextContents()
  if (kinds.length < 4) throw new Error('there are no bars to click')
  const felt: Felt[] = []
  for (let round = 0; round < rounds; round++)
    for (const [i, kind] of kinds.entries()) {
      const next = page.evaluate(clockNext, { event: 'click', mark: '.lists button.row[aria-pressed=true]' })
      await bars.nth(i).click()
      const one = await next
      if (one === null) throw new Error(`a click on ${kind} did nothing`)
      felt.push(one)
      if (round === 0) await compare(page, path, `event_type = '${kind}'`)
    }
  return felt
}

async function compare(page: Page, path: string, where: string): Promise<void> {
  const counted = Number(askShell(path, `SELECT count(*) FROM telemetry_events WHERE ${where}`))
  const title = await page.locator('main dl div').first().getAttribute('title')
  if (Number(title?.replace(/\D/g, '')) !== counted) throw new Error(`${title} is shown, not ${counted}`)
}

/** Runs in the page: clocks the next event of a kind. Null when it moved nothing. */
function clockNext({ event, mark }: { event: string; mark: string }): Promise<Felt | null> {
  const shape = (): string =>
    [...document.querySelectorAll(mark)]
      .map((one) => `${one.getAttribute('style')} ${one.textContent}`)
      .join()
  const figure = (): string => document.querySelector('main dl div')?.getAttribute('title') ?? ''
  return new Promise((resolve) => {
    const began = (): void => {
      const [start, shapeBefore, figureBefore] = [performance.now(), shape(), figure()]
      let under = 0
      const painted = (): void => {
        const { port1, port2 } = new MessageChannel() // a message that is heard after the frame is painted
        port1.onmessage = () => {
          const now = performance.now() - start
          if (under === 0 && shape() !== shapeBefore) under = now
          if (under !== 0 && figure() !== figureBefore) resolve({ under, all: now })
          else if (now > 3000) resolve(null)
          else requestAnimationFrame(painted)
        }
        port2.postMessage(null)
      }
      requestAnimationFrame(painted)
    }
    addEventListener(event, began, { capture: true, once: true })
  })
}
