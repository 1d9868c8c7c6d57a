// Scrolling the records of a million events: through a hundred thousand rows, a hundred and sixty with each frame.
// Frames are timed inside the page, and where the view rests the right rows must stand there.
import type { Page } from 'playwright-core'
import { atMost } from './row.ts'
import type { Measurement } from './row.ts'
import { sampleFile } from './sample.ts'
import { askShell } from './shell.ts'
import { openWindow } from './window.ts'

const name = 'scrolling the records through 100,000 rows, frame at p99'
const events = 1_000_000
const rowHeight = 28
const throughRows = 100_000
const legs = 5
const framesOfLeg = 120

export const scrolling: Measurement = {
  rows: [name],
  async measure(place) {
    const path = await sampleFile(place, events)
    const window = await openWindow(place.folder, path)
    await window.open(events)
    const { page } = window
    await page.keyboard.press('3')
    await page.locator('[role=grid] [role=row][aria-rowindex="2"] [role=gridcell]').first().waitFor()
    await page.locator('button[popovertarget]', { hasText: 'Columns' }).click()
    await page.getByRole('dialog').getByLabel('id', { exact: true }).check()
    await page.keyboard.press('Escape')
    await page.waitForTimeout(3000) // what is worked out after the charts are up is over
    const frames: number[] = []
    let blank = 0
    for (let leg = 1; leg <= legs; leg++) {
      const to = (leg * throughRows) / legs
      const seen = await page.evaluate(scroll, {
        by: (throughRows * rowHeight) / legs / framesOfLeg,
        framesOfLeg,
      })
      frames.push(...seen.frames)
      blank += seen.blank
      await expectRow(page, path, to)
    }
    await window.close()
    const sorted = frames.toSorted((a, b) => a - b)
    const at = (p: number): number => sorted[Math.ceil(p * sorted.length) - 1] ?? NaN
    const said = `median ${at(0.5).toFixed(0)} ms, longest ${at(1).toFixed(0)} ms of ${frames.length} frames, ${blank} with a row still empty`
    return [atMost(name, at(0.99), 50, 'ms', said)]
  },
}

/** Runs in the page. */
function scroll({
  by,
  framesOfLeg,
}: {
  by: number
  framesOfLeg: number
}): Promise<{ frames: number[]; blank: number }> {
  const grid = document.querySelector('[role=grid]')
  if (grid === null) throw new Error('there is no table of records')
  return new Promise((resolve) => {
    const frames: number[] = []
    let blank = 0
    let last = performance.now()
    const start = grid.scrollTop
    const frame = (now: number): void => {
      if (frames.length > 0 || now > last) frames.push(now - last)
      last = now
      const lines = [...grid.querySelectorAll('[role=row][aria-selected]')]
      if (lines.some((line) => line.firstElementChild?.textContent === '')) blank++
      if (frames.length > framesOfLeg) return resolve({ frames: frames.slice(1), blank })
      grid.scrollTop = start + Math.round(frames.length * by)
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}

/** The row at the top of the view is the one that SQL finds there. */
async function expectRow(page: Page, path: string, position: number): Promise<void> {
  const id = askShell(
    path,
    `SELECT id FROM telemetry_events ORDER BY timestamp DESC, rowid DESC LIMIT 1 OFFSET ${position}`,
  )
  const line = page.locator(`[role=grid] [role=row][aria-rowindex="${position + 2}"]`)
  await line.getByText(id, { exact: true }).waitFor({ timeout: 10_000 })
}
