// A hundred thousand events: from the click to the first chart, beside the shell answering the same questions.
import { sampleFile } from './sample.ts'
import { atMost, median, p95 } from './row.ts'
import type { Measurement, Row } from './row.ts'
import { askShell, threeQuestions, timeShell } from './shell.ts'
import { openWindow } from './window.ts'

const runs = 7

export const opening: Measurement = {
  rows: ['first chart of 100,000 events, cold', 'first chart of 100,000 events, warm'],
  async measure(place) {
    const path = await sampleFile(place, 100_000)
    const events = Number(askShell(path, 'SELECT count(*) FROM telemetry_events'))
    const shell: number[] = []
    const cold: number[] = []
    const warm: number[] = []
    for (let run = 0; run < runs; run++) {
      shell.push(timeShell(path, threeQuestions))
      const window = await openWindow(place.folder, path)
      cold.push((await window.open(events)).first)
      await window.page.locator('nav a').first().click()
      await window.page.locator('main a.row').first().waitFor()
      warm.push((await window.open(events)).first)
      await window.close()
    }
    const reference = median(shell)
    const row = (name: string, times: readonly number[]): Row => {
      const spread = `median ${median(times).toFixed(0)} ms, p95 ${p95(times).toFixed(0)} ms of ${runs}`
      const shellSaid = `sqlite3 shell, three questions: ${reference.toFixed(0)} ms`
      return atMost(name, median(times) / reference, null, '× shell', `${spread}; ${shellSaid}`)
    }
    return [
      row('first chart of 100,000 events, cold', cold),
      row('first chart of 100,000 events, warm', warm),
    ]
  },
}
