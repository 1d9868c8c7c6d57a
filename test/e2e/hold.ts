// A reading that stands still in the middle, so that a spec can look at it.
import type { Page, Route } from 'playwright-core'

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
