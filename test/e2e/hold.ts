// Answers that are kept back, so that a spec can look at what stands there meanwhile.
import type { Page, Route } from 'playwright-core'
import { address } from '../../shared/web.ts'

/** What a reader asks for singly passes, slowly: it may need any page to begin. */
const single = 256 * 1024

/** Lets so many long pieces of a file through, one every 300 ms, and the rest when the answer is called. */
export async function holdReading(page: Page, pieces: number): Promise<() => void> {
  let given = 0
  let free = false
  const held: Route[] = []
  await page.route('**/bytes/**', async (route) => {
    const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(route.request().headers()['range'] ?? '') ?? []
    const isLong = Number(to) - Number(from) >= single
    if (!free && isLong && ++given > pieces) return void held.push(route)
    if (!free) await new Promise((resolve) => setTimeout(resolve, 300))
    await route.continue().catch(() => {}) // its worker may have been ended meanwhile
  })
  return () => {
    free = true
    for (const route of held) void route.continue().catch(() => {})
  }
}

/** On the web host; ends when all that were kept back have arrived. */
export async function holdAnswers(page: Page, method: string): Promise<() => Promise<void>> {
  let free = false
  const held: Route[] = []
  await page.route(`**${address.call}${method}`, (route) => {
    if (free) return route.continue()
    held.push(route)
  })
  return async () => {
    free = true
    await Promise.all(held.map((route) => route.continue()))
    await Promise.all(held.map((route) => route.request().response()))
  }
}
